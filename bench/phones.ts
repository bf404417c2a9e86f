/**
 * Phones: sheets signed beforehand, sent to the door over connections that stay open, receipts taken.
 */
import { Agent, request } from "node:http";
import type { ContestKind } from "../src/election/codes.ts";
import type { Model } from "../src/election/model.ts";
import { DOOR_NODE, PassOffice, passSecret } from "../src/intake/pass.ts";
import { concat } from "../src/ledger/bytes.ts";
import { shortKey } from "../src/ledger/statement.ts";
import { encodeEntry } from "../src/ledger/tiles.ts";
import { logSeed } from "../src/store/keys.ts";
import type { Data } from "./data.ts";
import { ALL_CONTESTS, type Nation, type OPERATOR } from "./nation.ts";

/** A request as it goes over the wire. */
export interface Parcel {
  readonly path: "sheet" | "statements";
  readonly bytes: Uint8Array;
  readonly authorization: string;
}

/** Issues passes as the door would, who signs the challenges of thousands of phones being another measurement. */
export function passesOf(data: Data, model: Model): PassOffice {
  const secret = passSecret((origin) => logSeed(data.keys.master, origin), model.origin, DOOR_NODE);
  return new PassOffice({ secret, clock: Date.now, random: () => new Uint8Array(16) });
}

/** First sheets of these stations in all contests, signed by the stations' keys (`by` null) or by the operator's. */
export function parcels(
  nation: Nation,
  passes: PassOffice,
  stations: Iterable<string>,
  by: typeof OPERATOR | null = null,
): Parcel[] {
  const list: Parcel[] = [];
  for (const station of stations) {
    const authorization = `Teguh ${passes.issue(shortKey(nation.signer(by ?? station).name), station)}`;
    for (const kind of ALL_CONTESTS) {
      const district = districtOf(nation.model, station, kind);
      if (district) list.push({ path: "sheet", bytes: nation.sheet(station, kind, district, null, by), authorization });
    }
  }
  return list;
}

/** The same sheets as phones send them that were offline: all of a station in one request. */
export function together(parcels: readonly Parcel[]): Parcel[] {
  const byPhone = Map.groupBy(parcels, ({ authorization }) => authorization);
  return [...byPhone].map(([authorization, own]) => ({
    path: "statements",
    bytes: concat(...own.map(({ bytes }) => encodeEntry(bytes))),
    authorization,
  }));
}

function districtOf(model: Model, station: string, kind: ContestKind) {
  const desa = model.region(station.slice(0, 10));
  return desa && model.contest(kind)?.districtOf(desa);
}

function isAccepted(answers: string): boolean {
  return (JSON.parse(answers) as { status: number }[]).every(({ status }) => status === 200);
}

export class Phones {
  readonly #agent: Agent;
  readonly #address: string;

  /** So many connections to the door at `address`. */
  constructor(address: string, connections: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.#address = address;
  }

  /** Sends one request; the answer. Throws unless all of it is accepted. */
  send({ path, bytes, authorization }: Parcel): Promise<string> {
    const headers = { authorization, "content-length": bytes.length };
    return new Promise((resolve, reject) => {
      const sent = request(
        new URL(path, this.#address),
        { method: "POST", agent: this.#agent, headers },
        (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (part: string) => {
            text += part;
          });
          response.on("end", () => {
            if (response.statusCode === 200 && (path === "sheet" || isAccepted(text))) resolve(text);
            else reject(new Error(`the door answered ${response.statusCode}: ${text.slice(0, 300)}`));
          });
        },
      );
      sent.on("error", reject);
      sent.end(bytes);
    });
  }

  /** Sends all, `lanes` at a time. */
  async sendAll(list: readonly Parcel[], lanes: number): Promise<void> {
    let next = 0;
    const lane = async () => {
      for (let parcel = list[next++]; parcel; parcel = list[next++]) await this.send(parcel);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  close(): void {
    this.#agent.destroy();
  }
}
