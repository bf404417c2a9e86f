/**
 * What an attack is played on: a founded election with thousands of granted phones, the processes of `teguh start`, before them the
 * edge as it is shipped, honest phones that send at 40 % of what all of this can take, and attackers. One stage serves one attack
 * after the other, as a server in the world does; what each did to memory and to the processors is looked at by {@link Stage.during}.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { BALI, Data } from "../bench/data.ts";
import { shuffled, stationsOf } from "../bench/election.ts";
import { type Nginx, startNginxDoor } from "../e2e/nginx.ts";
import { untilPublished } from "../e2e/receipts.ts";
import { until } from "../e2e/until.ts";
import type { RegionCode } from "../src/election/codes.ts";
import { DOOR_NODE, passSecret } from "../src/intake/pass.ts";
import { toHex } from "../src/ledger/bytes.ts";
import { parseStatement } from "../src/ledger/statement.ts";
import { ROLES, type Role } from "../src/server/roles.ts";
import { loadKeys, logSeed } from "../src/store/keys.ts";
import { coresUsed, takenBy } from "./cores.ts";
import { rateOf, type Sending } from "./course.ts";
import { nameChair } from "./desk.ts";
import type { FloodCall, FloodResult } from "./flood-process.ts";
import { Forked } from "./forked.ts";
import { heldAgainst } from "./held.ts";
import { applySettings, DOOR_PORT, EDGE_PORT } from "./network.ts";
import { packed } from "./packed.ts";
import type { PhonesCall, PhonesResult, Run } from "./phones-process.ts";
import type { Read, Reading } from "./readers-process.ts";
import { cpuOf, Servers } from "./servers.ts";
import { type Place, Stations } from "./sheets.ts";

export interface StageOptions {
  /** Seconds in place of minutes. */
  readonly short: boolean;
  /** Whether the edge stands before the door: only in a network of its own. */
  readonly edge: boolean;
}

/** Honest load, as a share of what is taken and published when everybody sends at once, phones and all on this machine. */
const LOAD = 0.4;
/** Most sheets a second that are sent honestly: a country's busiest minute has some 2,000 for all servers together. */
const MOST_RATE = 1_200;
const DEVICES = { short: 300, long: 4_000 };
/**
 * Sheets by which capacity is measured, after as many to warm up: some seconds, so that what follows from them, editions too, is
 * at work.
 */
const SATURATING = { short: 400, long: 10_000 };
/** Milliseconds between two looks at the memory of all processes. */
const LOOK = 100;

/** A process's memory beyond what it was before all attacks, in bytes. */
export interface Growth {
  readonly role: Role;
  readonly bytes: number;
}

const NO_GROWTH: Growth = { role: "intake", bytes: 0 };
const larger = (a: Growth, b: Growth): Growth => (b.bytes > a.bytes ? b : a);

/** What an honest run under attack gave. */
export interface Played {
  readonly sendings: readonly Sending[];
  /** The largest of any process. */
  readonly grown: Growth;
  /** Processor cores that this run took while the attack was on, and who took them. */
  readonly cores: { readonly used: number; readonly text: string };
}

export class Stage {
  readonly data: string;
  readonly place: Place;
  readonly servers: Servers;
  /** Sheets a second, when all come at once: taken and published. And what honest phones send. */
  capacity = 0;
  rate = 0;
  /** Origin of the election, and the kecamatan whose chair is at the desk. */
  readonly origin: string;
  readonly hall: RegionCode;
  /** The most that any process has grown in any one attack. */
  grown = NO_GROWTH;
  readonly short: boolean;
  readonly scratch: string;
  readonly #copy: Data;
  readonly #phones: Forked<PhonesCall, PhonesResult>;
  readonly #readers = new Forked<Read, Reading>("readers-process.ts");
  /** Memory of each process before the first attack. */
  #atFirst: ReadonlyMap<Role, number> = new Map();
  #nginx: Nginx | null = null;
  /** Processor time of attackers that have ended, in seconds, and those that are at it. */
  #attackersTook = 0;
  readonly #attackers = new Set<Forked<FloodCall, FloodResult>>();

