/**
 * `npm run attack`: attacks a Teguh of its own on this machine, and says for each attack whether it goes on.
 *
 *   npm run attack [-- [--short] [--json] [--only NAME] [--seed N]]
 *
 * What is attacked is the door as it is shipped, with nginx and the kernel's rules before it, in a network of its own; where that
 * cannot be had (not root, no nginx) the door without them. Honest phones send at 40 % of what all of this takes, in a process
 * of their own and at their own pace; attackers have processes of their own too. What honest phones get under attack is held
 * against what they got a moment before, in the same run, so that a slow machine changes little. Exit code 1: a figure does not
 * hold. A whole run writes docs/ATTACK.md and its picture.
 */
import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { asLine, judged, type Measured } from "../bench/figure.ts";
import { type Attack, megabytes, type Outcome } from "./attack-of.ts";
import { ATTACKS, SHORT } from "./attacks/all.ts";
import { canOwnNetwork, inOwnNetwork } from "./network.ts";
import { page } from "./page.ts";
import { type Played, picture } from "./picture.ts";
import { Stage } from "./stage.ts";

const DOCS = join(import.meta.dirname, "..", "docs");
/** Bytes by which a process may grow in any attack. */
const MOST_GROWN = 256;

interface Options {
  readonly short: boolean;
  readonly json: boolean;
  readonly seed: number;
  readonly edge: boolean;
}

async function play(attacks: readonly Attack[], { short, json, seed, edge }: Options): Promise<Played[]> {
  const played: Played[] = [];
  const staged = attacks.filter((attack) => "run" in attack).filter(({ isNaked }) => edge || isNaked !== true);
  const tell = ({ name, about }: Pick<Attack, "name" | "about">, { figures, course }: Outcome) => {
    const measured = figures.map(judged);
    played.push({ name, about, figures: measured, course });
    if (!json) for (const figure of measured) process.stdout.write(`${asLine(figure)}\n`);
  };
  if (staged.length > 0) {
    const stage = await Stage.open({ short, edge });
    process.stderr.write(
      `${Math.round(stage.capacity)} sheets/s are taken and published; honest phones send ${stage.rate} of them\n`,
    );
    let grewIn = "none of them";
    try {
      for (const attack of staged) {
        process.stderr.write(`${attack.name}: ${attack.about}\n`);
        const { bytes } = stage.grown;
        tell(attack, await attack.run(stage));
        if (stage.grown.bytes > bytes) grewIn = attack.name;
      }
      const inAll = stage.grownInAll;
      const { acknowledged, lost, doubled } = await stage.audit();
      tell(AFTER, {
        figures: [
          {
            what: `after all attacks: of ${acknowledged} acknowledged sheets, not there`,
            value: lost,
            unit: "",
            atMost: 0,
          },
          { what: "after all attacks: statements that are there twice", value: doubled, unit: "", atMost: 0 },
          {
            what: `after all attacks: most that a process grew in one (${stage.grown.role}, in ${grewIn})`,
            value: megabytes(stage.grown.bytes),
            unit: "MB",
            atMost: MOST_GROWN,
          },
          {
            what: `after all attacks: most that one has grown since the beginning (${inAll.role}, the publisher apart)`,
            value: megabytes(inAll.bytes),
            unit: "MB",
            atMost: MOST_GROWN,
          },
        ],
      });
    } finally {
      await stage.close();
    }
  }
  for (const attack of attacks) {
    if (!("runAlone" in attack)) continue;
    process.stderr.write(`${attack.name}: ${attack.about}\n`);
    tell(attack, await attack.runAlone({ short, seed }));
  }
  return played;
}

const AFTER = { name: "after", about: "what must hold after all of them" };

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      short: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
      only: { type: "string" },
      seed: { type: "string", default: "1" },
      // Of this program to itself: it runs in a network of its own.
      "own-network": { type: "boolean", default: false },
    },
  });
  const { only, short, json } = values;
  const edge = values["own-network"];
  const asked = only?.split(",");
  const attacks = ATTACKS.filter(({ name, onlyByName }) => {
    if (asked !== undefined) return asked.includes(name);
    return short ? SHORT.has(name) : onlyByName !== true;
  });
  if (attacks.length === 0) {
    process.stderr.write(`no attack "${only}"; there are ${ATTACKS.map(({ name }) => name).join(", ")}\n`);
    return 2;
  }
  if (!edge && attacks.some((attack) => "run" in attack)) {
    if (canOwnNetwork()) return inOwnNetwork(import.meta.filename, ["--own-network", ...process.argv.slice(2)]);
    process.stderr.write("no network of its own (root, unshare, nft, nginx with njs): the door without its edge\n");
  }
  // Ctrl-C ends the run, and with it what it has put on the disk.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));
  const began = Date.now();
  const [load = 0] = loadavg();
  const played = await play(attacks, { short, json, seed: Number(values.seed), edge });
  const all: Measured[] = played.flatMap(({ figures }) => figures);
  if (json) process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
  if (only === undefined && !short) {
    writeFileSync(join(DOCS, "ATTACK.md"), page(played, { seconds: (Date.now() - began) / 1000, load, edge }));
    writeFileSync(join(DOCS, "img", "attack.svg"), picture(played));
  }
  return all.every(({ ok }) => ok) ? 0 : 1;
}

process.exitCode = await main();
