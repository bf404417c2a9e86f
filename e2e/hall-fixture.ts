/**
 * A centre with its officials, and a kecamatan's laptop that knows it from a bundle alone: the real programs, with a line between
 * them that a test cuts and mends. What the tests of halls on their own start from.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { teguh } from "../src/cli/testing.ts";
import type { Role } from "../src/election/statements.ts";
import type { CustodyView, SyncView, WriterView } from "../src/recap/wire/sync.ts";
import type { HallView } from "../src/recap/wire/views.ts";
import { Client, makeOfficial, type Official, setUp } from "./desk-officials.ts";
import { type Election, foundElection } from "./election.ts";
import { Link } from "./link.ts";
import { Program } from "./program.ts";
import { until } from "./until.ts";

export const KEC = "510102";
export const KAB = "5101";
export const LOG = `pleno/${KEC}`;

type Seat = readonly [name: string, role: Role, region: string];

/** Who sits where, if a test names nobody else. */
const SEATS: readonly Seat[] = [
  ["Ketua KPU", "chair", "0"],
  ["Ketua Kabupaten", "chair", KAB],
  ["Ayu Ketua", "chair", KEC],
  ["Made Anggota", "member", KEC],
  ["Putu Operator", "operator", KEC],
  ["Ketut Pengawas", "supervisor", KEC],
];

export class Halls {
  readonly election: Election;
  readonly origin: string;
  readonly link: Link;
  readonly centreData: string;
  /** The bundle that the centre has made for {@link KEC}. */
  readonly bundle: string;
  centre: Program;
  readonly #folder: string;
  readonly #officials = new Map<string, Official>();
  readonly #clients = new Map<Program, Map<string, Client>>();
  readonly #programs: Program[] = [];

  /** Founds the election, seats its officials and makes the bundle. The line is cut. */
  static async open(): Promise<Halls> {
    const folder = mkdtempSync(join(tmpdir(), "teguh-hall-"));
    const data = join(folder, "centre");
    const election = await foundElection(data);
    const halls = new Halls(folder, election, await Link.open());
    for (const [name, role, region] of SEATS)
      halls.#officials.set(name, await makeOfficial(halls.origin, name, role, region));
    await halls.centre.address("intake");
    await setUp(await halls.centre.address("desk"), halls.centre.errors, [...halls.#officials.values()]);
    const made = await teguh("bundle", KEC, "--data", data, "--out", halls.bundle, "--endpoints", halls.link.url);
    if (made.code !== 0) throw new Error(made.err);
    return halls;
  }

  private constructor(folder: string, election: Election, link: Link) {
    this.#folder = folder;
    this.election = election;
    this.origin = election.phoneOf(election.stations[0] ?? "").name.split("/k/")[0] ?? "";
    this.link = link;
    this.centreData = election.data;
    this.bundle = join(folder, "bundle");
    this.centre = new Program(election.data);
  }

  official(name: string): Official {
    const found = this.#officials.get(name);
    if (found === undefined) throw new RangeError(`nobody is called ${name}`);
    return found;
  }

  get officials(): readonly Official[] {
    return [...this.#officials.values()];
  }

  /** A folder for a laptop, of this name. */
  folder(name: string): string {
    return join(this.#folder, name);
  }

  /** Starts a laptop in its folder; the first start is from the bundle. `more`: further arguments, `env`: further variables. */
  laptop(
    name: string,
    isFirst = true,
    more: readonly string[] = [],
    env: Readonly<Record<string, string>> = {},
  ): Program {
    const bundle = isFirst ? ["--bundle", this.bundle] : [];
    const program = new Program(this.folder(name), undefined, ["--kecamatan", KEC, ...bundle, ...more], env);
    this.#programs.push(program);
    return program;
  }

  /** The line from every laptop to the centre is whole. */
  async heal(): Promise<void> {
    this.link.heal(await this.centre.address("intake"));
  }

  /** Somebody signed in at a desk, over HTTP. */
  async signedIn(program: Program, name: string): Promise<Client> {
    const known = this.#clients.get(program) ?? new Map<string, Client>();
    this.#clients.set(program, known);
    const client = known.get(name) ?? new Client(await program.address("desk"));
    if (!known.has(name)) await client.signIn(this.origin, this.official(name));
    known.set(name, client);
    return client;
  }

  /** As {@link signedIn}, on a device that was signed out. */
  signedInAnew(program: Program, name: string): Promise<Client> {
    this.#clients.get(program)?.delete(name);
    return this.signedIn(program, name);
  }

  async sync(laptop: Program): Promise<SyncView> {
    return (await this.signedIn(laptop, "Putu Operator")).get<SyncView>("/api/sync");
  }

  /** Who writes the kecamatan's log, as the kabupaten sees it. */
  async writer(): Promise<WriterView> {
    const chair = await this.signedIn(this.centre, "Ketua Kabupaten");
    const { writers } = await chair.get<CustodyView>(`/api/halls/${KAB}/custody`);
    const writer = writers.find(({ log }) => log === LOG);
    if (writer === undefined) throw new RangeError(`${LOG} is not among the logs of the kabupaten`);
    return writer;
  }

  /** The kabupaten's chair hands the log to a laptop's key, where it stands at the centre. */
  async handTo(vkey: string): Promise<void> {
    const chair = await this.signedIn(this.centre, "Ketua Kabupaten");
    const { log, size, root, epoch } = await this.writer();
    const above = await chair.get<HallView>(`/api/halls/${KAB}`);
    await chair.state(above, "custody", { log, size, root, epoch: epoch + 1, vkey }, [
      this.official("Ketua Kabupaten"),
    ]);
  }

  /** The centre's own key of the kecamatan's log. */
  async centreKey(): Promise<string> {
    const chair = await this.signedIn(this.centre, "Ketua Kabupaten");
    const { centre } = await chair.get<CustodyView>(`/api/halls/${KAB}/custody`);
    return centre[LOG] ?? "";
  }

  /** Waits until the centre has all that a laptop has, and the reverse. */
  async together(laptop: Program): Promise<void> {
    await until("hall and centre have the same", async () => {
      const { logs, sheets } = await this.sync(laptop);
      return sheets === 0 && logs.every(({ here, there }) => here === there);
    });
  }

  /** Waits until a laptop has heard that the log is in its hands. */
  async inHand(laptop: Program): Promise<void> {
    await until("the hall has heard of its hand-over", async () => (await this.sync(laptop)).hindrance === null);
  }

  /** Hands the log to a laptop, which has heard of it then. The line is whole. */
  async handOver(laptop: Program): Promise<void> {
    await this.handTo((await this.sync(laptop)).vkey);
    await this.heal();
    await this.inHand(laptop);
  }

  async close(): Promise<void> {
    for (const program of this.#programs) await program.stop();
    await this.centre.stop();
    this.link.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
