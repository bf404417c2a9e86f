// What must hold besides the tests: types (under node, in browsers, in tests that have a foot in both), lint and
// format, and the walls between folders. All are run, so that one round of mending sees every fault.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(import.meta.dirname, "..");
const FOLDERS = ["src", "web", "bench", "attack", "simulate", "e2e", "scripts"].filter((folder) =>
  existsSync(join(ROOT, folder)),
);

/** In a file or another program's hands a report is plain text. */
const COLOURS = process.stdout.isTTY ? [] : ["--colors=off"];

const CHECKS: readonly { what: string; command: readonly [string, ...string[]] }[] = [
  { what: "types under node", command: ["tsc", "-p", "tsconfig.json"] },
  { what: "types in a browser", command: ["tsc", "-p", "web/tsconfig.json"] },
  { what: "types of browser tests", command: ["tsc", "-p", "e2e/tsconfig.json"] },
  {
    what: "lint and format",
    command: ["biome", "ci", "--error-on-warnings", "--diagnostic-level=warn", "--max-diagnostics=40", ...COLOURS],
  },
  { what: "walls between folders", command: ["depcruise", "--config", ".dependency-cruiser.mjs", ...FOLDERS] },
];

const failed = CHECKS.filter(({ what, command: [program, ...args] }) => {
  process.stdout.write(`== ${what}\n`);
  const { status } = spawnSync(join(ROOT, "node_modules", ".bin", program), args, { cwd: ROOT, stdio: "inherit" });
  return status !== 0;
});
process.stdout.write(
  failed.length === 0 ? "== all checks hold\n" : `== failed: ${failed.map((check) => check.what).join(", ")}\n`,
);
process.exitCode = failed.length === 0 ? 0 : 1;
