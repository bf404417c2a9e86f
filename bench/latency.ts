/**
 * From a phone's sending a sheet to its being in a published edition that a reader can verify, with the real processes (door,
 * core, publisher, public server) at work on Bali and sheets arriving at an even rate, whether or not the last were answered.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { decodeBody } from "../src/election/statements.ts";
import { fromUtf8, utf8 } from "../src/ledger/bytes.ts";
import { parseVkey } from "../src/ledger/note.ts";
import { openProof } from "../src/ledger/proof.ts";
import { parseStatement } from "../src/ledger/statement.ts";
import { parseBundle, TILE_WIDTH, tilePath } from "../src/ledger/tiles.ts";
import { readAdvance, readEdition } from "../src/publish/edition.ts";
import { nowPath, objectPath, STATUS } from "../src/publish/layout.ts";
import { BALI, Data } from "./data.ts";
import type { Context, Figure } from "./figure.ts";
import { Phones, parcels, passesOf } from "./phones.ts";
import { ServerProcess } from "./server.ts";

const MOST_SECONDS = 3;
/** Sheets a second: those of a province on election night. */
const RATE = 60;
/** How often the reader looks, in milliseconds. */
const LOOK = 50;
/** Sheets that are sent before any is measured, for code that is not compiled yet. */
const WARM = 200;

const dataOf = () => new Data(BALI, { signed: true, kind: "empty" });

export const prepare = (): Promise<void> => dataOf().statements({ sheets: false });

interface Sent {
  readonly at: number;
  readonly log: string;
  readonly index: number;
}

/** Follows what is published, as a reader without any trust does, and says when a statement came to be in it. */
class Reader {
  /** Seconds from sent to published. */
  readonly delays: number[] = [];
  readonly #address: string;
  #waiting: Sent[] = [];
  readonly #sizes = new Map<string, number>();
  #edition = 0;

  constructor(address: string) {
    this.#address = address;
  }

  get waits(): boolean {
    return this.#waiting.length > 0;
  }

  await(sent: Sent): void {
    this.#waiting.push(sent);
  }

  async look(): Promise<void> {
    const now = await this.#get(nowPath("ppwp"));
    const status = await this.#get(STATUS);
    if (!now || !status) return;
    const { edition, proof } = JSON.parse(fromUtf8(now)) as { edition: string; proof: string };
    const { editionsVkey } = JSON.parse(fromUtf8(status)) as { editionsVkey: string };
    const { checkpoint } = openProof(proof, utf8(edition), [parseVkey(editionsVkey)]);
    if (checkpoint.size === this.#edition) return;
    await this.#follow(checkpoint.size);
    const at = performance.now();
    this.#waiting = this.#waiting.filter((sent) => {
      if (sent.index >= (this.#sizes.get(sent.log) ?? 0)) return true;
      this.delays.push((at - sent.at) / 1000);
      return false;
    });
  }

  async #follow(size: number): Promise<void> {
    if (size > TILE_WIDTH) throw new RangeError("a run of a minute has no more editions than a tile");
    const bundle = await this.#must(tilePath("entries", 0, size));
    for (const note of parseBundle(bundle).slice(this.#edition, size)) {
      const { advance } = readEdition(note).edition;
      for (const [log, to] of readAdvance(await this.#must(objectPath(advance)))) this.#sizes.set(log, to);
    }
    this.#edition = size;
  }

  async #must(path: string): Promise<Uint8Array> {
    const bytes = await this.#get(path);
    if (!bytes) throw new Error(`${path} is not published, though an edition names it`);
    return bytes;
  }

  async #get(path: string): Promise<Uint8Array | null> {
    const response = await fetch(new URL(path, this.#address));
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  }
}

export async function run({ short }: Context): Promise<Figure[]> {
  const data = dataOf().copy();
  const model = data.model();
  const store = data.openStore();
  const nation = await data.openNation(store, model);
  const measured = RATE * (short ? 12 : 60);
  const list = parcels(nation, passesOf(data, model), data.reported(model).slice(0, (WARM + measured) / 4));
  await store.close();
  const core = await ServerProcess.start("core", data.dir);
  const door = await ServerProcess.start("intake", data.dir);
  const publisher = await ServerProcess.start("publish", data.dir);
  const site = await ServerProcess.start("public", data.dir);
  const phones = new Phones(door.address, 64);
  await phones.sendAll(list.slice(0, WARM), 32);
  const reader = new Reader(site.address);
  const sending: Promise<void>[] = [];
  const began = performance.now();
  for (let sent = 0; sending.length < measured || reader.waits; ) {
    for (; sent < measured && performance.now() - began >= (sent * 1000) / RATE; sent++) {
      const parcel = list[WARM + sent];
      if (!parcel) throw new RangeError("there are fewer sheets than were to be sent");
      const at = performance.now();
      sending.push(
        phones.send(parcel).then((receipt) => {
          const { log, index = -1 } = decodeBody("receipt", parseStatement(utf8(receipt)).body);
          reader.await({ at, log, index });
        }),
      );
    }
    await reader.look();
    await sleep(LOOK);
    if (sent === measured) await Promise.all(sending);
  }
  phones.close();
  await Promise.all([door, core, publisher, site].map((server) => server.stop()));
  data.remove();
  const sorted = reader.delays.sort((a, b) => a - b);
  const worst = sorted[Math.floor(sorted.length * 0.99)] ?? Number.POSITIVE_INFINITY;
  return [
    {
      what: `sheet sent → in a published edition that a reader has verified, ${RATE} sheets/s, p99`,
      value: worst,
      unit: "s",
      atMost: MOST_SECONDS,
    },
  ];
}
