/**
 * A laptop on the network of its hall: https beside http, for the devices in the room, where there is neither a domain nor anyone to
 * vouch for one.
 *
 * In the clear the desk answers on the laptop itself alone. Whoever comes over the network without TLS gets one page, which says how
 * to trust this laptop; over https the desk's page, and what is under `/api` only on a device that was let in. Sheets and what is
 * public may come and go in the clear: the ones are signed, the other is for everyone.
 */
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { networkInterfaces } from "node:os";
import type { RegionCode } from "../../election/codes.ts";
import { Buckets } from "../../intake/bucket.ts";
import {
  type AddressView,
  type InviteView,
  type NetworkView,
  NOT_PAIRED,
  SIMULATION,
} from "../../recap/wire/network.ts";
import { isName } from "../../recap/witnesses.ts";
import {
  type Answer,
  checkOwn,
  deviceCookie,
  deviceIn,
  fieldsOf,
  isEncrypted,
  jsonIn,
  malformed,
  problemAnswer,
  Refused,
  send,
} from "../desk-http.ts";
import { CODE_USED, NEEDS_PAIRING, NEEDS_TLS, TOO_OFTEN } from "../desk-words.ts";
import { Authority, type ServerKeys } from "./authority.ts";
import { isLocalAddress } from "./certificate.ts";
import { Devices } from "./devices.ts";
import { stepsAnswer } from "./steps-page.ts";
import { type TlsFront, tlsFront } from "./tls-front.ts";

export interface NetworkOptions {
  /** The data folder. */
  readonly data: string;
  readonly region: RegionCode;
  /** What the steps say of the place, and whether all of it is a simulation. */
  readonly place: () => { readonly name: string; readonly simulation: boolean };
  /** Absent: every address of this machine. */
  readonly host?: string | undefined;
  /** Where the laptop is reached, if not at the addresses that it finds out. */
  readonly addresses?: readonly string[] | undefined;
  readonly deskTlsPort: number;
  readonly intakeTlsPort: number;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly random: (count: number) => Uint8Array;
  readonly log: (line: string) => void;
}

/** Attempts to let a device in: from one address five at once, then one every three seconds. */
const ATTEMPTS = { capacity: 5, perSecond: 1 / 3 };
/** How often it is looked whether the laptop has another address, or its certificate gets old; in milliseconds. */
const LOOK_EVERY = 10_000;
const SHOWN_ANEW = 7 * 86_400_000;
const SMALL = 4_096;

/** The servers, which listen in the clear already. */
export type PlainServers = Readonly<Record<"desk" | "intake" | "public", Server>>;

export class HallNetwork {
  readonly #options: NetworkOptions;
  readonly #authority: Authority;
  readonly #devices: Devices;
  readonly #attempts: Buckets;
  /** Answers under way to each device: streams of events have no end of their own. */
  readonly #underWay = new Map<string, Set<ServerResponse>>();
  #addresses: readonly string[] = [];
  #views: readonly AddressView[] = [];
  #shownAt = 0;
  #fronts: readonly TlsFront[] = [];
  #looking: NodeJS.Timeout | null = null;

  constructor(options: NetworkOptions) {
    this.#options = options;
    this.#authority = Authority.open(options);
    this.#devices = new Devices(options);
    this.#attempts = new Buckets(ATTEMPTS, options.clock);
  }

  /** Listens with TLS for the servers; from then on it follows the laptop's addresses. @throws what listening throws */
  async listen(plain: PlainServers): Promise<void> {
    const { host, deskTlsPort, intakeTlsPort, clock } = this.#options;
    this.#addresses = this.#found();
    this.#shownAt = clock();
    const keys = this.#keys();
    const desk = await tlsFront(plain.desk, keys, { port: deskTlsPort, host });
    const intake = await tlsFront(plain.intake, keys, { port: intakeTlsPort, host });
    this.#fronts = [desk, intake];
    const ports = { steps: portOf(plain.desk), desk: desk.port, intake: intake.port, public: portOf(plain.public) };
    this.#show(ports);
    this.#looking = setInterval(() => this.#follow(ports), LOOK_EVERY);
  }

  get fingerprint(): string {
    return this.#authority.fingerprint;
  }

  get addresses(): readonly AddressView[] {
    return this.#views;
  }

