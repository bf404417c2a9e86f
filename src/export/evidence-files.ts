/**
 * The published files that stand behind the figures of one region: a part of the public folder, byte for byte and under the
 * same paths, so that whatever verifies a publication verifies this part of it without a network. What is taken is what
 * docs/verify-by-hand.py asks for with `--bundle` and the same region.
 */
import type { ContestKind, RegionCode } from "../election/codes.ts";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import type { JsonObject } from "../ledger/canonical.ts";
import { hashHex } from "../ledger/hash.ts";
import { parseVkey } from "../ledger/note.ts";
import { openProof } from "../ledger/proof.ts";
import { checkSignature, openBody, parseStatement } from "../ledger/statement.ts";
import { parseBundle, TILE_WIDTH, tilePath, tileWidth } from "../ledger/tiles.ts";
import { type EvidencePhotos, gatherPhotos } from "./evidence-photos.ts";
import { ExportError, hashIn, inOrder, listOf, numberOf, partOf, rowsOf, textOf, withLists } from "./source.ts";

/** Bytes of a published file; null if there is none. */
export type GetFile = (path: string) => Promise<Uint8Array | null>;

export interface EvidenceSubject {
  readonly contest: ContestKind;
  readonly region: RegionCode;
  /** Of the log of editions, from a source that is trusted. */
  readonly vkey: string;
}

/** A log with its entries as far as its own checkpoint goes. */
export interface GatheredLog {
  readonly name: string;
  /** Entries that the edition includes. */
  readonly size: number;
  readonly entries: readonly Uint8Array[];
}

export interface Gathered {
  /** Path in the public folder → bytes. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly editionNote: string;
  readonly editionId: string;
  readonly edition: JsonObject;
  /** The region's object; the nation down to it. */
  readonly path: readonly JsonObject[];
  /** Desa of the region, with their details where candidates stand within parties. */
  readonly desa: readonly { readonly object: JsonObject; readonly detail: JsonObject | null }[];
  readonly logs: ReadonlyMap<string, GatheredLog>;
  /** By hash. */
  readonly districts: ReadonlyMap<string, JsonObject>;
  /** Postings of the journals of the region's kecamatan, by log. */
  readonly postings: readonly { readonly log: string; readonly posting: JsonObject }[];
  readonly definition: JsonObject;
  /** Of the sheets, readings and papers of the region in this contest. */
  readonly photos: EvidencePhotos;
}

/** Runs a check of signatures; a browser answers each only after it was asked, and so runs the check again. */
export type Settle = <T>(check: () => T) => Promise<T>;

const AHEAD = 8;

/** Fetches and checks it all. Throws {@link ExportError} for what is missing, and what the ledger throws for what is wrong. */
export async function gatherEvidence(
  get: GetFile,
  subject: EvidenceSubject,
  progress: (files: number) => void,
  settle: Settle = async (check) => check(),
): Promise<Gathered> {
  return new Gatherer(get, subject, progress, settle).run();
}

class Gatherer {
  readonly #get: GetFile;
  readonly #subject: EvidenceSubject;
  readonly #progress: (files: number) => void;
  readonly #settle: Settle;
  readonly #files = new Map<string, Uint8Array>();
  readonly #districts = new Map<string, JsonObject>();
  readonly #postings: { log: string; posting: JsonObject }[] = [];
  readonly #desa: { object: JsonObject; detail: JsonObject | null }[] = [];

  constructor(get: GetFile, subject: EvidenceSubject, progress: (files: number) => void, settle: Settle) {
    this.#get = get;
    this.#subject = subject;
    this.#progress = progress;
    this.#settle = settle;
  }

