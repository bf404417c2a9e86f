/**
 * The definition's objects, fetched ahead of the fold, which cannot wait for files: each is canonical JSON whose only texts
 * of 64 hex digits are the hashes of the objects below it.
 */
import type { Model } from "../../election/model.ts";
import { readDefinition } from "../../election/read-definition.ts";
import { decodeBody, typeLine } from "../../election/statements.ts";
import { equalBytes, fromUtf8, utf8 } from "../../ledger/bytes.ts";
import { asHash, type Hash } from "../../ledger/hash.ts";
import { parseStatement } from "../../ledger/statement.ts";
import { objectPath } from "../../publish/layout.ts";
import { PublishedError } from "../log-files.ts";
import type { Reader } from "../reader.ts";

const HASHES = /"([0-9a-f]{64})"/g;

export class Definitions {
  readonly #reader: Reader;
  readonly #objects = new Map<Hash, Uint8Array>();
  readonly #models = new Map<Hash, Model>();

  constructor(reader: Reader) {
    this.#reader = reader;
  }

  /** Fetches a definition with everything below it. Throws {@link PublishedError}. */
  async fetch(root: Hash): Promise<void> {
    if (this.#objects.has(root)) return;
    const bytes = await this.#reader.objectBytes(root);
    this.#objects.set(root, bytes);
    for (const [, hash = ""] of fromUtf8(bytes).matchAll(HASHES)) await this.fetch(asHash(hash));
  }

  /** Fetches the definition that an entry states, if it states one. Throws {@link PublishedError}. */
  async fetchNamedBy(entry: Uint8Array): Promise<void> {
    if (!startsWith(entry, DEFINITION)) return;
    const body = decodeBody("definition", parseStatement(entry).body);
    await this.fetch(asHash(body.root));
  }

  /** The model of a definition that was fetched. Throws {@link PublishedError}. */
  model(root: Hash): Model {
    const known = this.#models.get(root) ?? readDefinition(root, (hash) => this.#objects.get(hash));
    this.#models.set(root, known);
    return known;
  }

  /** An object of a definition that was fetched. Throws {@link PublishedError}. */
  bytes(hash: Hash): Uint8Array {
    const bytes = this.#objects.get(hash);
    if (bytes === undefined) throw new PublishedError(objectPath(hash), "is missing");
    return bytes;
  }

  hashes(): Iterable<Hash> {
    return this.#objects.keys();
  }
}

const DEFINITION = utf8(`${typeLine("definition")}\n`);

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return equalBytes(bytes.subarray(0, start.length), start);
}