  view(): NetworkView {
    const until = this.#authority.certificate.validToDate.getTime();
    return { fingerprint: this.fingerprint, until, addresses: this.#views, devices: this.#devices.views() };
  }

  invite(): InviteView {
    return this.#devices.invite();
  }

  /** Puts a device out, in the middle of whatever it is being told; whether there was one. */
  putOut(id: string): boolean {
    const wasIn = this.#devices.remove(id);
    for (const response of this.#underWay.get(id) ?? []) response.destroy();
    this.#underWay.delete(id);
    return wasIn;
  }

  /** Asked of every request to the desk before the desk; true: it was answered here. */
  readonly guard = async (request: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    // Read as the desk reads it, so that no other way to write an address leads past us.
    const url = new URL(request.url ?? "/", "http://desk");
    if (!isEncrypted(request)) {
      if (isFromHere(request)) return false;
      send(request, response, this.#inTheClear(url, request.socket.localAddress));
      return true;
    }
    if (!url.pathname.startsWith("/api/")) return false;
    try {
      if (url.pathname !== "/api/pair" || request.method !== "POST") {
        this.#letIn(request, response);
        return false;
      }
      await this.#pair(request, response);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      send(request, response, problemAnswer(error));
    }
    return true;
  };

  async close(): Promise<void> {
    if (this.#looking !== null) clearInterval(this.#looking);
    await Promise.all(this.#fronts.map((front) => front.close()));
  }

  /** @throws Refused where the device was not let in */
  #letIn(request: IncomingMessage, response: ServerResponse): void {
    const device = this.#devices.of(deviceIn(request));
    if (device === null) {
      const { simulation } = this.#options.place();
      throw new Refused(403, NOT_PAIRED, NEEDS_PAIRING, simulation ? SIMULATION : undefined);
    }
    const answers = this.#underWay.get(device) ?? new Set();
    this.#underWay.set(device, answers.add(response));
    response.once("close", () => answers.delete(response));
  }

  async #pair(request: IncomingMessage, response: ServerResponse): Promise<void> {
    checkOwn(request);
    if (this.#attempts.take(request.socket.remoteAddress ?? "") > 0) throw new Refused(429, "later", TOO_OFTEN);
    const { code, name } = fieldsOf(await jsonIn(request, SMALL));
    if (typeof code !== "string" || !isName(name)) throw malformed();
    const token = this.#devices.admit(code, name);
    if (token === null) throw new Refused(403, "not-allowed", CODE_USED);
    const seconds = Math.ceil((this.#authority.certificate.validToDate.getTime() - this.#options.clock()) / 1_000);
    send(request, response, { status: 204, headers: { "set-cookie": deviceCookie(token, request, seconds) } });
  }

  /** What stands at the desk's address without TLS, for those on the network. `address`: by which of ours we were found. */
  #inTheClear(url: URL, address = ""): Answer {
    const { place, region, clock } = this.#options;
    if (url.pathname.startsWith("/api/")) return problemAnswer(new Refused(403, "not-allowed", NEEDS_TLS));
    const { certificate } = this.#authority;
    const [ending, now] = [certificate.validToDate.getTime(), clock()];
    const found = address.replace(/^::ffff:/, "");
    const { desk = "" } = this.#views.find((one) => one.address === found) ?? this.#views[0] ?? {};
    return stepsAnswer(url, { ...place(), region, certificate: certificate.raw, ending, now, desk });
  }

  #follow(ports: Ports): void {
    const { clock } = this.#options;
    const found = this.#found();
    const isOld = Math.abs(clock() - this.#shownAt) > SHOWN_ANEW;
    if (!isOld && found.join() === this.#addresses.join()) return;
    this.#addresses = found;
    this.#shownAt = clock();
    const keys = this.#keys();
    for (const front of this.#fronts) front.show(keys);
    this.#show(ports);
  }

  #keys(): ServerKeys {
    // Its own address also where it has no other yet: a certificate for none would be none.
    return this.#authority.serving(["127.0.0.1", ...this.#addresses]);
  }

  #show(ports: Ports): void {
    this.#views = this.#addresses.map((address) => ({
      address,
      steps: `http://${address}:${ports.steps}/`,
      desk: `https://${address}:${ports.desk}/`,
      intake: `https://${address}:${ports.intake}/`,
      public: `http://${address}:${ports.public}/`,
    }));
  }

  #found(): readonly string[] {
    const { addresses = ownAddresses() } = this.#options;
    return addresses.filter(isLocalAddress);
  }
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

type Ports = Readonly<Record<"steps" | "desk" | "intake" | "public", number>>;

/** This machine's addresses on networks. */
function ownAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((interfaces) => interfaces ?? [])
    .flatMap(({ family, internal, address }) => (family === "IPv4" && !internal ? [address] : []))
    .sort();
}

/** What comes from this machine itself, to the address by which only it can call itself. */
const isFromHere = ({ socket }: IncomingMessage): boolean =>
  ["127.0.0.1", "::1", "::ffff:127.0.0.1"].includes(socket.localAddress ?? "");
