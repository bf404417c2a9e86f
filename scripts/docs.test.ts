// Keeps the documents true: what they promise to run is run, what they list is compared with the code, where they point there
// is something.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import type { RegionCode } from "../src/election/codes.ts";
import { FIGURES } from "../src/election/figures.ts";
import { OUTCOMES, READING_REASONS } from "../src/election/sheet.ts";
import { ANNUL_REASONS, BODIES, DEFINITION_NOTES, ROLES } from "../src/election/statements.ts";
import { evidenceZip } from "../src/export/evidence.ts";
import { gatherEvidence } from "../src/export/evidence-files.ts";
import { ed25519Signer } from "../src/ledger/note.ts";
import { parseStatement, signStatement } from "../src/ledger/statement.ts";
import { parseBundle } from "../src/ledger/tiles.ts";
import { KEYS, type Office } from "../src/publish/testing.ts";
import { publicServer } from "../src/server/public.ts";
import { readFileOrNull } from "../src/store/files.ts";
import { logSeed } from "../src/store/keys.ts";
import { ORIGIN } from "../src/tally/testing.ts";
import { publishExample } from "./published-example.ts";

const ROOT = join(import.meta.dirname, "..");
const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const PAGES = [
  "README.md",
  "README.id.md",
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

let office: Office;
let work: string;
before(async () => {
  office = await publishExample({ editions: 2 });
  work = mkdtempSync(join(tmpdir(), "teguh-docs-"));
});
after(() => {
  office.close();
  rmSync(work, { recursive: true, force: true });
});

// ---------------------------------------------------------------- what is promised to run

/** The lines of all `sh` blocks of a page, as one script. */
function commandsOf(page: string): string {
  return [...read(page).matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block).join("\n");
}

const TOOLS = ["sh", "curl", "openssl", "python3", "sha256sum", "base64"];
const missing = TOOLS.filter((tool) => spawnSync(tool, ["--help"]).error !== undefined);

test("every command of docs/VERIFY.md runs as it stands", {
  skip: missing.length > 0 ? `not installed: ${missing.join(", ")}` : false,
}, async () => {
  mkdirSync(join(work, "bin"));
  symlinkSync(join(ROOT, "bin/teguh"), join(work, "bin/teguh"));
  symlinkSync(join(ROOT, "docs"), join(work, "docs"));
  const receipt = join(work, "receipt");
  writeFileSync(receipt, receiptOf("tps/510101", 5));
  const server = publicServer({ publicFolder: office.publicDir }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { editionsVkey: K }: { editionsVkey: string } = JSON.parse(
    readFileSync(join(office.publicDir, "status.json"), "utf8"),
  );
  const E = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const bundle = join(work, "evidence.zip");
  writeFileSync(bundle, await evidenceOf("510101" as RegionCode, K));
  const env = { ...process.env, E, K, R: receipt, Z: bundle, no_proxy: "127.0.0.1", NO_PROXY: "127.0.0.1" };
  try {
    const shell = spawn("sh", ["-eux", "-c", commandsOf("docs/VERIFY.md")], { cwd: work, env });
    let output = "";
    for (const stream of [shell.stdout, shell.stderr]) stream.on("data", (data: Buffer) => (output += data));
    const [code] = await once(shell, "close");
    assert.equal(code, 0, output);
    assert.match(output, /the edition is in the log/);
    assert.match(output, /kabupaten Kabupaten 5101 \[90, 65, 40\]/);
    assert.match(output, /--bundle --contest ppwp --region 510101 --account.*?\nHOLDS edition 2/s);
  } finally {
    server.close();
  }
});

/** A file of evidence for the first choice in a region, made from the published files. */
async function evidenceOf(region: RegionCode, vkey: string): Promise<Uint8Array> {
  const subject = { contest: "ppwp", region, vkey } as const;
  const gathered = await gatherEvidence(
    async (path) => readFileOrNull(join(office.publicDir, path)),
    subject,
    () => undefined,
  );
  return evidenceZip(gathered, { ...subject, choice: "p1", script: read("docs/verify-by-hand.py") });
}

/** The centre's receipt for an entry of a published log. */
function receiptOf(log: string, index: number): Uint8Array {
  const folder = join(office.publicDir, "log", log, "tile/entries/000.p");
  const widest = readdirSync(folder).sort((a, b) => Number(b) - Number(a))[0] ?? "";
  const entry = parseBundle(new Uint8Array(readFileSync(join(folder, widest))))[index];
  assert.ok(entry !== undefined);
  const id = Buffer.from(parseStatement(entry).id).toString("hex");
  const origin = `${ORIGIN}/log/${log}`;
  const election = office.world.genesisId.slice(0, 32);
  const body = { election, id, index, log, time: office.now };
  return signStatement("teguh/receipt/v1", body, [ed25519Signer(origin, logSeed(KEYS.master, origin))]);
}

test("every command that a page names exists", () => {
  const files = readdirSync(join(ROOT, "src/cli")).map((name) => name.replace(/\.ts$/, ""));
  const known = ["help", ...files];
  for (const page of PAGES) {
    for (const [, name = ""] of read(page).matchAll(/bin\/teguh ([a-z]+)/g)) {
      assert.ok(known.includes(name), `${page}: teguh ${name}`);
    }
  }
});

test("every npm script that a page names exists", () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(read("package.json"));
  for (const page of PAGES) {
    for (const [, name = ""] of read(page).matchAll(/npm (?:run )?(start|test|run|[a-z]+)\b/g)) {
      assert.ok(name in scripts || ["install", "ci"].includes(name), `${page}: npm ${name}`);
    }
  }
});

// ---------------------------------------------------------------- where they point

/** The anchors that a page's headings have, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  const headings = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, text = ""]) => text.toLowerCase());
  return headings.map((text) => text.replaceAll(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-"));
}

for (const page of PAGES) {
  test(`every link and picture of ${page} leads somewhere`, () => {
    const targets = [...read(page).matchAll(/(?:\]\(|src=")([^)"\s]+)[)"]/g)].map(([, target = ""]) => target);
    for (const target of targets) {
      if (/^https?:/.test(target)) continue;
      const [path = "", anchor] = target.split("#");
      const file = path === "" ? page : join(dirname(page), path);
      assert.ok(existsSync(join(ROOT, file)), `${target}: there is no ${file}`);
      if (anchor !== undefined) assert.ok(anchorsOf(file).includes(anchor), `${target}: ${file} has no such heading`);
    }
  });
}

test("the README says of every dependency, once, what it is for", () => {
  const packages: Record<string, Record<string, string>> = JSON.parse(read("package.json"));
  const groups = ["dependencies", "devDependencies", "optionalDependencies"];
  const names = groups.flatMap((group) => Object.keys(packages[group] ?? {}));
  const said = [...read("README.md").matchAll(/^\| `([^|]+)` \|/gm)].flatMap(([, cell = ""]) => cell.split("`, `"));
  assert.deepEqual(
    names.filter((name) => said.filter((other) => other === name).length !== 1),
    [],
  );
});

// ---------------------------------------------------------------- what they list

const FORMATS = "docs/FORMATS.md";

/** The words between backticks, blocks of code left out. */
function quoted(text: string): string[] {
  const prose = text.replaceAll(/^```.*?^```$/gms, "");
  return [...prose.matchAll(/`([^`]+)`/g)].flatMap(([, code = ""]) => code.match(/[\w.-]+/g) ?? []);
}

test("FORMATS has every statement's type with exactly its fields", () => {
  const rows = [...read(FORMATS).matchAll(/^\| `([a-z]+)` \| (.+?) \| .+? \| .+? \|$/gm)];
  const fields = new Map(rows.map(([, type = "", cell = ""]) => [type, cell]));
  const common = ["by", "election", "time"];
  for (const [type, { properties }] of Object.entries(BODIES)) {
    const cell = fields.get(type);
    assert.ok(cell !== undefined, `${type} is missing`);
    const sheet = type === "reading" ? (fields.get("sheet") ?? "").replace("`papers`", "") : "";
    const expected = Object.keys(properties).filter((name) => !common.includes(name));
    assert.deepEqual(
      expected.filter((name) => !quoted(cell + sheet).includes(name)),
      [],
      type,
    );
  }
});

test("FORMATS has the figures in their order, and every code", () => {
  const text = read(FORMATS);
  const figures = text.slice(text.indexOf("- `figures`"), text.indexOf("`null` is"));
  assert.deepEqual(quoted(figures).slice(1), FIGURES);
  const reasons = [READING_REASONS, ANNUL_REASONS, DEFINITION_NOTES].flatMap((codes) => Object.keys(codes));
  const codes = quoted(text);
  assert.deepEqual(
    [...ROLES, ...OUTCOMES, ...reasons].filter((code) => !codes.includes(code)),
    [],
  );
});

test("FORMATS names every field of every published object", () => {
  const named = new Set(quoted(read(FORMATS)));
  const folder = join(office.publicDir, "object");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".json"));
  const unknown = new Set<string>();
  for (const file of files) {
    for (const name of keysOf(JSON.parse(readFileSync(join(folder, file), "utf8"))))
      if (!named.has(name)) unknown.add(name);
  }
  assert.deepEqual([...unknown], []);
});

/** All keys of an object and what is in it, but for those that are data: codes of rules, groups of districts. */
function* keysOf(value: unknown): Generator<string> {
  if (typeof value !== "object" || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value) && !/^([A-Z]\d+|\d+)$/.test(key)) yield key;
    yield* keysOf(inner);
  }
}
