/**
 * What one plenary has granted, packed: a nation grants 823,000 keys, and as objects they would be most of the heap that
 * every garbage collection walks.
 *
 * Grants lie in runs: byte arrays of records of one width, in the order of their short names, those of one key in the order
 * in which they were stated. A statement adds a run, and neighbours of like size become one, so that there are few runs
 * to look through however many statements there are. Runs are plain data and never change: a snapshot is a copy.
 */
import { ROLES, type Role } from "../election/statements.ts";
import { concat, toHex } from "../ledger/bytes.ts";
import { sha256 } from "../ledger/hash.ts";

/** Records in the order of their short names, then of their statements. */
export type Run = Uint8Array;

/** What a statement grants to a key. */
export interface Granted {
  /** Ed25519 public key, 32 bytes. */
  readonly key: Uint8Array;
  /** At most 32 ASCII characters. */
  readonly person: string;
  readonly role: Role;
  /** A region, or for a station's key the station. */
  readonly region: string;
}

/**
 * Where each field of a record begins. Numbers are big-endian, a role is its place in `ROLES`, texts are ASCII
 * and filled up with zeros.
 */
const NAME = 0;
const KEY = NAME + 8;
const INDEX = KEY + 32;
const ROLE = INDEX + 4;
const REGION = ROLE + 1;
const PERSON = REGION + 13;
const RECORD = PERSON + 32;

/** One key's grant, read from its record as it is asked for: most of it nobody ever asks. */
export class Grant implements Granted {
  /** The 16 hex digits by which the key is named. */
  readonly short: string;
  readonly #run: Run;
  readonly #at: number;

  constructor(short: string, run: Run, at: number) {
    this.short = short;
    this.#run = run;
    this.#at = at;
  }

  /** Index of the statement that grants it in the plenary's log. */
  get index(): number {
    return wordAt(this.#run, this.#at + INDEX);
  }

  get key(): Uint8Array {
    return this.#run.slice(this.#at + KEY, this.#at + INDEX);
  }

  get role(): Role {
    const role = ROLES[this.#run[this.#at + ROLE] ?? ROLES.length];
    if (role === undefined) throw new RangeError("a grant names a role that this version does not know");
    return role;
  }

  get region(): string {
    return textAt(this.#run, this.#at + REGION, this.#at + PERSON);
  }

  get person(): string {
    return textAt(this.#run, this.#at + PERSON, this.#at + RECORD);
  }
}

/** Adds what the statement at `index` of the plenary's log grants. @throws RangeError if a text does not fit its field */
export function addGrants(runs: Run[], index: number, list: readonly Granted[]): void {
  let run = sorted(packed(index, list));
  for (let last = runs.at(-1); last && last.length <= run.length; last = runs.at(-1)) {
    run = sorted(concat(last, run));
    runs.pop();
  }
  runs.push(run);
}

/** All grants, in the order in which they were stated; for lists of people, not for looking up a key. */
export function allGrants(runs: readonly Run[]): Grant[] {
  const found: Grant[] = [];
  for (const run of runs) {
    for (let at = 0; at < run.length; at += RECORD) {
      found.push(new Grant(toHex(run.subarray(at + NAME, at + KEY)), run, at));
    }
  }
  return found.sort((a, b) => a.index - b.index);
}

/** The grants of a key (16 hex digits), in the order in which they were stated. */
export function grantsTo(runs: readonly Run[], short: string): readonly Grant[] {
  if (runs.length === 0) return NONE;
  const high = Number.parseInt(short.slice(0, 8), 16);
  const low = Number.parseInt(short.slice(8), 16);
  let found: Grant[] | null = null;
  for (const run of runs) {
    for (let at = firstAt(run, high, low); isNamed(run, at, high, low); at += RECORD) {
      found ??= [];
      found.push(new Grant(short, run, at));
    }
  }
  return found ?? NONE;
}

const NONE: readonly Grant[] = [];

function packed(index: number, list: readonly Granted[]): Uint8Array {
  const run = new Uint8Array(list.length * RECORD);
  const view = new DataView(run.buffer);
  let at = 0;
  for (const { key, person, role, region } of list) {
    run.set(sha256(key).subarray(0, KEY - NAME), at + NAME);
    run.set(key, at + KEY);
    view.setUint32(at + INDEX, index);
    run[at + ROLE] = ROLES.indexOf(role);
    putText(run, at + REGION, at + PERSON, region);
    putText(run, at + PERSON, at + RECORD, person);
    at += RECORD;
  }
  return run;
}

/** The records in order of their names; those of one name stay as they lie. */
function sorted(records: Uint8Array): Run {
  const order = Array.from({ length: records.length / RECORD }, (_, i) => i * RECORD);
  order.sort((a, b) => compare(records, a, wordAt(records, b + NAME), wordAt(records, b + NAME + 4)));
  const run = new Uint8Array(records.length);
  order.forEach((from, i) => {
    run.set(records.subarray(from, from + RECORD), i * RECORD);
  });
  return run;
}

/** Where the first record stands that is not before a name: its end if there is none. */
function firstAt(run: Run, high: number, low: number): number {
  let from = 0;
  let to = run.length / RECORD;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (compare(run, middle * RECORD, high, low) < 0) from = middle + 1;
    else to = middle;
  }
  return from * RECORD;
}

function isNamed(run: Run, at: number, high: number, low: number): boolean {
  return at < run.length && compare(run, at, high, low) === 0;
}

/** A record's name against another: below 0 if it comes before, 0 if it is the same. */
function compare(run: Uint8Array, at: number, high: number, low: number): number {
  return wordAt(run, at + NAME) - high || wordAt(run, at + NAME + 4) - low;
}

function wordAt(bytes: Uint8Array, at: number): number {
  const low = ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0);
  return (bytes[at] ?? 0) * 0x1000000 + low;
}

function putText(bytes: Uint8Array, from: number, to: number, text: string): void {
  if (text.length > to - from) throw new RangeError(`"${text}" is longer than the ${to - from} characters of a grant`);
  for (let i = 0; i < text.length; i++) bytes[from + i] = text.charCodeAt(i);
}

function textAt(bytes: Uint8Array, from: number, to: number): string {
  let text = "";
  for (let at = from; at < to && bytes[at]; at++) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
}