  private constructor(copy: Data, place: Place, { short, edge }: StageOptions) {
    this.#copy = copy;
    this.origin = copy.model().origin;
    this.hall = (place.stations[0] ?? "").slice(0, 6) as RegionCode;
    this.data = copy.dir;
    this.place = place;
    this.short = short;
    this.scratch = mkdtempSync(join(tmpdir(), "teguh-attack-"));
    nameChair(this.data, this.origin, this.hall);
    this.servers = new Servers(copy.dir, edge ? DOOR_PORT : undefined);
    this.#phones = new Forked("phones-process.ts");
    this.#phones.goAhead();
    process.once("exit", this.#remove);
  }

  /** Founds the election if that is not done, starts the servers, gives every phone its pass, and measures what the door takes. */
  static async open(options: StageOptions): Promise<Stage> {
    const made = new Data(BALI, { signed: true, kind: "empty" });
    await made.statements({ sheets: false });
    const copy = made.copy();
    const stage = new Stage(copy, await placeOf(copy, options.short ? DEVICES.short : DEVICES.long), options);
    await stage.#phones.call({ do: "open", place: stage.place });
    for (const role of ROLES) await stage.servers.address(role);
    if (options.edge) await stage.#openEdge();
    await until("the first edition is public", async () => {
      const { status } = await fetch(`${await stage.servers.address("public")}checkpoint`);
      return status === 200;
    });
    await stage.#phones.call({ do: "passes", door: await stage.door() });
    const count = options.short ? SATURATING.short : SATURATING.long;
    for (let i = 0; i < 2; i++) stage.capacity = (await stage.saturate(count)).published;
    stage.rate = Math.min(MOST_RATE, Math.max(50, Math.floor(stage.capacity * LOAD)));
    await pause(500);
    stage.#atFirst = stage.#memory();
    return stage;
  }

  /** Where phones and attackers knock: at the edge, or at the door itself where there is none. */
  async door(): Promise<string> {
    return this.#nginx?.url ?? (await this.naked());
  }

  /** The door's own address, behind the edge. */
  naked(): Promise<string> {
    return this.servers.address("intake");
  }

  /** Whether the edge stands before the door. */
  get hasEdge(): boolean {
    return this.#nginx !== null;
  }

  /** What nginx before this door is given. */
  doorBehind(port: number): { readonly port: number; readonly secret: Uint8Array } {
    const { master } = loadKeys(join(this.data, "keys"));
    return { port, secret: passSecret((origin) => logSeed(master, origin), this.origin, DOOR_NODE) };
  }

  async #openEdge(): Promise<void> {
    applySettings();
    this.#nginx = await startNginxDoor(this.doorBehind(DOOR_PORT), { tls: false, port: EDGE_PORT, workers: "auto" });
  }

  /** Seconds of processor time of the processes that a sheet goes through. */
  cpuOfDoor(): number {
    return this.servers.cpu(...ROLES.filter((role) => role !== "publish" && role !== "public"));
  }

  /**
   * Microseconds of processor time that an accepted sheet takes, everybody sending at once. `edge`: an nginx through which they
   * come, and which counts.
   */
  async costOfAccept(edge?: Nginx): Promise<number> {
    const count = this.short ? 500 : 4_000;
    const cpu = () => this.cpuOfDoor() + (edge === undefined ? 0 : cpuOf(edge.workerPid));
    const before = cpu();
    await this.send({ door: edge?.url ?? (await this.naked()), count, over: 1, fresh: false, grace: 60_000 });
    return ((cpu() - before) * 1e6) / count;
  }

  /** Sheets of its own, for attackers who have what a phone has. */
  stations(stations = this.place.stations): Stations {
    return new Stations({ ...this.place, stations });
  }

  /**
   * Everything is due within a second, from phones that each have a connection of their own; sheets a second until all have their
   * receipt, and until all stand in an edition.
   */
  async saturate(count: number): Promise<{ readonly taken: number; readonly published: number }> {
    const { sendings, startedAt } = await this.send({ count, over: 1_000, fresh: true, grace: 60_000 });
    if (sendings.some(({ done }) => done === null)) throw new Error("unattacked, the door did not take every sheet");
    await untilPublished(this.data);
    return { taken: rateOf(sendings), published: (count * 1000) / (Date.now() - startedAt) };
  }

  /** Honest phones alone; see `Run`. */
  async send(
    run: Omit<Run, "do" | "door"> & { readonly door?: string },
  ): Promise<{ readonly sendings: readonly Sending[]; readonly startedAt: number }> {
    const door = run.door ?? (await this.door());
    const result = await this.#phones.call({ ...run, do: "run", door });
    if (!("sendings" in result)) throw new TypeError("the phones answered something else");
    return result;
  }

  /** What a thief of passes has: some of the phones' own. */
  async stolen(): Promise<readonly { readonly station: string; readonly pass: string }[]> {
    const result = await this.#phones.call({ do: "stolen" });
    if (!("stolen" in result)) throw new TypeError("the phones answered something else");
    return result.stolen;
  }

  /** Honest readers, so many requests a second. */
  async read(perSecond: number, milliseconds: number): Promise<Reading> {
    return this.#readers.call({ site: await this.servers.address("public"), perSecond, milliseconds });
  }