  async run(): Promise<Gathered> {
    const { contest, region } = this.#subject;
    await this.#take("status.json");
    const { note, id, body } = await this.#edition();
    const definition = await this.#object(textOf(body.definition));
    const path = await this.#walk(textOf(partOf(body, "results")[contest]), "0");
    const last = path.at(-1);
    if (last?.region !== region) {
      throw new ExportError(`belum ada laporan dari wilayah ${region}`, `nothing was reported in region ${region}`);
    }
    const logs = new Map<string, GatheredLog>();
    for (const head of await this.#heads(textOf(body.heads)))
      logs.set(head.name, await this.#log(head.name, head.size));
    return {
      files: this.#files,
      editionNote: note,
      editionId: id,
      edition: body,
      path,
      desa: this.#desa,
      logs,
      districts: this.#districts,
      postings: this.#postings,
      definition,
      photos: await gatherPhotos(this.#told, logs, (statement) => this.#concerns(statement)),
    };
  }

  /** What is told of as it is read, and not kept among the published files. */
  readonly #told: GetFile = async (path) => {
    const bytes = await this.#get(path);
    this.#progress(this.#files.size);
    return bytes;
  };

  /** Whether a statement is about a station of the region in this contest, or about neither. */
  #concerns({ contest, station, region }: JsonObject): boolean {
    const where = typeof station === "string" ? station : typeof region === "string" ? region : null;
    const isHere = where === null || this.#isWithin(where);
    return isHere && (contest === undefined || contest === null || contest === this.#subject.contest);
  }

  /** The newest edition, with its proof and checkpoint in one file. */
  async #edition(): Promise<{ note: string; id: string; body: JsonObject }> {
    const path = `now/${this.#subject.contest}.json`;
    const now = JSON.parse(fromUtf8(await this.#take(path))) as JsonObject;
    const note = textOf(now.edition);
    const key = parseVkey(this.#subject.vkey);
    const statement = parseStatement(utf8(note));
    const isSigned = await this.#settle(() => {
      openProof(textOf(now.proof), utf8(note), [key]);
      return statement.signatures.some((_, line) => checkSignature(statement, line, key.publicKey));
    });
    if (!isSigned) {
      throw new ExportError(
        "terbitan tidak ditandatangani kunci terbitan",
        "the edition is not signed by the editions key",
      );
    }
    return { note, id: hashHex(statement.text), body: openBody(statement) as JsonObject };
  }

  async #take(path: string): Promise<Uint8Array> {
    const there = this.#files.get(path);
    if (there) return there;
    const bytes = await this.#get(path);
    if (bytes === null)
      throw new ExportError(`berkas ${path} tidak ada; coba lagi`, `the file ${path} is not there; try again`);
    this.#files.set(path, bytes);
    this.#progress(this.#files.size);
    return bytes;
  }

  /** A result object, its candidates in its books. */
  async #region(hash: string): Promise<JsonObject> {
    return withLists({ object: (named) => this.#object(named) }, await this.#object(hash));
  }

  async #object(hash: string): Promise<JsonObject> {
    const path = `object/${hash.slice(0, 2)}/${hash.slice(2)}.json`;
    const bytes = await this.#take(path);
    if (hashHex(bytes) !== hash) {
      throw new ExportError(`isi ${path} bukan yang ditandatangani`, `the content of ${path} is not what was signed`);
    }
    return JSON.parse(fromUtf8(bytes)) as JsonObject;
  }

  #isWithin(code: string): boolean {
    const { region } = this.#subject;
    return region === "0" || code.startsWith(region);
  }

