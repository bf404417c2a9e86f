/** Papers look alike on every machine: their fonts come with the program, whatever the machine has or has not. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { realpathSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { hashesOf, printPapers } from "./testing/print-papers.ts";

const PROGRAM = fileURLToPath(new URL("./testing/print-papers.ts", import.meta.url));
const ROOT = dirname(dirname(dirname(dirname(PROGRAM))));
/** Where this program and its packages lie; the packages may lie behind a link. */
const OWN = [ROOT, realpathSync(join(ROOT, "node_modules"))];
/** What pdfmake brings, of which the papers use three faces. */
const BUNDLED = ["Roboto-Italic", "Roboto-Medium", "Roboto-Regular"];

/** Runs the program under node's permissions: it may read these folders and nothing else, and knows no home and no fonts. */
async function runIn(folders: readonly string[], source: readonly string[]): Promise<string> {
  const nowhere = join(ROOT, "nowhere");
  const env = { HOME: nowhere, FONTCONFIG_FILE: nowhere, FONTCONFIG_PATH: nowhere, XDG_DATA_DIRS: nowhere };
  const permissions = ["--permission", ...folders.map((folder) => `--allow-fs-read=${folder}`)];
  const { stdout } = await promisify(execFile)(process.execPath, [...permissions, ...source], { env });
  return stdout;
}

test("with no home, no fonts and no right to read anything of the machine, every paper has the same bytes", async () => {
  assert.equal(await runIn(OWN, [PROGRAM]), hashesOf(printPapers()));
});

test("a process so confined cannot read what lies elsewhere", async () => {
  const read = "process.stdout.write(String(process.permission.has('fs.read', '/usr/share/fonts')))";
  assert.equal(await runIn(OWN, ["--eval", read]), "false");
});

for (const [what, bytes] of Object.entries(printPapers())) {
  test(`every font of a paper is embedded and one of those that come with the program: ${what}`, () => {
    const text = bytes.toString("latin1");
    const named = (key: string) => [...text.matchAll(new RegExp(`/${key} /([^\\s/<>]+)`, "g"))].map(([, name]) => name);
    const bare = (name: string | undefined) => name?.replace(/^[A-Z]{6}\+/, "") ?? "";
    const fonts = new Set(named("BaseFont").map(bare));
    assert.ok(fonts.size > 0);
    for (const font of fonts) assert.ok(BUNDLED.includes(font), font);
    const descriptors = named("FontName");
    assert.deepEqual(new Set(descriptors.map(bare)), fonts);
    assert.equal(text.match(/\/FontFile2 /g)?.length, descriptors.length, "each description has its font's file");
    assert.doesNotMatch(text, /\/Subtype \/Type1\b/, "no font that a reader would have to bring");
  });
}
