/** What is no flood: requests that lie about themselves, phones whose clocks are wrong, and a crowd that comes all at once. */
import { type Outcome, percent, type StagedAttack } from "../attack-of.ts";
import { beside, floodOf, spans } from "../beside.ts";
import { goodput, rateOf, type Sending } from "../course.ts";
import type { Stage } from "../stage.ts";
import { requestOf } from "../wire.ts";
import { againstQuiet } from "./floods.ts";
import { authorized } from "./requests.ts";

const DAY = 86_400_000;

/** Requests that lie, with the pass of a robbed phone where the lie is in the body. */
async function lies(stage: Stage): Promise<Buffer[]> {
  const passes = await stage.stolen();
  const raw = (head: string, body = "") =>
    Buffer.from(`POST /sheet HTTP/1.1\r\nhost: x\r\n${head}\r\n\r\n${body}`, "latin1");
  const deep = Buffer.from(`teguh/sheet/v1\n${"[".repeat(30_000)}${"]".repeat(30_000)}\n\n— x AAAA\n`);
  const twice = Buffer.from(`teguh/sheet/v1\n{"by":["x"],"by":["y"],"votes":[1],"votes":[9]}\n\n— x AAAA\n`);
  return passes.flatMap(({ pass }) => [
    raw("content-length: 99999999999999999999"),
    raw("content-length: -1"),
    raw("content-length: 2147483648"),
    raw("content-length: 10\r\ncontent-length: 20", "0123456789"),
    raw("content-length: 4\r\ntransfer-encoding: chunked", "0\r\n\r\n"),
    raw("transfer-encoding: chunked", "fffffffffffffff\r\n"),
    raw("content-encoding: gzip\r\ncontent-length: 3", "abc"),
    raw(`x: ${"h".repeat(5_000)}\r\ncontent-length: 0`),
    raw(`authorization: Teguh ${pass}\r\ncontent-length: 60000`, "short"),
    requestOf("POST", "/sheet", authorized(pass), deep),
    requestOf("POST", "/sheet", authorized(pass), twice),
    requestOf("POST", "/statements", authorized(pass), Buffer.alloc(64, 0xff)),
    Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    Buffer.from("\0\0\0\0\0\0\0\0\r\n\r\n"),
  ]);
}

const lying: StagedAttack = {
  name: "lies",
  about:
    "lengths that are huge, negative, doubled or false, JSON sixty thousand deep, keys that come twice, another protocol",
  async run(stage): Promise<Outcome> {
    // Past the edge, which would not let most of them through; one by one, since after a lie nothing on a connection counts.
    const shape = { target: await stage.naked(), rate: stage.rate * 2, together: 1 };
    const flood = floodOf(stage, "lies", await lies(stage), shape);
    const { sendings, from, result, course } = await beside(stage, flood);
    const { answers } = result;
    const broken = stage.servers.lines.filter((line) => /intake stopped/.test(line)).length;
    return {
      figures: [
        ...againstQuiet("lies", sendings, from, { least: 99 }),
        { what: "lies: believed", value: answers["200"] ?? 0, unit: "", atMost: 0 },
        {
          what: "lies: answered with a fault of ours (500), or the door fell",
          value: (answers["500"] ?? 0) + broken,
          unit: "",
          atMost: 0,
        },
      ],
      course,
    };
  },
};

const clocks: StagedAttack = {
  name: "clocks",
  about: "phones whose clocks are a day behind, then a day ahead",
  async run(stage): Promise<Outcome> {
    const { seconds } = spans(stage);
    const over = (seconds * 1000) / 2;
    const count = Math.round((stage.rate * over) / 1000);
    const runs = [];
    for (const shift of [-DAY, DAY]) {
      runs.push(await stage.send({ count, over, fresh: false, grace: 10_000, shift }));
    }
    const sendings = runs.flatMap((run) => run.sendings);
    return {
      figures: [{ what: "clocks: received", value: percent(goodput(sendings).eventually), unit: "%", atLeast: 99 }],
    };
  },
};

/** The door is killed, and once it is back so many sheets come within the one second that the run lasts. */
async function herdOnce(stage: Stage, count: number): Promise<readonly Sending[]> {
  const quietRate = stage.rate;
  stage.rate = count;
  try {
    stage.servers.kill("intake");
    await stage.servers.address("intake");
    const run = { quiet: 0, seconds: 1, fresh: true, grace: 60_000 };
    return (await stage.during(run, async () => undefined)).sendings;
  } finally {
    stage.rate = quietRate;
  }
}

/** Seconds of the door's capacity that come back together. */
const BACKLOG = { short: 2, long: 10 };

const herd: StagedAttack = {
  name: "herd",
  about: "the door is killed; when it is back, all that it missed in ten seconds of capacity comes within one",
  async run(stage): Promise<Outcome> {
    const backlog = stage.short ? BACKLOG.short : BACKLOG.long;
    const count = Math.round(stage.capacity * backlog);
    const before = await stage.audit();
    const all: Sending[] = [];
    const seconds = { quiet: 0, herd: 0 };
    for (let round = 0; round < (stage.short ? 1 : 3); round++) {
      // Just before, since what else there is to do has grown with every sheet since the beginning.
      seconds.quiet += count / (await stage.saturate(count)).taken;
      const sendings = await herdOnce(stage, count);
      seconds.herd += count / rateOf(sendings);
      all.push(...sendings);
    }
    const { sends, eventually } = goodput(all);
    const [rate, pace] = [all.length / seconds.herd, all.length / seconds.quiet];
    const audit = await stage.audit();
    return {
      figures: [
        {
          what: `herd: rate at which ${all.length} sheets were drained (${Math.round(rate)}/s), of the pace before (${Math.round(pace)}/s)`,
          value: percent(rate / pace),
          unit: "%",
          atLeast: 80,
        },
        { what: "herd: sends of a sheet", value: sends, unit: "", atMost: 1.3 },
        { what: "herd: received", value: percent(eventually), unit: "%", atLeast: 100 },
        { what: "herd: acknowledged and not there", value: audit.lost - before.lost, unit: "", atMost: 0 },
      ],
    };
  },
};

export const oddOnes: readonly StagedAttack[] = [lying, clocks, herd];
