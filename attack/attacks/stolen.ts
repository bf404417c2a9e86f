/**
 * Thieves and repeaters: what comes with a pass that is good. Badly signed sheets under stolen passes cost the door a signature each, so
 * what is measured is whether the thief's bucket stops him, whether everybody else notices, and whether the robbed phone still gets
 * its true sheet in.
 */
import { type Outcome, percent, type StagedAttack } from "../attack-of.ts";
import { beside, floodOf, spans } from "../beside.ts";
import { goodput } from "../course.ts";
import { requestOf } from "../wire.ts";
import { againstQuiet } from "./floods.ts";
import { authorized, badlySigned } from "./requests.ts";

/** Sheets that the robbed stations try to send while the thief is at it. */
const ROBBED = 40;
/** Seconds within which they must have arrived. */
const RECOVERED = 600;

const stolen: StagedAttack = {
  name: "stolen",
  about: "one in a hundred passes is stolen and used for badly signed sheets, twenty times the honest load in all",
  async run(stage): Promise<Outcome> {
    const passes = await stage.stolen();
    const theirs = stage.stations(passes.map(({ station }) => station));
    const passOf = new Map(passes.map(({ station, pass }) => [station, pass]));
    const requests = Array.from({ length: 512 }, () => {
      const { station, note } = theirs.next();
      return requestOf("POST", "/sheet", authorized(passOf.get(station) ?? ""), badlySigned(note));
    });
    const flood = floodOf(stage, "stolen", requests, { rate: stage.rate * 20 });
    // The thief goes on while the robbed phones try.
    const longer = (milliseconds: number) => flood(milliseconds + (stage.short ? 0 : 10_000));
    const grace = stage.short ? 5_000 : 45_000;
    const robbed = stage.short ? Math.min(4, passes.length) : ROBBED;
    const { sendings, from, course } = await beside(stage, longer, { robbed, grace });
    const { seconds } = spans(stage);
    const own = sendings.filter(({ isRobbed }) => isRobbed === true);
    const slowest = Math.max(...own.map(({ due, done }) => ((done ?? Number.POSITIVE_INFINITY) - due) / 1000));
    return {
      figures: [
        ...againstQuiet("stolen: the other devices", sendings, from, { least: 99 }),
        {
          what: `stolen: true sheets of the robbed devices, received within the ${(grace + seconds * 500) / 1000} s looked at`,
          value: percent(goodput(own).eventually),
          unit: "%",
          atLeast: 100,
        },
        ...(Number.isFinite(slowest)
          ? [{ what: "stolen: slowest of them", value: slowest, unit: "s", atMost: RECOVERED }]
          : []),
      ],
      course,
    };
  },
};

/** The old receipt; "wait"; or "this pass has been replaced", where its phone has noticed. */
const EXPECTED = new Set(["200", "401", "429", "503", "closed"]);

const replay: StagedAttack = {
  name: "replay",
  about:
    "sheets that were received are sent again byte for byte, and one key signs fifty different sheets of one station",
  async run(stage): Promise<Outcome> {
    const flood = floodOf(stage, "replay", await stage.received(), { rate: stage.rate * 5 });
    const before = await stage.audit();
    const { sendings, from, result, course } = await beside(stage, flood);
    const audit = await stage.audit();
    const unexpected = Object.entries(result.answers).filter(([status]) => !EXPECTED.has(status));
    return {
      figures: [
        ...againstQuiet("replay", sendings, from, { least: 99 }),
        { what: "replay: statements that are stored twice", value: audit.doubled, unit: "", atMost: 0 },
        {
          what: "replay: receipts that contradict an earlier one",
          value: audit.lost - before.lost,
          unit: "",
          atMost: 0,
        },
        {
          what: "replay: answers that are neither the old receipt nor a word to wait or to ask for a new pass",
          value: unexpected.reduce((sum, [, count]) => sum + count, 0),
          unit: "",
          atMost: 0,
        },
      ],
      course,
    };
  },
};

const rivals: StagedAttack = {
  name: "rivals",
  about: "one key signs sixty different sheets of one station and contest",
  async run(stage): Promise<Outcome> {
    const passes = await stage.stolen();
    const one = passes.at(-1);
    if (one === undefined) throw new RangeError("nobody was robbed");
    // The same form sixty times, each with a time of its own: each is another sheet.
    const requests = Array.from({ length: 60 }, (_, i) => {
      const { note } = stage.stations([one.station]).next(undefined, i);
      return requestOf("POST", "/sheet", authorized(one.pass), note);
    });
    const flood = floodOf(stage, "rivals", requests, { rate: 60, together: 1, connections: 4 });
    const { answers } = await flood(900);
    // One may become current, eight may stand beside it; the rest is refused for good or told to wait.
    return {
      figures: [
        { what: "rivals: of sixty contradicting sheets, taken", value: answers["200"] ?? 0, unit: "", atMost: 9 },
      ],
    };
  },
};

export const thieves: readonly StagedAttack[] = [stolen, replay, rivals];
