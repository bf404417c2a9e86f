/**
 * The secrets of an installation, in files that only its user can read.
 *
 * `master` is what the servers need every day: every log's key is derived from it (HKDF-SHA256, RFC 5869), so that thousands of
 * logs have different keys and one secret is kept. `root` is the election's root of authority. It grants the provinces and is
 * hardly needed again, so it is a secret of its own that can be taken away after the start: who breaks into a server
 * then finds no key that can invent an official.
 */
import { hkdfSync } from "node:crypto";
import { chmodSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { equalBytes, utf8 } from "../ledger/bytes.ts";
import { readFileOrNull } from "./files.ts";

const SECRET_BYTES = 32;

/** All seeds are those of Ed25519 keys: 32 bytes. */
export interface Keys {
  readonly master: Uint8Array;
  /** The root of authority; null where its file has been taken away. */
  readonly root: Uint8Array | null;
  /** Signs editions. Not derived from an origin: the genesis names this key, and the origin is the genesis's id. */
  readonly editions: Uint8Array;
  /** Signs what the centre itself states in logs. */
  readonly centre: Uint8Array;
}

/** The keys' files are missing, damaged, or readable by others; the message says which and what to do. */
export class KeysError extends Error {
  override readonly name = "KeysError";
}

/**
 * Makes new secrets in `folder`. Never overwrites any.
 * @param random gives that many random bytes: `randomBytes` of node:crypto, or a seeded stream for a demonstration.
 * @throws KeysError if the folder holds secrets already.
 */
export function createKeys(folder: string, random: (count: number) => Uint8Array): Keys {
  return createSecrets(folder, ["master", "root"], random);
}

/** As {@link createKeys}, for a place that writes logs but is no root of authority: a laptop in a hall. */
export function createNodeKeys(folder: string, random: (count: number) => Uint8Array): Keys {
  return createSecrets(folder, ["master"], random);
}

function createSecrets(folder: string, names: readonly string[], random: (count: number) => Uint8Array): Keys {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700);
  for (const name of names) {
    try {
      writeFileSync(join(folder, name), random(SECRET_BYTES), { flag: "wx", mode: 0o600, flush: true });
    } catch (error) {
      throw new KeysError(`${join(folder, name)} cannot be written; existing secrets are never replaced`, {
        cause: error,
      });
    }
  }
  return loadKeys(folder);
}

/** Reads the secrets of `folder`. @throws KeysError */
export function loadKeys(folder: string): Keys {
  const master = readSecret(join(folder, "master"));
  if (master === null) throw new KeysError(`${join(folder, "master")} is missing: restore it from the sealed copy`);
  return {
    master,
    root: readSecret(join(folder, "root")),
    editions: derive(master, "editions"),
    centre: derive(master, "centre"),
  };
}

/** The root of authority alone, for who needs no daily secret; null where its file has been taken away. @throws KeysError */
export function loadRoot(folder: string): Uint8Array | null {
  return readSecret(join(folder, "root"));
}

/** The seed of the key that signs the checkpoints and receipts of the log with this origin. */
export function logSeed(master: Uint8Array, origin: string): Uint8Array {
  return derive(master, `log ${origin}`);
}

function derive(master: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", master, new Uint8Array(0), utf8(`teguh/v1 ${purpose}`), SECRET_BYTES));
}

function readSecret(path: string): Uint8Array | null {
  const secret = readFileOrNull(path);
  if (secret === null) return null;
  if (secret.length !== SECRET_BYTES || equalBytes(secret, new Uint8Array(SECRET_BYTES))) {
    throw new KeysError(`${path} is damaged: expected ${SECRET_BYTES} random bytes; restore it from the sealed copy`);
  }
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new KeysError(`${path} can be read by other users of this machine: run chmod 600 on it`);
  }
  return secret;
}
