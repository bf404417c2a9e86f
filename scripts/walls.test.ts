// A wall that nobody has seen hold is a drawing of a wall. Each case is a tiny tree with one import that is forbidden
// (or allowed), read by the same tool with the same rules as `npm run check`.
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { cruise } from "dependency-cruiser";
import configuration from "../.dependency-cruiser.mjs";

const ROOT = join(import.meta.dirname, "..");

/** Importing file, what it imports, and the wall in the way; null where the import is allowed. */
const CASES: readonly (readonly [from: string, to: string, wall: string | null])[] = [
  ["src/tally/a.ts", "src/ledger/b.ts", null],
  ["src/tally/a.ts", "src/election/b.ts", null],
  ["src/election/a.ts", "src/ledger/b.ts", null],
  ["src/ledger/a-node.ts", "node:crypto", null],
  ["src/publish/a.ts", "src/export/b.ts", null],
  ["web/results/a.ts", "src/export/b.ts", null],
  ["src/tally/a.test.ts", "node:fs", null],
  ["src/intake/a.ts", "src/core/b.ts", null],
  ["src/recap/a.ts", "src/core/b.ts", null],
  ["src/publish/a.ts", "src/store/b.ts", null],
  ["src/server/a.ts", "src/intake/b.ts", null],
  ["src/cli/a.ts", "src/demo/b.ts", null],
  ["web/results/a.ts", "web/ui/b.ts", null],
  ["web/results/a.ts", "src/tally/b.ts", null],
  ["web/desk/a.ts", "src/recap/wire/b.ts", null],
  ["src/recap/wire/a.ts", "src/tally/b.ts", null],
  ["e2e/a.test.ts", "src/demo/b.ts", null],
  ["src/ledger/a.ts", "src/election/b.ts", "ledger-keeps-to-itself"],
  ["src/election/a.ts", "src/tally/b.ts", "election-keeps-to-itself"],
  ["src/tally/a.ts", "src/store/b.ts", "tally-keeps-to-itself"],
  ["src/export/a.ts", "src/store/b.ts", "export-keeps-to-itself"],
  ["src/export/a.ts", "node:fs", "pure-knows-no-machine"],
  ["src/store/a.ts", "src/core/b.ts", "store-keeps-to-itself"],
  ["src/core/a.ts", "src/intake/b.ts", "core-keeps-to-itself"],
  ["src/intake/a.ts", "src/recap/b.ts", "intake-keeps-to-itself"],
  ["src/recap/a.ts", "src/sync/b.ts", "recap-keeps-to-itself"],
  ["src/publish/a.ts", "src/core/b.ts", "publish-keeps-to-itself"],
  ["src/sync/a.ts", "src/publish/b.ts", "sync-keeps-to-itself"],
  ["src/photos/a.ts", "src/core/b.ts", null],
  ["src/photos/a.ts", "src/intake/b.ts", "photos-keeps-to-itself"],
  ["src/client/a.ts", "src/election/b.ts", null],
  ["src/client/a.ts", "src/store/b.ts", "client-keeps-to-itself"],
  ["web/tps/a.ts", "src/client/b.ts", null],
  ["src/client/a.ts", "node:fs", "client-runs-in-browsers"],
  ["src/client/a-node.ts", "node:fs", null],
  ["src/novelty/a.ts", "src/ledger/b.ts", "every-folder-has-its-wall"],
  ["src/recap/wire/a.ts", "src/recap/b.ts", "wire-is-pure"],
  ["src/recap/wire/a.ts", "src/store/b.ts", "wire-is-pure"],
  ["src/recap/wire/a.ts", "node:fs", "pure-knows-no-machine"],
  ["web/desk/a.ts", "src/recap/b.ts", "pages-use-pure-code-only"],
  ["src/tally/a.ts", "node:fs", "pure-knows-no-machine"],
  ["src/tally/a-node.ts", "node:fs", "pure-knows-no-machine"],
  ["web/results/a.ts", "src/store/b.ts", "pages-use-pure-code-only"],
  ["web/results/a.ts", "web/desk/b.ts", "pages-use-pure-code-only"],
  ["web/ui/a.ts", "web/results/b.ts", "pages-use-pure-code-only"],
  ["web/ui/a.ts", "node:fs", "pages-know-no-machine"],
  ["src/server/a.ts", "src/nowhere/b.ts", "no-loose-ends"],
  ["src/server/a.ts", "src/server/b.test.ts", "tests-are-not-used"],
  ["src/server/a.ts", "vite", "product-needs-no-development-package"],
];

let tree = "";
before(() => {
  tree = mkdtempSync(join(tmpdir(), "walls-"));
  symlinkSync(join(ROOT, "node_modules"), join(tree, "node_modules"));
  symlinkSync(join(ROOT, "package.json"), join(tree, "package.json"));
});
after(() => rmSync(tree, { recursive: true }));

/** Writes the files, and says which walls they run into, each once. */
async function wallsHit(files: Record<string, string>): Promise<string[]> {
  const home = join(tree, "src");
  for (const folder of ["src", "web", "e2e"]) rmSync(join(tree, folder), { recursive: true, force: true });
  mkdirSync(home);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  }
  const { forbidden, options } = configuration;
  const { enhancedResolveOptions, ...cruising } = options;
  const folders = [...new Set(Object.keys(files).map((path) => path.split("/")[0] ?? ""))];
  const { output } = await cruise(
    folders,
    { ...cruising, baseDir: tree, ruleSet: { forbidden }, validate: true },
    enhancedResolveOptions,
  );
  if (typeof output === "string") throw new TypeError("expected the tool's findings as an object");
  return [...new Set(output.summary.violations.map((violation) => violation.rule.name))].sort();
}

for (const [from, to, wall] of CASES) {
  for (const form of ["import", "import type"]) {
    // Types count at every wall but one: a type is gone before the product runs, so development packages may lend it.
    const expected = wall === "product-needs-no-development-package" && form === "import type" ? null : wall;
    test(`${from}: ${form} from ${to} is ${expected ? `stopped by ${expected}` : "allowed"}`, async () => {
      const inside = to.includes("/");
      const specifier = inside ? `${"../".repeat(from.split("/").length - 1)}${to}` : to;
      const target = inside && !to.includes("nowhere") ? { [to]: "export const b = 1;\n" } : {};
      const hit = await wallsHit({
        [from]: `${form} { b } from "${specifier}";\nexport const a = 1 as b;\n`,
        ...target,
      });
      assert.deepEqual(hit, expected ? [expected] : []);
    });
  }
}

test("two files that import each other are stopped by no-cycles", async () => {
  const hit = await wallsHit({
    "src/ledger/a.ts": 'import { b } from "./b.ts";\nexport const a = b;\n',
    "src/ledger/b.ts": 'import { a } from "./a.ts";\nexport const b = a;\n',
  });
  assert.deepEqual(hit, ["no-cycles"]);
});
