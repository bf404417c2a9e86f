/** A reader of the public files who measures: when did a statement come to be in an edition that can be verified. */
import { fromUtf8, utf8 } from "../src/ledger/bytes.ts";
import { parseVkey } from "../src/ledger/note.ts";
import { openProof } from "../src/ledger/proof.ts";
import { parseBundle, TILE_WIDTH, tilePath } from "../src/ledger/tiles.ts";
import { readAdvance, readEdition } from "../src/publish/edition.ts";
import { nowPath, objectPath, STATUS } from "../src/publish/layout.ts";

/** A statement with its place, and when its sending began, by the clock of `performance`. */
export interface Sent {
  readonly at: number;
  readonly log: string;
  readonly index: number;
}

/** Follows what is published, as a reader without any trust does, and says when a statement came to be in it. */
export class PublishedReader {
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
