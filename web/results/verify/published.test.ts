/** The reader on what the publisher itself writes: each page of a whole election verifies, and says what the fold says. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, test } from "node:test";
import type { RegionCode } from "../../../src/election/codes.ts";
import type { ElectionFile } from "../../../src/election/definition.ts";
import { FIGURE } from "../../../src/election/figures.ts";
import { kecamatanIn } from "../../../src/election/model.ts";
import { readDefinition } from "../../../src/election/read-definition.ts";
import type { Json } from "../../../src/ledger/canonical.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import type { Definitions } from "../../../src/publish/definitions.ts";
import { type Office, readyOffice } from "../../../src/publish/testing.ts";
import { crowdedElection, severalDistricts, World } from "../../../src/tally/testing.ts";
import { readHistory } from "../station/history.ts";
import { random } from "../testdata/fixture.ts";
import { checkSums } from "./checks.ts";
import { readDetail } from "./detail.ts";
import { Fault } from "./fault.ts";
import type { Fetch } from "./files.ts";
import { withLists } from "./lists.ts";
import { visitMemory } from "./memory.ts";
import { BOOKS, type Book } from "./objects.ts";
import { Reader, type Snapshot } from "./verify.ts";

const offices: Office[] = [];
after(() => {
  for (const office of offices) office.close();
});

/** What a sheet can be: it adds up, its votes do not, one party's do not, votes are missing, none were reported. */
const SHEETS = ["right", "held", "party", "gap", "empty"] as const;

/** Every station of an election, in each contest, with sheets of every kind, replaced, rivalled and read, from a seed; and a ruling. */
function fill({ world }: Office, next: (below: number) => number): void {
  const { model } = world;
  for (const { kind } of model.contests) {
    for (let index = 0; index < model.stationCount; index++) {
      const station = model.stationAt(index);
      const desa = model.region(station.slice(0, 10));
      const district = desa && model.contest(kind)?.districtOf(desa);
      if (!district || next(6) === 0) continue;
      const sheet = (previous: Hash | null) => {
        const what = SHEETS[next(SHEETS.length)] ?? "right";
        const votes = district.choices.map(() => next(60));
        const form = world.form(station, kind, votes);
        const change: Record<string, Json> = {};
        if (what === "held") change.figures = form.figures.map((n, i) => (i === FIGURE.valid ? (n ?? 0) + 1 : n));
        if (what === "party" && form.parties.length > 0)
          change.parties = form.parties.map((n, i) => (i === 0 ? (n || 0) + 3 : n));
        if (what === "gap") change.votes = votes.map((n, i) => (i === 1 ? null : n));
        return world.sheet(station, kind, what === "empty" ? null : votes, previous, change);
      };
      const first = sheet(null);
      if (next(3) === 0) sheet(first.id);
      if (next(4) === 0) sheet(null); // names no sheet though there is one: a rival
      if (next(2) === 0) continue;
      const region = station.slice(0, 6) as RegionCode;
      const votes = district.choices.map(() => next(60));
      const reading = world.reading(region, station, kind, votes, null);
      if (next(3) === 0)
        world.reading(
          region,
          station,
          kind,
          votes.map((n) => n + next(3)),
          reading.id,
        );
    }
  }
  const deltas = [
    [1, 2],
    [4, -1],
  ];
  for (const [contest, district] of [
    ["dpr", "5100"],
    ["dprdp", "5102"],
  ] as const) {
    const ruling = { contest, deltas, district, kind: "ruling", number: "1/PHPU", region: "51" };
    world.write("pleno/51", "order", ruling, ["chair 51"]);
  }
}

/** The same with a party that stands in one district alone, above which another is carried. */
function withLocalParty(file: ElectionFile): ElectionFile {
  const candidates = [{ id: "510101-c1", number: 1, name: "Calon c1 510101" }];
  const party = { id: "c", number: 3, name: "Partai C", short: "C", colour: "#993333", candidates };
  const contests = file.contests.map((contest) => {
    const districts = contest.districts.map((district) =>
      district.code === "510101" ? { ...district, parties: [...(district.parties ?? []), party] } : district,
    );
    return { ...contest, districts };
  });
  return { ...file, contests };
}

