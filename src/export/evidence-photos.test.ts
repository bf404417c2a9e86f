import assert from "node:assert/strict";
import { test } from "node:test";
import { writePages } from "../election/page-list.ts";
import { jpeg, png } from "../election/testing/photos.ts";
import { utf8 } from "../ledger/bytes.ts";
import { type Hash, hashHex } from "../ledger/hash.ts";
import { ed25519Signer } from "../ledger/note.ts";
import { signStatement } from "../ledger/statement.ts";
import { gatherPhotos } from "./evidence-photos.ts";
import { ExportError } from "./source.ts";

const STATION = "5103032001004";
const PAGES = [jpeg(), png()];
const LIST = writePages(PAGES.map(hashHex));
const signer = ed25519Signer("contoh.example/2029/k/0123456789abcdef", new Uint8Array(32).fill(7));
const stating = (type: string, body: object) =>
  signStatement(`teguh/${type}/v1`, { election: "ab".repeat(16), time: 1, ...body }, [signer]);

/** What comes of statements where these files are published. */
function gathered(entries: readonly Uint8Array[], files: readonly Uint8Array[], wanted = STATION) {
  const published = new Map<string, Uint8Array>(files.map((bytes) => [`photo/${hashHex(bytes)}`, bytes]));
  const logs = new Map([["tps/510303", { name: "tps/510303", size: entries.length, entries }]]);
  return gatherPhotos(
    async (path) => published.get(path) ?? null,
    logs,
    ({ station }) => station === wanted,
  );
}
const pathOf = (bytes: Uint8Array, ending: string) => `foto/${hashHex(bytes)}.${ending}`;

test("the pages of a sheet's list go in under names that a viewer knows, the list under its published one", async () => {
  const [first = LIST, second = LIST] = PAGES;
  const { named, files } = await gathered(
    [stating("sheet", { station: STATION, papers: hashHex(LIST) })],
    [LIST, ...PAGES],
  );
  const paths = [pathOf(first, "jpg"), pathOf(second, "png")];
  assert.deepEqual([...files.keys()], [`data/photo/${hashHex(LIST)}`, ...paths]);
  assert.deepEqual(files.get(paths[0] ?? ""), first);
  const [sheet] = named;
  assert.deepEqual([sheet?.station, sheet?.log, sheet?.index, sheet?.pages], [STATION, "tps/510303", 0, paths]);
});

test("evidence of a reading is found as papers of a sheet are, and what concerns somebody else is left out", async () => {
  const [first = LIST] = PAGES;
  const entries = [
    stating("reading", { station: STATION, evidence: hashHex(first) }),
    stating("sheet", { station: "5103032001005", papers: hashHex(LIST) }),
    stating("sheet", { station: STATION, papers: null }),
  ];
  const { named, files } = await gathered(entries, [LIST, ...PAGES]);
  assert.deepEqual([named.length, [...files.keys()]], [1, [pathOf(first, "jpg")]]);
});

test("what is named and not published, or is no picture, is named as absent", async () => {
  const [first = LIST] = PAGES;
  const text = utf8("a letter");
  const papers = (hash: Hash) => stating("sheet", { station: STATION, papers: hash });
  const { named } = await gathered(
    [papers(hashHex(LIST)), papers(hashHex(text)), papers(hashHex(utf8("x")))],
    [LIST, first, text],
  );
  assert.deepEqual(
    named.map(({ pages }) => pages),
    [[pathOf(first, "jpg"), null], [null], [null]],
  );
});

test("a photograph with other bytes than those that were signed stops the whole file", async () => {
  const logs = new Map([
    [
      "tps/510303",
      { name: "tps/510303", size: 1, entries: [stating("sheet", { station: STATION, papers: hashHex(LIST) })] },
    ],
  ]);
  await assert.rejects(
    gatherPhotos(
      async () => jpeg({ width: 999 }),
      logs,
      () => true,
    ),
    ExportError,
  );
});
