/**
 * The first pass: what the plenaries' logs name. The keys by which every signature is checked, and the definitions without
 * which nothing can be folded. Whether a key may sign is not asked here: the fold judges authority.
 */
import { NATION, plenoLog } from "../../election/codes.ts";
import { type Body, BodyError, decode, statementType } from "../../election/statements.ts";
import { equalBytes, fromHex, utf8 } from "../../ledger/bytes.ts";
import { asHash, type Hash } from "../../ledger/hash.ts";
import { parseVkey } from "../../ledger/note.ts";
import { parseStatement, StatementError } from "../../ledger/statement.ts";
import type { Reader } from "../reader.ts";
import type { Entries } from "./entries.ts";
import type { Faults } from "./faults.ts";

export interface Named {
  readonly keys: readonly Uint8Array[];
  readonly definitions: readonly Hash[];
  /** Id of the genesis; null if the first entry of the nation's plenary is none. */
  readonly genesis: string | null;
}

const WANTED = new Set(["genesis", "grant", "custody", "definition"]);

/** Reads the plenaries' logs for what they name. Faults of single entries are left for the fold to find. */
export async function readNamed(
  reader: Reader,
  entries: Entries,
  sizes: ReadonlyMap<string, number>,
  faults: Faults,
): Promise<Named> {
  const keys: Uint8Array[] = [reader.verifier.publicKey];
  const definitions: Hash[] = [];
  let genesis: string | null = null;
  for (const [log, size] of sizes) {
    if (!log.startsWith("pleno/")) continue;
    let index = 0;
    try {
      for await (const bundle of entries.read(log, 0, size)) {
        for (const entry of bundle) {
          const body = wanted(entry);
          if (body?.type === "genesis" && log === plenoLog(NATION) && index === 0) {
            genesis = Buffer.from(parseStatement(entry).id).toString("hex");
            checkGenesis(reader, body, faults);
          }
          if (body) note(body, keys, definitions);
          index++;
        }
      }
    } catch (error) {
      faults.addError(error);
    }
  }
  if (genesis === null) faults.add("pleno/0#0", "is not a genesis: the election has no root of authority");
  return { keys, definitions, genesis };
}

type BodyNamed = Extract<Body, { type: "genesis" | "grant" | "custody" | "definition" }>;

function wanted(entry: Uint8Array): BodyNamed | null {
  // Nearly all of a plenary's log are readings: they are not even parsed here (measured: a twelfth of a fold's time).
  if (READING.every((byte, i) => entry[i] === byte)) return null;
  const type = statementType(firstLine(entry));
  if (type === null || !WANTED.has(type)) return null;
  try {
    return decode(type, parseStatement(entry).body) as BodyNamed;
  } catch (error) {
    if (error instanceof StatementError || error instanceof BodyError) return null;
    throw error;
  }
}

/** How a reading begins. */
const READING = [...utf8("teguh/reading/")];
/** No type's line is longer. */
const LONGEST_LINE = 40;

function firstLine(entry: Uint8Array): string {
  const end = entry.subarray(0, LONGEST_LINE).indexOf(0x0a);
  return end < 0 ? "" : String.fromCharCode(...entry.subarray(0, end));
}

function note(named: BodyNamed, keys: Uint8Array[], definitions: Hash[]): void {
  switch (named.type) {
    case "genesis":
      keys.push(...[named.body.root, named.body.editions, named.body.centre].map(fromHex));
      break;
    case "grant":
      keys.push(...named.body.list.map(({ key }) => fromHex(key)));
      break;
    case "custody":
      keys.push(parseVkey(named.body.vkey).publicKey);
      break;
    case "definition":
      definitions.push(asHash(named.body.root));
  }
}

/** The genesis must name the election and the very key by which its editions are believed. */
function checkGenesis(reader: Reader, { body }: Extract<Body, { type: "genesis" }>, faults: Faults): void {
  if (body.name !== reader.election)
    faults.add("pleno/0#0", `is the genesis of ${body.name}, not of ${reader.election}`);
  if (!equalBytes(fromHex(body.editions), reader.verifier.publicKey)) {
    faults.add("pleno/0#0", "names another editions key than the one that signs the checkpoint");
  }
}
