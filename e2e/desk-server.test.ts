/**
 * A whole plenary through the desk's own addresses, with the processes as an operator runs them: the first chair by the console's
 * secret, grants down to a kecamatan, reading, a correction by two persons, a pause, a certificate; then it is looked for in
 * what was published. In the middle the process that writes the logs goes away and comes back.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { DataFolder } from "../src/cli/data-folder.ts";
import { teguh } from "../src/cli/testing.ts";
import { keyOf } from "../src/core/testing.ts";
import { checkElection } from "../src/election/check-election.ts";
import { NATION, type RegionCode, type StationCode } from "../src/election/codes.ts";
import type { ReadingBody } from "../src/election/sheet.ts";
import { jpeg } from "../src/election/testing/photos.ts";
import { exampleFile, exampleSheet } from "../src/election/testing.ts";
import { fromUtf8, toHex } from "../src/ledger/bytes.ts";
import { asHash, type Hash } from "../src/ledger/hash.ts";
import { makeCard, seal } from "../src/recap/wire/card.ts";
import type { Accepted, NewPerson } from "../src/recap/wire/routes.ts";
import { type HallType, type Said, signAct } from "../src/recap/wire/sign.ts";
import type { BelowView, HallView } from "../src/recap/wire/views.ts";
import { Device, type Reply } from "../src/server/testing/desk.ts";
import { readFileOrNull } from "../src/store/files.ts";
import { Program } from "./program.ts";
import { until } from "./until.ts";

const KEC = "710101" as RegionCode;
const PARENTS = [NATION, "71" as RegionCode, "7101" as RegionCode];
const scratch = mkdtempSync(join(tmpdir(), "teguh-desk-e2e-"));
const data = join(scratch, "data");
const random = (count: number) => new Uint8Array(randomBytes(count));
let stations: readonly StationCode[] = [];
let sheetOf: (station: StationCode) => Said<"reading">;

before(async () => {
  const checked = checkElection(exampleFile());
  assert.ok("ok" in checked);
  const folder = await DataFolder.found(data, checked.ok, "1/UJI");
  const { model } = folder;
  const { stationFrom = 0, stationTo = 0 } = model.region(KEC) ?? {};
  stations = Array.from({ length: stationTo - stationFrom }, (_, i) => model.stationAt(stationFrom + i));
  sheetOf = (station) => {
    const { by: _by, election: _election, time: _time, papers: _papers, ...form } = exampleSheet(model, { station });
    const decided = { evidence: null, fields: [], incident: null, initialled: [], refused: [], reason: null };
    return { ...form, ...decided, sheet: null, outcome: "same" } satisfies Said<"reading">;
  };
  await folder.publish(() => undefined);
  await folder.close();
});
after(() => rmSync(scratch, { recursive: true }));

interface Recap {
  readonly recap: { readonly read: number; readonly lists: readonly { readonly votes: readonly number[] }[] };
  readonly status: string;
}

/** The kecamatan as it is published now. */
function published(): Recap | null {
  const bytes = readFileOrNull(join(data, "public", "now", "ppwp", `${KEC}.json`));
  return bytes === null ? null : (JSON.parse(fromUtf8(bytes)) as Recap);
}

async function newPerson(word: string, role: NewPerson["role"], region: RegionCode): Promise<NewPerson> {
  const { signer, seed } = keyOf(word);
  const sealed = await seal(seed, { card: makeCard(random) }, random);
  const person = toHex(random(8));
  return {
    person,
    name: `Ketua ${region === NATION ? "KPU" : region}`,
    role,
    region,
    publicKey: toHex(signer.publicKey),
    sealed,
  };
}

