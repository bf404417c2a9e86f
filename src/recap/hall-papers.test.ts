/** The papers of a hall: every figure that is printed is the result tree's, and the same log gives the same bytes. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { plenoLog, type RegionCode, type StationCode } from "../election/codes.ts";
import { asHash, type Hash } from "../ledger/hash.ts";
import { fingerprint } from "./fingerprint.ts";
import type { Form } from "./form.ts";
import type { Hall } from "./hall.ts";
import { Printer } from "./printer.ts";
import { checkFrames, checkRead } from "./testing/check-certificate.ts";
import { readPdf, textOf } from "./testing/read-pdf.ts";
import { StoredHall } from "./testing/stored.ts";

const KEC = "510101" as RegionCode;
const KAB = "5101" as RegionCode;
const DESA = "5101011001" as RegionCode;
const A = "5101011001001" as StationCode;
const WORDS = asHash("0b".repeat(32));
const ANSWER = asHash("0c".repeat(32));

const printer = new Printer();
after(() => printer.close());

const must = <T>(value: T | null | undefined): T => {
  assert.ok(value !== null && value !== undefined);
  return value;
};

/** What the result tree says of a region's recap, from the very object that would be published. */
function published(hall: Hall, contest: string, region: string): Record<string, unknown> {
  const { tally } = hall.sources();
  const { objects } = tally.build(() => "x");
  const found = objects.find((one) => one.kind === "result" && one.contest === contest && one.region === region);
  return JSON.parse(new TextDecoder().decode(must(found).bytes)).recap;
}

const zeros = (cells: readonly (number | null)[]) => cells.map((cell) => cell ?? 0);

/** A kecamatan with every station read in all contests, but one station of DPR. */
function readHall(): StoredHall {
  const stored = new StoredHall(KEC);
  const { world } = stored.desk;
  for (const contest of ["ppwp", "dpr", "dpd", "dprdk"] as const)
    for (const station of world.stationsOf(KEC))
      if (contest !== "dpr" || station !== A) stored.desk.read(station, contest);
  return stored;
}

test("a draft has the desa with their stations, and its sums are those of the result tree", async () => {
  const hall = await readHall().open(KEC, { printer });
  for (const [contest, district, parts] of [
    ["ppwp", "0", 2],
    ["dpr", "5100", 2],
    ["dpd", "51", 2],
    ["dprdk", "510101", 1],
    ["dprdk", "510102", 1],
  ] as const) {
    const form = must(await hall.form(contest, district));
    assert.equal(form.state, "draft");
    assert.equal(form.parts.length, parts);
    const pages = await readPdf(Buffer.from(must(await hall.certificatePdf(contest, district))));
    checkRead(form, pages);
    checkFrames(form, pages);
    const sums = zeros(form.closing.sum.votes);
    for (const [i, part] of form.parts.entries()) {
      const desa = hall.desa(
        contest,
        [DESA, "5101011002" as RegionCode][parts === 1 && district === "510102" ? 1 : i] ?? DESA,
      );
      assert.deepEqual(zeros(part.sum.votes), desa?.sums.votes);
      assert.deepEqual(zeros(part.sum.figures), desa?.sums.figures);
    }
    if (contest === "dprdk") continue;
    const tree = published(await readHall().open(), contest, KEC) as {
      figures: number[];
      lists: { votes: number[] }[];
    };
    assert.deepEqual(sums, tree.lists[0]?.votes);
    assert.deepEqual(zeros(form.closing.sum.figures), zeros(tree.figures));
  }
  assert.equal(await hall.form("dpr", "5200"), null);
});

test("the fingerprint that the hall shows is that of the draft that it prints", async () => {
  const stored = readHall();
  const hall = await stored.open(KEC, { printer });
  const shown = async () => (await hall.view(0)).results.find(({ contest }) => contest === "dpr")?.fingerprint;
  const before = await shown();
  assert.equal(before, fingerprint(must(await hall.form("dpr", "5100"))));
  stored.desk.read(A, "dpr");
  await stored.store();
  await hall.follow();
  assert.notEqual(await shown(), before);
  assert.equal(await shown(), fingerprint(must(await hall.form("dpr", "5100"))));
});