/** Every party with votes has its name on the page. */
function assertNamed(snapshot: Snapshot | null, book: Book): void {
  const object = snapshot?.path.at(-1);
  const named = new Set([...(snapshot?.names.values() ?? [])].flatMap(({ parties }) => parties.map(({ id }) => id)));
  object?.parties.forEach((id, i) => {
    if (object[book].parties?.votes[i]) assert.ok(named.has(id), `${object.contest} ${object.region}: party ${id}`);
  });
}

/** As a hall has the definition: without the districts in which it does not vote. */
function partOf({ world }: Office, region: RegionCode): Definitions {
  const elsewhere = world.model.contests.flatMap(({ districts }) =>
    districts.filter((district) => kecamatanIn(region, district).length === 0).map(({ object }) => object),
  );
  const objects = new Map([...world.objects].filter(([hash]) => !elsewhere.includes(hash)));
  return { model: (root) => readDefinition(root, (hash) => objects.get(hash), { region }), objects: () => objects };
}

/** An office that has published a full election, or a kecamatan of it on its own; and its public folder as a site. */
async function published(seed: number, node?: RegionCode): Promise<{ office: Office; fetch: Fetch }> {
  // One desa has too many stations for its rows to say all.
  const office = readyOffice(new World(withLocalParty(crowdedElection(33, severalDistricts()))));
  offices.push(office);
  fill(office, random(seed));
  await office.receive();
  const publisher = await office.open(undefined, node === undefined ? {} : { node, definitions: partOf(office, node) });
  await publisher.step();
  const fetch: Fetch = async (path) => {
    const file = join(office.publicDir, path);
    return existsSync(file) ? new Uint8Array(readFileSync(file)) : null;
  };
  return { office, fetch };
}

for (const seed of [1, 2, 3]) {
  test(`every page of a published election verifies, down to each station's history (seed ${seed})`, async () => {
    const { office, fetch } = await published(seed);
    const { model } = office.world;
    const reader = new Reader({ fetch, memory: visitMemory, status: null });
    const seen = new Set<string>();
    for (const { kind } of model.contests) {
      for (const { code, level } of model.regions) {
        const snapshot = await reader.load(kind, code).catch((cause: unknown) => {
          // A region need not have every contest.
          assert.ok(cause instanceof Fault && cause.code === "unknown-place", String(cause));
          return null;
        });
        for (const book of BOOKS) assertNamed(snapshot, book);
        if (snapshot?.place?.reported && snapshot.place.object.lists !== null) {
          const whole = await withLists(reader, snapshot.place.object);
          const more = checkSums(whole, await reader.namesOf(whole)) - checkSums(snapshot.place.object, snapshot.names);
          if (more > 0) seen.add("candidates apart, added up by party");
        }
        const desa = snapshot?.path.at(-1);
        if (snapshot === null || level !== "desa" || desa?.region !== code) continue;
        if (desa.detail !== null) await readDetail(reader, desa, desa.detail);
        if (desa.parties.length > 0) seen.add(desa.detail === null ? "whole rows" : "detail");
        for (const row of desa.stations ?? []) {
          for (const entry of [row.count, row.recap]) seen.add(entry?.state ?? "nothing");
          for (const version of await readHistory(reader, snapshot, code, row))
            seen.add(version.rival ? "rival" : version.type);
        }
      }
    }
    for (const each of [
      "posted",
      "held",
      "incomplete",
      "nothing",
      "rival",
      "sheet",
      "reading",
      "whole rows",
      "detail",
      "candidates apart, added up by party",
    ]) {
      assert.ok(seen.has(each), `the election has ${each}`);
    }
  });
}

test("every page of a kecamatan on its own verifies, with the names that it has and no request for others", async () => {
  // Its district is not the first of its contest.
  const own = "520101" as RegionCode;
  const { office, fetch } = await published(1, own);
  const missing: string[] = [];
  const watched: Fetch = async (path) => {
    const bytes = await fetch(path);
    if (bytes === null) missing.push(path);
    return bytes;
  };
  for (const { kind } of office.world.model.contests) {
    if (kind === "dprdk") continue; // It has none.
    for (const code of ["0", "52", "5201", own, `${own}1001`]) {
      const { path, names } = await new Reader({ fetch: watched, memory: visitMemory, status: null }).load(kind, code);
      assert.equal(path.at(-1)?.region, code, kind);
      // Above its districts a contest without parties has nothing to name.
      assert.equal(names.size, kind === "dpd" && code === "0" ? 0 : 1, `${kind} ${code}`);
    }
  }
  assert.deepEqual(missing, []);
});
