/**
 * When a hall was last heard of. A laptop that has nothing new to send says at least that it is there, so that everyone can tell a
 * hall that rests from one whose cable is cut.
 *
 *   teguh/contact/v1 {by, election, log, size, time}, signed by the key that has custody of the log, under the log's origin
 *
 * Only the writer can say so; what is repeated by somebody else says nothing new and counts for nothing. The moment is the
 * centre's own, since a laptop's clock may be years off.
 */
import Type from "typebox";
import { parseLogName, plenoLog, type RegionCode } from "../election/codes.ts";
import { fits } from "../election/schema-faults.ts";
import { ElectionId, KeyName, Log, Natural, strict } from "../election/statement-fields.ts";
import { NoteError, openNote, type Signer, type Verifier } from "../ledger/note.ts";
import { openBody, parseStatement, StatementError, signStatement } from "../ledger/statement.ts";
import { type Writer, writersOf } from "./log-writers.ts";
import type { Replica } from "./replica.ts";

const TYPE = "teguh/contact/v1";
const Body = Type.Object(
  {
    by: Type.Array(KeyName, { minItems: 1, maxItems: 1 }),
    election: ElectionId,
    log: Log,
    size: Natural,
    time: Natural,
  },
  strict,
);
type Body = Type.Static<typeof Body>;

/** Says that the writer of a hall's log is there; null where this place does not write it. */
export async function signContact(replica: Replica, region: RegionCode, now: number): Promise<Uint8Array | null> {
  const { home, trees } = replica;
  const log = plenoLog(region);
  await home.load(log);
  const signer: Signer | null = home.signer(log, home.custodies(log).at(-1)?.epoch ?? 0);
  if (signer === null) return null;
  const { size } = await trees.of(log);
  return signStatement(TYPE, { election: home.genesis.electionTag, log, size, time: now }, [signer]);
}

/** That a hall was heard of. */
export interface Contact {
  readonly region: RegionCode;
  /** Milliseconds since 1970, by the centre's clock. */
  readonly at: number;
  /** What the hall has said: under which custody, how much its log had there, and its own time. */
  readonly epoch: number;
  readonly size: number;
  readonly time: number;
}

/** What the centre knows of the halls that speak to it. */
export class Contacts {
  readonly #replica: Replica;
  readonly #clock: () => number;
  readonly #newest = new Map<RegionCode, Contact>();

  /** `clock` in milliseconds since 1970; `known`: what was heard before a restart, so that it is not heard twice. */
  constructor(replica: Replica, clock: () => number, known: Iterable<Contact> = []) {
    this.#replica = replica;
    this.#clock = clock;
    for (const contact of known) this.#newest.set(contact.region, contact);
  }

  /** Looks at a note; null if it is not the writer's, or says nothing that was not said before. */
  async hear(note: Uint8Array): Promise<Contact | null> {
    const said = await this.#read(note);
    const writer = said?.writers.at(-1);
    if (!said || writer === undefined || !isSignedBy(note, writer.verifier)) return null;
    const { size, time } = said.body;
    const contact = { region: said.region, at: this.#clock(), epoch: writer.epoch, size, time };
    const before = this.#newest.get(contact.region);
    if (before !== undefined && !isNewer(contact, before)) return null;
    this.#newest.set(contact.region, contact);
    return contact;
  }

  /** Who has signed a note, however old it is: a name for the key that has, or had, a log in hand; null for anybody else. */
  async speaker(note: Uint8Array): Promise<string | null> {
    const said = await this.#read(note);
    const writer = said?.writers.find(({ verifier }) => isSignedBy(note, verifier));
    return said && writer ? `${said.body.log}@${writer.epoch}` : null;
  }

  /** What a note says, and who may say so; null if it is none of this election. */
  async #read(note: Uint8Array): Promise<{ body: Body; region: RegionCode; writers: readonly Writer[] } | null> {
    const body = readContact(note);
    const parsed = body && parseLogName(body.log);
    const { home } = this.#replica;
    if (!body || parsed?.kind !== "pleno" || body.election !== home.genesis.electionTag) return null;
    await home.load(body.log);
    return { body, region: parsed.region, writers: writersOf(home, body.log) };
  }
}

/** Whether the one was said after the other: by what only grows, and by the laptop's clock last of all. */
const isNewer = (a: Contact, b: Contact): boolean => (a.epoch - b.epoch || a.size - b.size || a.time - b.time) > 0;

function readContact(note: Uint8Array): Body | null {
  try {
    const statement = parseStatement(note);
    const body: unknown = openBody(statement);
    return statement.type === TYPE && fits(Body, body) ? (body as Body) : null;
  } catch (error) {
    if (error instanceof StatementError) return null;
    throw error;
  }
}

function isSignedBy(note: Uint8Array, verifier: Verifier): boolean {
  try {
    openNote(note, [verifier]);
    return true;
  } catch (error) {
    if (error instanceof NoteError) return false;
    throw error;
  }
}
