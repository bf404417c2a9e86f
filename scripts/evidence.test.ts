// Holds what a file of evidence tells to what was published: whatever the region, its own figures, and all below it.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { unzipSync } from "fflate";
import type { RegionCode } from "../src/election/codes.ts";
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

/** The text of a file in the evidence for a choice, the first pair unless said. */
async function evidenceFile(region: string, path: string, choice = "p1"): Promise<string> {
  const status: { editionsVkey: string } = JSON.parse(readFileSync(join(office.publicDir, "status.json"), "utf8"));
  const subject = { contest: "ppwp", region: region as RegionCode, vkey: status.editionsVkey } as const;
  const get = async (file: string) => readFileOrNull(join(office.publicDir, file));
  const gathered = await gatherEvidence(get, subject, () => undefined);
  const options: EvidenceOptions = { ...subject, choice, script: "" };
  return fromUtf8(unzipSync(evidenceZip(gathered, options))[path] ?? new Uint8Array());
}

for (const region of ["0", "51", "5101", "510101", "5101011001"]) {
  test(`evidence for ${region} has the region's own figures and a line for each station`, async () => {
    const page = await evidenceFile(region, "index.en.html");
    const [, totals = ""] = /<section id="p-2">.*?<tbody>(.*?)<\/tbody>/s.exec(page) ?? [];
    const cells = [...totals.matchAll(/<td[^>]*>([^<]*)<\/td>/g)].map(([, cell]) => cell);
    assert.deepEqual(cells.slice(0, 2), ["90", "195"], totals);
    const [, ...lines] = (await evidenceFile(region, "P-2-perolehan-per-tps.csv")).trimEnd().split("\r\n");
    const posted = lines.filter((line) => line.includes(",posted,"));
    assert.deepEqual(
      posted.map((line) => line.slice(0, 13)),
      ["5101011001001"],
    );
  });
}

test("evidence for a choice that does not stand in the region is refused", async () => {
  await assert.rejects(evidenceFile("510101", "index.html", "nobody"), /there is no choice nobody/);
});