test("a certificate that was given prints as it was signed, whatever a level above has corrected since", async () => {
  const stored = readHall();
  const { desk } = stored;
  const { world } = desk;
  const people = new Map([...must(personsOf(await stored.open()))].map(([role, person]) => [person, `Nama ${role}`]));
  const certificate = desk.certify("ppwp", "0");
  const hall = await stored.open(KEC, { printer });
  const form = must(await hall.form("ppwp", "0", people));
  assert.equal(form.state, "signed");
  assert.equal(form.log.size, certificate.index + 1);
  assert.equal(form.members[0]?.role, "ketua");
  assert.ok(form.members.some(({ name }) => name === "Nama chair"));
  const bytes = must(await hall.certificatePdf("ppwp", "0", people));
  assert.deepEqual(must(await hall.certificatePdf("ppwp", "0", people)), bytes);

  world.see(plenoLog(KAB), desk.log);
  const reading = must((await hall.station("ppwp", A))?.reading);
  world.reading(KAB, A, "ppwp", [9, 9, 9], reading.id, { outcome: "corrected" }, [`operator ${KAB}`, `chair ${KAB}`]);
  await stored.store();
  await hall.follow();
  assert.equal((await hall.station("ppwp", A))?.reading?.region, KAB);
  assert.deepEqual(must(await hall.certificatePdf("ppwp", "0", people)), bytes);

  const above = await stored.open(KAB, { printer });
  const kabupaten = must(await above.form("ppwp", "0"));
  assert.deepEqual(
    kabupaten.closing.columns.map(({ label }) => label),
    ["Kecamatan 510101", "Kecamatan 510102"],
  );
  assert.deepEqual(kabupaten.closing.columns[0]?.votes, [6 * 1 + 9, 6 * 2 + 9, 6 * 3 + 9]);
  assert.deepEqual(
    zeros(kabupaten.closing.sum.votes),
    (published(above, "ppwp", KAB) as { lists: { votes: number[] }[] }).lists[0]?.votes,
  );
});

/** Role → random person of those who hold it in the very region. */
function personsOf(hall: Hall): Map<string, string> {
  const { authority } = hall.sources().tally;
  return new Map(authority.holders(authority.log(plenoLog(KEC))).map(({ role, person }) => [role, person]));
}

test("a ruling without stations has a column of its own, in the sum as in the tree", async () => {
  const stored = readHall();
  const { world, log } = stored.desk;
  const body = { kind: "ruling", number: "3/PUTUSAN", contest: "dpr", district: "5100", region: KEC };
  world.write(
    log,
    "order",
    {
      ...body,
      deltas: [
        [1, 5],
        [2, -2],
      ],
    },
    ["chair key"],
  );
  const hall = await stored.open(KEC, { printer });
  const form = must(await hall.form("dpr", "5100"));
  const ruling = must(form.closing.columns.at(-1));
  assert.equal(ruling.label, "Penyesuaian putusan");
  assert.deepEqual(ruling.votes, [null, 5, -2, null, null, null]);
  checkRead(form, await readPdf(Buffer.from(must(await hall.certificatePdf("dpr", "5100")))));
  const tree = published(hall, "dpr", KEC) as { lists: { votes: number[] }[] };
  assert.deepEqual(form.closing.sum.votes, tree.lists[0]?.votes);
});

