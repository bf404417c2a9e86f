/**
 * `npm run bench`: measures what the design promises and says for each figure whether it holds.
 *
 *   npm run bench [-- [--short] [--json] [--only NAME]]
 *
 * Each file of measurements runs in a process of its own, one after the other. Times are worth something only on a machine that
 * does nothing else; ratios are taken within one process, so they bear a little more. Exit code 1: a figure does not hold.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { asLine, type Context, type Figure, judged, type Measured } from "./figure.ts";

interface Entry {
  readonly name: string;
  /** Held on the first core alone. */
  readonly oneCore: boolean;
}

/** The files of measurements, in the order of the table. */
const ENTRIES: readonly Entry[] = [
  { name: "machine", oneCore: false },
  { name: "audit", oneCore: false },
  { name: "scratch", oneCore: true },
  { name: "editions", oneCore: false },
  { name: "accepts", oneCore: false },
  { name: "refusals", oneCore: false },
  { name: "latency", oneCore: false },
  { name: "act", oneCore: false },
  { name: "restart", oneCore: false },
  { name: "reader", oneCore: false },
  { name: "desk", oneCore: false },
  { name: "certificate", oneCore: false },
  { name: "serving", oneCore: false },
  { name: "export", oneCore: false },
  { name: "hall", oneCore: false },
  { name: "sync", oneCore: false },
];

const TASKSET = ["/usr/bin/taskset", "/bin/taskset"].find((path) => existsSync(path));

async function child(entry: Entry, step: "prepare" | "run", context: Context): Promise<Figure[]> {
  const script = join(import.meta.dirname, "child.ts");
  const held = entry.oneCore && step === "run" && TASKSET ? [TASKSET, "-c", "0"] : [];
  const [command = "", ...args] = [...held, process.execPath, script, entry.name, step, JSON.stringify(context)];
  const running = spawn(command, args, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  let figures: Figure[] = [];
  running.on("message", (message: Figure[]) => {
    figures = message;
  });
  const [code] = (await once(running, "exit")) as [number | null];
  if (code !== 0) throw new Error(`the measurement "${entry.name}" failed; what it said stands above`);
  return figures;
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { short: { type: "boolean" }, json: { type: "boolean" }, only: { type: "string" } },
  });
  const entries = ENTRIES.filter(({ name }) => values.only === undefined || name === values.only);
  if (entries.length === 0) {
    process.stderr.write(`no measurement "${values.only}"; there are ${ENTRIES.map(({ name }) => name).join(", ")}\n`);
    return 2;
  }
  const context: Context = { short: values.short ?? false };
  const all: Measured[] = [];
  for (const entry of entries) {
    await child(entry, "prepare", context);
    const measured = (await child(entry, "run", context)).map(judged);
    all.push(...measured);
    if (!values.json) for (const figure of measured) process.stdout.write(`${asLine(figure)}\n`);
  }
  if (values.json) process.stdout.write(`${JSON.stringify(all, null, 2)}\n`);
  return all.every(({ ok }) => ok) ? 0 : 1;
}

process.exitCode = await main();