  /**
   * An object, all below it within the region, and what stands beside the way: a row leaves out figures and candidates, so that
   * whoever adds up needs the objects of all children. Returns the objects on the way to the region.
   */
  async #walk(hash: string, code: string): Promise<JsonObject[]> {
    const object = await this.#region(hash);
    await this.#names(object);
    const { region } = this.#subject;
    const way: JsonObject[] = code === "0" || region.startsWith(code) ? [object] : [];
    if (Array.isArray(object.stations)) {
      const detail = hashIn(object.detail);
      if (this.#isWithin(code))
        this.#desa.push({ object, detail: detail === null ? null : await this.#object(detail) });
      return way;
    }
    const children = rowsOf(object.children).filter(({ hash: child }) => hashIn(child) !== null);
    for await (const below of inOrder(children, AHEAD, async (row): Promise<JsonObject[]> => {
      const child = textOf(row.code);
      const touches = this.#isWithin(child) || region.startsWith(child);
      if (touches) return this.#walk(textOf(row.hash), child);
      await this.#region(textOf(row.hash));
      return [];
    }))
      way.push(...below);
    if (object.level === "kecamatan") await this.#journals(object);
    return way;
  }

  async #names(object: JsonObject): Promise<void> {
    for (const book of ["count", "recap"]) {
      for (const { names } of rowsOf(partOf(object, book).lists)) {
        const hash = hashIn(names);
        if (hash !== null && !this.#districts.has(hash)) this.#districts.set(hash, await this.#object(hash));
      }
    }
  }

  async #journals(kecamatan: JsonObject): Promise<void> {
    const journal = partOf(kecamatan, "journal");
    for (const newest of [...rowsOf(journal.count), ...rowsOf(journal.recap)]) {
      const log = textOf(newest.log);
      for (let chunk: JsonObject | null = newest; chunk !== null; ) {
        for (const posting of rowsOf(chunk.postings)) {
          if (this.#isWithin(textOf(posting.station))) this.#postings.push({ log, posting });
        }
        const previous: string | null = hashIn(chunk.previous);
        chunk = previous === null ? null : await this.#object(previous);
      }
    }
  }

  /** The logs of the region, of what is around it, and of what is in it. */
  async #heads(hash: string): Promise<{ name: string; size: number }[]> {
    const node = await this.#object(hash);
    const found = headsIn(node);
    const { region } = this.#subject;
    for (const child of rowsOf(node.children)) {
      const code = textOf(child.region);
      if (!this.#isWithin(code) && !region.startsWith(code)) continue;
      const below = hashIn(child.hash);
      found.push(...(below === null ? headsIn(child) : await this.#heads(below)));
    }
    return found;
  }

  async #log(name: string, size: number): Promise<GatheredLog> {
    const folder = `log/${name}/`;
    const note = await this.#take(`${folder}checkpoint`);
    // The signature is for whoever verifies; here only the size is needed to know which tiles there are.
    const newest = Number(fromUtf8(note).split("\n")[1]);
    const entries: Uint8Array[] = [];
    for (let n = 0; n * TILE_WIDTH < newest; n++) {
      const width = tileWidth("entries", n, newest);
      entries.push(...parseBundle(await this.#tile(folder, "entries", n, width), width));
    }
    for (let level = 0, hashes = newest; hashes > 0; level++, hashes = Math.floor(hashes / TILE_WIDTH)) {
      for (let n = 0; n * TILE_WIDTH < hashes; n++)
        await this.#tile(folder, level, n, Math.min(TILE_WIDTH, hashes - n * TILE_WIDTH));
    }
    return { name, size, entries: entries.slice(0, size) };
  }

  /** A tile under the name that it now has: a partial one may be gone once it is full. */
  async #tile(folder: string, level: number | "entries", n: number, width: number): Promise<Uint8Array> {
    const path = folder + tilePath(level, n, width);
    const partial = width < TILE_WIDTH ? await this.#get(path) : null;
    if (partial !== null) {
      this.#files.set(path, partial);
      return partial;
    }
    return this.#take(folder + tilePath(level, n, TILE_WIDTH));
  }
}

function headsIn(node: JsonObject): { name: string; size: number }[] {
  return (["pleno", "tps"] as const).flatMap((kind) => {
    const head = listOf(node[kind]);
    return head.length === 0 ? [] : [{ name: `${kind}/${textOf(node.region)}`, size: numberOf(head[0]) }];
  });
}