  /** The last sheets that were received, as they were sent. */
  async received(): Promise<Buffer[]> {
    const result = await this.#phones.call({ do: "received" });
    if (!("received" in result)) throw new TypeError("the phones answered something else");
    return result.received.map((text) => Buffer.from(text, "base64"));
  }

  /**
   * Honest phones for `quiet` seconds and then for `seconds` more, beside which goes `attack`. What grew beyond the memory of the
   * quiet stretch counts for {@link grown}.
   */
  async during(
    { quiet, seconds, ...run }: { readonly quiet: number; readonly seconds: number } & Partial<Omit<Run, "do">>,
    attack: () => Promise<unknown>,
  ): Promise<Played> {
    let grown = NO_GROWTH;
    let looking: NodeJS.Timeout | undefined;
    const over = (quiet + seconds) * 1000;
    const count = Math.round((this.rate * over) / 1000);
    const sent = this.send({ count, over, fresh: false, grace: 15_000, ...run });
    let cores = { used: 0, text: "" };
    try {
      await Promise.race([pause(quiet * 1000), sent]);
      const quietly = this.#memory();
      looking = setInterval(() => {
        grown = larger(grown, this.#grownSince(quietly));
      }, LOOK);
      const before = this.#taken();
      const since = performance.now();
      await attack();
      cores = coresUsed(before, this.#taken(), (performance.now() - since) / 1000);
    } finally {
      await sent.catch(() => undefined);
      clearInterval(looking);
    }
    const { sendings } = await sent;
    this.grown = larger(this.grown, grown);
    return { sendings, grown, cores };
  }

  /** The process that has grown most since the beginning; the publisher apart, which has more to know with every sheet. */
  get grownInAll(): Growth {
    return this.#grownSince(this.#atFirst, ["publish"]);
  }

  #memory(): ReadonlyMap<Role, number> {
    return new Map(ROLES.map((role) => [role, this.servers.memory(role)]));
  }

  #grownSince(before: ReadonlyMap<Role, number>, apart: readonly Role[] = []): Growth {
    const all = [...before].filter(([role]) => !apart.includes(role));
    return all.map(([role, bytes]) => ({ role, bytes: this.servers.memory(role) - bytes })).reduce(larger, NO_GROWTH);
  }

  #taken(): Map<string, number> {
    const roles = ROLES.map((role): [string, number[]] => [role, [this.servers.idOf(role) ?? 0]]);
    const taken = takenBy(new Map([["phones", [this.#phones.id]], ["nginx", this.#nginx?.workerPids ?? []], ...roles]));
    const attackers = [...this.#attackers].reduce((sum, { id }) => sum + cpuOf(id), this.#attackersTook);
    return taken.set("attackers", attackers);
  }

  /** An attacker in a process of its own, who ends with the call. `core`: the processor core that it may use. */
  async attack(call: FloodCall, core = 0): Promise<FloodResult> {
    const attacker = new Forked<FloodCall, FloodResult>("flood-process.ts", core);
    this.#attackers.add(attacker);
    try {
      return await attacker.call(call);
    } finally {
      this.#attackersTook += cpuOf(attacker.id);
      this.#attackers.delete(attacker);
      await attacker.end();
    }
  }

  /** Requests for attackers, in a file. */
  writeRequests(name: string, requests: readonly Buffer[]): string {
    const path = join(this.scratch, name);
    writeFileSync(path, packed(requests));
    return path;
  }

  /** Every receipt held against the store: what was promised and is not there, and what is there twice. */
  async audit(): Promise<{ readonly acknowledged: number; readonly lost: number; readonly doubled: number }> {
    const result = await this.#phones.call({ do: "kept" });
    if (!("kept" in result)) throw new TypeError("the phones answered something else");
    const { lost, doubled } = await heldAgainst(join(this.data, "store.db"), result.kept);
    return { acknowledged: result.kept.length, lost: lost + result.contradictions, doubled };
  }

  async close(): Promise<void> {
    await this.#phones.end();
    await this.#readers.end();
    await this.#nginx?.close();
    await this.servers.stop();
    process.off("exit", this.#remove);
    this.#remove();
  }

  readonly #remove = (): void => {
    this.#copy.remove();
    rmSync(this.scratch, { recursive: true, force: true });
  };
}

async function placeOf(data: Data, devices: number): Promise<Place> {
  const model = data.model();
  const store = data.openStore({ readOnly: true });
  const [genesis] = await store.read("pleno/0", 0, 1);
  await store.close();
  if (genesis === undefined) throw new Error("the founded election has no genesis");
  const tag = toHex(parseStatement(genesis).id).slice(0, 32);
  const stations = shuffled(stationsOf(model, model.nation)).slice(0, devices);
  return { data: data.dir, definition: model.root, tag, stations };
}
