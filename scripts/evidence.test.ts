// Holds what a file of evidence tells to what was published: whatever the region, its own figures, and all below it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { unzipSync } from "fflate";
import type { ContestKind, RegionCode } from "../src/election/codes.ts";
import { type EvidenceOptions, evidenceZip } from "../src/export/evidence.ts";
import { gatherEvidence } from "../src/export/evidence-files.ts";
import { fromUtf8 } from "../src/ledger/bytes.ts";
import type { Office } from "../src/publish/testing.ts";
import { readFileOrNull } from "../src/store/files.ts";
import { publishExample } from "./published-example.ts";

let office: Office;
before(async () => {
  office = await publishExample({ editions: 2 });
});
after(() => office.close());

/** The files of the evidence for a choice, by path. */
async function evidence(contest: ContestKind, region: string, choice: string): Promise<Record<string, Uint8Array>> {
  const status: { editionsVkey: string } = JSON.parse(readFileSync(join(office.publicDir, "status.json"), "utf8"));
  const subject = { contest, region: region as RegionCode, vkey: status.editionsVkey };
  const get = async (file: string) => readFileOrNull(join(office.publicDir, file));
  const gathered = await gatherEvidence(get, subject, () => undefined);
  const options: EvidenceOptions = { ...subject, choice, script: "" };
  return unzipSync(evidenceZip(gathered, options));
}

/** The text of a file in the evidence for a choice, the first pair unless said. */
const evidenceFile = async (region: string, path: string, choice = "p1"): Promise<string> =>
  fromUtf8((await evidence("ppwp", region, choice))[path] ?? new Uint8Array());

/** The published figures of the choice in the count, and the valid votes. */
function totalsIn(page: string): (string | undefined)[] {
  const [, totals = ""] = /<section id="p-2">.*?<tbody>(.*?)<\/tbody>/s.exec(page) ?? [];
  return [...totals.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, cell]) => cell).slice(0, 2);
}

for (const region of ["0", "51", "5101", "510101", "5101011001"]) {
  test(`evidence for ${region} has the region's own figures and a line for each station`, async () => {
    const page = await evidenceFile(region, "index.en.html");
    assert.deepEqual(totalsIn(page), ["90", "195"]);
    const [, ...lines] = (await evidenceFile(region, "P-2-perolehan-per-tps.csv")).trimEnd().split("\r\n");
    const posted = lines.filter((line) => line.includes(",posted,"));
    assert.deepEqual(
      posted.map((line) => line.slice(0, 13)),
      ["5101011001001"],
    );
  });
}

const skip = spawnSync("python3", ["--version"]).status === 0 ? false : "python3 is not installed";

test("evidence for a candidate where these stand apart has them, and verifies by itself", { skip }, async () => {
  const dir = mkdtempSync(join(tmpdir(), "teguh-evidence-"));
  try {
    const files = await evidence("dprdp", "5102", "5102-b2");
    assert.deepEqual(totalsIn(fromUtf8(files["index.en.html"] ?? new Uint8Array())), ["8", "56"]);
    for (const [path, bytes] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, path)), { recursive: true });
      writeFileSync(join(dir, path), bytes);
    }
    const script = join(import.meta.dirname, "../docs/verify-by-hand.py");
    const options = ["--bundle", "--contest", "dprdp", "--region", "5102", "--account"];
    const { status, stdout, stderr } = spawnSync("python3", [script, join(dir, "data"), ...options], {
      encoding: "utf8",
    });
    assert.equal(status, 0, stdout + stderr);
    assert.match(stdout, /count 5102-b2 +opening +0 first +8 raised +0 removed +0 closing +8/);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});

test("evidence for a choice that does not stand in the region is refused", async () => {
  await assert.rejects(evidenceFile("510101", "index.html", "nobody"), /there is no choice nobody/);
});
