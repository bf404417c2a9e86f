// A small published election in which a candidate's votes fall: two sheets are replaced, the plenary is halted and goes on,
// reads the stations with evidence, and signs; with photographs of the papers. What the story in six taps tells.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, deflateSync } from "node:zlib";
import type { RegionCode } from "../src/election/codes.ts";
import { concat, utf8 } from "../src/ledger/bytes.ts";
import { canonical } from "../src/ledger/canonical.ts";
import { type Hash, hashHex } from "../src/ledger/hash.ts";
import { type Office, readyOffice } from "../src/publish/testing.ts";
import type { Written } from "../src/tally/testing.ts";

const KECAMATAN = "510201" as RegionCode;
const CHAIR = `chair ${KECAMATAN}`;
const OPERATOR = `operator ${KECAMATAN}`;

export interface PublishedStory {
  readonly office: Office;
  /** Names of the published photographs, by what they show. */
  readonly photos: Readonly<Record<"sheet" | "replacement" | "reading" | "later" | "scan", Hash>>;
}

/**
 * Publishes the story in one edition; the caller closes the office. Of candidate 1 of the province 160 votes are corrected down
 * at the first station of the desa 5102011001 and 152 at the second: 312.
 */
export async function publishStory(): Promise<PublishedStory> {
  const office = readyOffice();
  const { world } = office;
  const publish = (bytes: Uint8Array): Hash => {
    const hash = hashHex(bytes);
    mkdirSync(join(office.publicDir, "photo"), { recursive: true });
    writeFileSync(join(office.publicDir, "photo", hash), bytes);
    return hash;
  };
  const list = (pages: readonly Hash[]): Hash => publish(utf8(canonical([...pages])));
  const photos = {
    sheet: publish(picture(1)),
    replacement: publish(picture(2)),
    reading: publish(picture(3)),
    later: publish(picture(4)),
    scan: publish(picture(5)),
  };
  const station = (n: number) => `510201100${n < 4 ? `100${n}` : `200${n - 3}`}`;
  const say = (act: { readonly what: string; readonly [key: string]: string }, signers: readonly string[]) =>
    world.write(`pleno/${KECAMATAN}`, "minutes", { act }, signers);

  const first = world.sheet(station(1), "dpd", [180, 30, 20, 10], null, { papers: list([photos.sheet]) });
  const second = world.sheet(station(2), "dpd", [180, 30, 20, 10], null);
  for (const n of [3, 4, 5]) world.sheet(station(n), "dpd", [40, 30, 20, 10], null);
  world.sheet(station(1), "dpd", [20, 30, 20, 10], first.id, { papers: list([photos.replacement, photos.sheet]) });
  world.sheet(station(2), "dpd", [28, 30, 20, 10], second.id);

  world.write("pleno/51", "halt", { order: "18/UJI", regions: [KECAMATAN] }, ["chair 51"]);
  world.write("pleno/51", "resume", { order: "19/UJI", regions: [KECAMATAN], at: null }, ["chair 51"]);

  const corrected = { outcome: "corrected", reason: "entry-error", fields: ["votes.1"] };
  const read = (n: number, votes: readonly number[], change = {}): Written =>
    world.reading(KECAMATAN, station(n), "dpd", votes, null, change, [OPERATOR, CHAIR]);
  read(1, [20, 31, 20, 10], { ...corrected, evidence: list([photos.reading]) });
  const later = read(2, [28, 33, 20, 10], corrected);
  for (const n of [3, 4, 5]) read(n, [40, 30, 20, 10]);
  say({ what: "evidence", reading: later.id, papers: list([photos.later]) }, [OPERATOR]);
  const certificate = world.certify(KECAMATAN, "dpd", "51");
  say({ what: "scan", certificate: certificate.id, pages: list([photos.scan]) }, [OPERATOR]);
  await office.receive();
  await (await office.open()).step();
  return { office, photos };
}

const [WIDTH, HEIGHT] = [480, 640];

/** A PNG (ISO/IEC 15948) of a ruled form, grey; `number` shaded rows tell one from another. */
function picture(number: number): Uint8Array {
  const rows = Array.from({ length: HEIGHT }, (_, y) => {
    const row = new Uint8Array(WIDTH + 1).fill(y % 40 < 2 ? 90 : 245);
    if (y > 40 && y < 40 + number * 40) row.fill(200, 60, 240);
    for (const x of [30, 300, 450]) row.fill(90, x, x + 2);
    // Each row begins with its filter: none.
    row[0] = 0;
    return row;
  });
  const header = concat(uint32(WIDTH), uint32(HEIGHT), Uint8Array.of(8, 0, 0, 0, 0));
  return concat(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
    chunk("IHDR", header),
    chunk("IDAT", deflateSync(concat(...rows))),
    chunk("IEND", new Uint8Array()),
  );
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const named = concat(utf8(name), data);
  return concat(uint32(data.length), named, uint32(crc32(named)));
}

const uint32 = (value: number): Uint8Array =>
  Uint8Array.of(value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255);
