/** The reader on what the publisher itself writes: each page of a whole election verifies, and says what the fold says. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import { Corrections, type Office, readyOffice } from "../../src/publish/testing.ts";
import { readDetail } from "./detail.ts";
import type { Fetch } from "./files.ts";
import { readHistory } from "./history.ts";
import { visitMemory } from "./memory.ts";
import { Reader } from "./verify.ts";

const offices: Office[] = [];
after(() => {
  for (const office of offices) office.close();
});

/** An office that has published a dozen editions, and its public folder as a site. */
async function published(): Promise<{ office: Office; fetch: Fetch }> {
  const office = readyOffice();
  offices.push(office);
  const corrections = new Corrections(office);
  const publisher = await office.open();
  for (let i = 0; i < 12; i++) {
    await corrections.next();
    office.now += 1000;
    await publisher.step();
  }
  const fetch: Fetch = async (path) => {
    const file = join(office.publicDir, path);
    return existsSync(file) ? new Uint8Array(readFileSync(file)) : null;
  };
  return { office, fetch };
}

test("every page of a published election verifies, down to each station's history", async () => {
  const { office, fetch } = await published();
  const { model } = office.world;
  const reader = new Reader({ fetch, memory: visitMemory(), vkey: null });
  let histories = 0;
  for (const { kind } of model.contests) {
    for (const { code, level } of model.regions) {
      const snapshot = await reader.load(kind, code).catch((cause: unknown) => {
        // Where a region does not have the contest, or nothing of the contest is there yet.
        assert.equal((cause as { code?: string }).code, "unknown-place", String(cause));
        return null;
      });
      const desa = snapshot?.path.at(-1);
      if (snapshot === null || level !== "desa" || desa?.region !== code) continue;
      if (desa.detail !== null) await readDetail(reader, desa, desa.detail);
      for (const row of desa.stations ?? []) {
        const versions = await readHistory(reader, snapshot, code, row);
        histories += versions.length;
      }
    }
  }
  assert.ok(histories >= 12, `${histories} statements`);
});