test("each saksi with a mandate stands on the certificate, with what is recorded of the signature", async () => {
  const stored = readHall();
  const { desk } = stored;
  const person = "ab".repeat(16);
  desk.say({ what: "mandate", letter: WORDS, participant: "p2", person, seated: true, withdrawn: false });
  const certificate = desk.certify("ppwp", "0");
  const about = { certificate: certificate.id, contest: "ppwp", district: "0" as never } as const;
  desk.say({ what: "signature", ...about, outcome: "refused", participant: "p2", reason: "figures-disputed" });
  desk.say({ what: "signature", ...about, outcome: "absent", participant: "p3", reason: null });
  const hall = await stored.open(KEC, { printer });
  const { saksi } = must(await hall.form("ppwp", "0", new Map([[person, "Saksi Rekaan"]])));
  assert.deepEqual(saksi, [
    { participant: "Paslon 2", name: "Saksi Rekaan", outcome: { kind: "refused", reason: "Tidak menerima angkanya" } },
    { participant: "Paslon 3", name: null, outcome: { kind: "absent" } },
  ]);
});

test("a night sheet has a page for each contest of the desa", async () => {
  const hall = await readHall().open(KEC, { printer });
  const pages = await readPdf(Buffer.from(must(await hall.nightPdf(DESA))));
  assert.equal(pages.length, 4);
  assert.ok(textOf(must(pages[1])).includes("3 2 1"));
  assert.ok(pages.every((page) => textOf(page).includes(`Desa ${DESA}`)));
  assert.equal(await hall.nightPdf("5101021001" as RegionCode), null);
});

test("the list of objections has what was written and answered, for whom, and where it stands", async () => {
  const stored = readHall();
  const { world, log } = stored.desk;
  const about = { contest: "ppwp", kind: "objection", participant: "p1", station: A };
  const filed = world.write(log, "objection", { ...about, papers: WORDS, ref: null, status: "filed" }, [
    "operator key",
  ]);
  world.write(log, "objection", { ...about, papers: ANSWER, ref: filed.id, status: "accepted" }, ["chair key"]);
  const incident = { contest: null, kind: "incident", participant: null, station: null, papers: null, ref: null };
  world.write(log, "objection", { ...incident, status: "filed" }, ["supervisor key"]);
  const texts = new Map<Hash, string>([
    [WORDS, "Jumlah suara berbeda"],
    [ANSWER, "Dibetulkan di tempat"],
  ]);
  const apart = { pages: async () => [], words: async (hash: Hash) => texts.get(hash) ?? null };
  const hall = await stored.open(KEC, { printer, apart });
  const [first] = (await hall.view(0)).objections;
  assert.deepEqual([first?.words, first?.status, first?.index], ["Jumlah suara berbeda", "accepted", filed.index]);
  const text = textOf(must((await readPdf(Buffer.from(await hall.incidentsPdf())))[0]));
  for (const words of [
    "Jumlah suara berbeda",
    "Dibetulkan di tempat",
    "Saksi Paslon 1",
    "Panwaslu Kecamatan",
    "Diterima",
  ])
    assert.ok(text.replace(/\s+/g, " ").includes(words), `${words}\n${text}`);
});

test("a form that must not be printed is refused by the thread with its place, and the thread goes on", async () => {
  const hall = await readHall().open(KEC, { printer });
  const form = must(await hall.form("ppwp", "0"));
  const wrong: Form = { ...form, closing: { ...form.closing, sum: { ...form.closing.sum, votes: [1, 2, 3] } } };
  await assert.rejects(printer.print({ what: "certificate", form: wrong }), { name: "FormError", where: /./ });
  assert.ok((await printer.print({ what: "certificate", form })).length > 1000);
});

test("a thread that is ended fails the paper that it had, and the next paper starts another", async () => {
  const hall = await readHall().open(KEC, { printer });
  const form = must(await hall.form("ppwp", "0"));
  const own = new Printer();
  const first = own.print({ what: "certificate", form });
  const failed = assert.rejects(first, /ended/);
  await own.close();
  await failed;
  assert.ok((await own.print({ what: "certificate", form })).length > 1000);
  await own.close();
});