test("a plenary from the first chair to the published certificate", { timeout: 180_000 }, async () => {
  const servers = { publish: new Program(data, "publish"), desk: new Program(data, "desk") };
  let core = new Program(data, "core");
  try {
    await core.address("core");
    const { port } = new URL(await servers.desk.address("desk"));
    let election = "";
    let time = Date.now();
    const say = <T extends HallType>(
      device: Device,
      region: RegionCode,
      type: T,
      body: Said<T>,
      ...words: string[]
    ) => {
      const note = signAct({ election, signers: words.map((word) => keyOf(word).signer), time: time++, type, body });
      return device.ask<Accepted>("POST", `/api/halls/${region}/statements`, note);
    };
    const done = async (answer: Promise<Reply<Accepted>>): Promise<Accepted> => {
      const { status, body } = await answer;
      assert.equal(status, 200, JSON.stringify(body));
      return body;
    };
    const at = async (region: RegionCode, ...words: string[]) => {
      const device = new Device(Number(port));
      for (const word of words) {
        const { status, body } = await device.signIn(word, region);
        assert.equal(status, 200, JSON.stringify(body));
      }
      return device;
    };

    const secret = /set-up code [^:]*: ([0-9A-Z-]+)/.exec(servers.desk.errors)?.[1];
    const first = { secret, list: [await newPerson("chair 0", "chair", NATION)] };
    assert.equal((await new Device(Number(port)).ask("POST", "/api/setup", first)).status, 200);
    for (const [i, region] of PARENTS.entries()) {
      const below = PARENTS[i + 1] ?? KEC;
      const chair = await at(region, `chair ${region}`);
      election = (await chair.ask<HallView>("GET", `/api/halls/${region}`)).body.election.tag;
      const person = await newPerson(`chair ${below}`, "chair", below);
      assert.equal((await chair.ask("POST", "/api/people", [person])).status, 200);
      const { publicKey: key, person: who, role } = person;
      await done(say(chair, region, "grant", { list: [{ key, person: who, role, region: below }] }, `chair ${region}`));
    }
    const chair = await at(KEC, `chair ${KEC}`);
    const member = await newPerson("member", "member", KEC);
    assert.equal((await chair.ask("POST", "/api/people", [member])).status, 200);
    const granted = { key: member.publicKey, person: member.person, role: member.role, region: KEC };
    await done(say(chair, KEC, "grant", { list: [granted] }, `chair ${KEC}`));
    const both = await at(KEC, `chair ${KEC}`, "member");

    await done(say(both, KEC, "minutes", { act: { what: "open" } }, `chair ${KEC}`));
    const [corrected, ...others] = stations;
    assert.ok(corrected !== undefined);
    const before = await done(say(both, KEC, "reading", sheetOf(corrected), "member"));
    const photo = await both.ask<{ hash: Hash }>("POST", "/api/papers?kind=evidence", jpeg());
    const list = await both.ask<{ hash: Hash }>("POST", "/api/paper-lists", { pages: [photo.body.hash] });
    const evidence = list.body.hash;
    const change: Partial<ReadingBody> = { votes: [90, 70, 40], outcome: "corrected", reason: "wrong-row", evidence };
    const named = { previous: asHash(before.id), fields: ["votes.0", "votes.1"] };
    await done(say(both, KEC, "reading", { ...sheetOf(corrected), ...change, ...named }, "member", `chair ${KEC}`));
    await done(say(both, KEC, "pause", { panel: null }, `chair ${KEC}`));
    await until("the reading and its correction are public", () => published()?.recap.lists[0]?.votes[1] === 70);

    await core.stop();
    const away = await say(both, KEC, "unpause", { panel: null }, `chair ${KEC}`);
    assert.deepEqual([away.status, away.body.code], [503, "later"]);
    assert.equal((await both.ask("GET", `/api/halls/${KEC}`)).status, 200, "the hall can still be looked at");
    core = new Program(data, "core");
    await core.address("core");
    await done(say(both, KEC, "unpause", { panel: null }, `chair ${KEC}`));

    for (const station of others) await done(say(both, KEC, "reading", sheetOf(station), "member"));
    const { body: below } = await both.ask<BelowView>("GET", `/api/halls/${KEC}/below/ppwp/0`);
    const count = stations.length;
    const { figures, votes } = below.total;
    const totals = { figures: [...figures], votes: [...votes], read: count, stations: count };
    const about = { contest: "ppwp", district: below.district.code, region: KEC, papers: null } as const;
    await done(say(both, KEC, "certificate", { ...about, ...totals }, `chair ${KEC}`, "member"));
    await until("the certificate is public", () => published()?.status === "certified");
    assert.equal(published()?.recap.read, count);
    assert.deepEqual(published()?.recap.lists[0]?.votes, votes);
    assert.deepEqual(readFileOrNull(join(data, "public", "photo", photo.body.hash)), jpeg());

    const account = await teguh(
      "account",
      data,
      "--contest",
      "ppwp",
      "--region",
      KEC,
      "--choice",
      "2",
      "--book",
      "recap",
      "--json",
    );
    assert.equal(account.code, 0, account.err);
    assert.match(account.out, /wrong-row/, "the correction stands in the account with its reason");
    const audit = await teguh("verify", data);
    assert.equal(audit.code, 0, audit.out + audit.err);
  } finally {
    await Promise.all([core.stop(), servers.publish.stop(), servers.desk.stop()]);
  }
});
