/**
 * Places for tests of the exchange: the centre of a small election, and laptops, each with stores and a sequencer of its own, which
 * can be closed and opened again on the same disks.
 */
import { Sequencer } from "../core/sequence.ts";
import { placeOf as storedAs } from "../core/submission.ts";
import { keyOf, ORIGIN, openWorld, type World } from "../core/testing.ts";
import type { RegionCode } from "../election/codes.ts";
import type { Model } from "../election/model.ts";
import { toHex } from "../ledger/bytes.ts";
import { ed25519Signer, type Signer, vkeyOf } from "../ledger/note.ts";
import { parseStatement } from "../ledger/statement.ts";
import { MemoryMedium, openMemoryStore } from "../store/memory.ts";
import type { LogName, Store } from "../store/store.ts";
import type { Genesis } from "../tally/authority.ts";
import { scopeOf } from "../tally/scope.ts";
import { Answerer, type AnswererOptions } from "./answerer.ts";
import { Leader, type LeaderOptions, type Outcome } from "./leader.ts";
import { decodeMessages, encodeMessages } from "./messages.ts";
import { Replica } from "./replica.ts";
import { homeOf } from "./sequencer-home.ts";

export const REGION = "710101" as RegionCode;
export const HALL_LOG = `pleno/${REGION}`;
export const PARENT_LOG = "pleno/7101";

/** The key of a word, under the origin of a log. */
export function originKey(word: string, log: LogName): Signer {
  return ed25519Signer(`${ORIGIN}/log/${log}`, keyOf(word).seed);
}

/** The key under which a log begins at the centre. */
export const firstKey = (log: LogName) => originKey(`centre's ${log}`, log);
export const firstVkey = (log: LogName) => vkeyOf(firstKey(log).name, firstKey(log).publicKey);

export interface Place {
  readonly store: Store;
  readonly own: Store;
  readonly sequencer: Sequencer;
  readonly replica: Replica;
}

/** The centre of the world, as a place. */
export async function centreOf(world: World): Promise<Place> {
  const own = openMemoryStore();
  return placeOf(world.store, own, world.sequencer, genesisOf(world), firstKey);
}

function placeOf(
  store: Store,
  own: Store,
  sequencer: Sequencer,
  genesis: Genesis,
  key: (log: LogName) => Signer | null,
) {
  const isCentre = key === firstKey;
  const scope = isCentre ? {} : { scope: scopeOf(REGION) };
  const home = homeOf({ sequencer, store, genesis, firstVkey, isCentre, checkpointKey: key, ...scope });
  return Replica.open(home, own).then((replica) => ({ store, own, sequencer, replica }));
}

export function genesisOf(world: World): Genesis {
  const { genesis } = world.sequencer.standings;
  if (genesis === null) throw new RangeError("the world has no genesis");
  return genesis;
}

/** A machine with a key of its own, given by a word. Empty until it has exchanged with somebody. */
export class Laptop {
  readonly word: string;
  readonly medium = new MemoryMedium();
  readonly ownMedium = new MemoryMedium();
  readonly #model: Model;
  readonly #genesis: Genesis;
  readonly #clock: () => number;

  constructor(world: World, word: string) {
    this.word = word;
    this.#model = world.model;
    this.#genesis = genesisOf(world);
    this.#clock = () => world.time.now;
  }

  /** A process on this machine; whatever an earlier one held in memory is gone. */
  async open(medium = this.medium): Promise<Place> {
    const store = openMemoryStore(medium);
    const { signer } = keyOf(this.word);
    const sequencer = await Sequencer.open({
      store,
      definition: () => this.#model,
      centre: keyOf(`${this.word} alone`).signer,
      logKey: (log) => (log === HALL_LOG ? signer : null),
      scope: scopeOf(REGION),
      clock: this.#clock,
    });
    const key = (log: LogName) => (log === HALL_LOG ? originKey(this.word, log) : null);
    return placeOf(store, openMemoryStore(this.ownMedium), sequencer, this.#genesis, key);
  }
}

/** Hands the hall's log to the key of a word, where it stands at the centre. */
export async function handTo(world: World, word: string, epoch: number): Promise<void> {
  const head = await world.store.head(HALL_LOG);
  const { name, publicKey } = originKey(word, HALL_LOG);
  const body = {
    epoch,
    log: HALL_LOG,
    root: toHex(head?.root() ?? new Uint8Array(32)),
    size: head?.size ?? 0,
    vkey: vkeyOf(name, publicKey),
  };
  const { kind } = await world.sequencer.write(PARENT_LOG, "custody", body, [keyOf("chair 7101").signer]);
  if (kind !== "appended") throw new Error(`the custody was ${kind}`);
}

/** The hall says something: the chair pauses a panel. */
export async function pause({ sequencer }: Pick<Place, "sequencer">, panel: number): Promise<void> {
  await sequencer.write(HALL_LOG, "pause", { panel }, [keyOf("chair 710101").signer]);
}

/** An election with the hall's log handed to a laptop that is up to date. */
export async function handedOver(): Promise<{ world: World; centre: Place; machine: Laptop; laptop: Place }> {
  const world = await openWorld();
  const centre = await centreOf(world);
  await handTo(world, "laptop", 1);
  const machine = new Laptop(world, "laptop");
  const laptop = await machine.open();
  await converse(laptop, centre);
  return { world, centre, machine, laptop };
}

/** A whole conversation, each message through its bytes. */
export async function converse(
  leader: Place,
  answerer: Place,
  options: Partial<LeaderOptions & AnswererOptions> = {},
): Promise<Outcome & { readonly turns: number }> {
  const leads = new Leader({ ...options, replica: leader.replica, region: REGION });
  const answers = new Answerer({ ...options, replica: answerer.replica });
  for (let turns = 0; ; turns++) {
    if (turns === 1_000) throw new Error("the conversation does not end");
    const said = await leads.next();
    if (said.length === 0) return { ...(await leads.outcome()), turns };
    const heard = await answers.answer(decodeMessages(encodeMessages(said)));
    await leads.hear(decodeMessages(encodeMessages(heard)));
  }
}

/** Whether the logs that both places have are the same, entry by entry. */
export async function sizes({ store }: Pick<Place, "store">): Promise<Record<LogName, number>> {
  return Object.fromEntries([...(await store.heads())].map(([log, { size }]) => [log, size]).sort());
}

/** Copies of a machine's disk, as an old backup is. */
export async function copyOf(medium: MemoryMedium): Promise<MemoryMedium> {
  const copy = new MemoryMedium();
  const [from, to] = [openMemoryStore(medium), openMemoryStore(copy)];
  const epoch = await to.claim("copy");
  for (const { log, bytes } of (await from.changes(0, 99_999)).entries) {
    const statement = parseStatement(bytes);
    await to.append([{ log, id: statement.id, bytes, ...storedAs(statement) }], epoch);
  }
  return copy;
}
