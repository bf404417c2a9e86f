/**
 * The demonstration's flood of its own door: requests without a pass and with forged ones, from a process of its own, for half a
 * minute, against this machine alone. Meanwhile it is looked how long door, public site and desk take to answer.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { setPriority } from "node:os";
import { dirname, join } from "node:path";
import { authorized, unsigned } from "../../attack/attacks/requests.ts";
import type { FloodCall, FloodResult } from "../../attack/flood-process.ts";
import { Forked } from "../../attack/forked.ts";
import { packed } from "../../attack/packed.ts";
import { requestOf } from "../../attack/wire.ts";
import { type Drill, type DrillNow, LOOKED_AT, type LookedAt } from "../server/eyes/drill.ts";
import { readRun } from "./settings.ts";

/** Milliseconds, and requests a second: some hundred times what the phones of the demonstration send. */
const LASTS = 30_000;
const RATE = 4_000;
const CONNECTIONS = 64;
/** Milliseconds between two looks, how many of the last count, and how long it is looked after the end. */
const LOOK = 400;
const KEPT = 9;
const AFTER = 10_000;
/** The attacker gives way to whoever watches: one machine plays both. */
const NICE = 5;

export class OwnFlood implements Drill {
  readonly #data: string;
  readonly #log: (line: string) => void;
  readonly #took: Record<LookedAt, number[]> = { door: [], site: [], desk: [] };
  #until = 0;

  constructor(data: string, log: (line: string) => void) {
    this.#data = data;
    this.#log = log;
  }

  begin(): void {
    if (this.now().left > 0) return;
    this.#until = Date.now() + LASTS;
    this.#flood().catch((error: unknown) => {
      this.#until = 0;
      this.#log(`flood: ${error instanceof Error ? error.message : error}`);
    });
    this.#look();
  }

  now(): DrillNow {
    const left = Math.max(0, Math.ceil((this.#until - Date.now()) / 1000));
    const { door, site, desk } = this.#took;
    return { left, rate: RATE, answers: { door: median(door), site: median(site), desk: median(desk) } };
  }

  async #flood(): Promise<void> {
    const path = join(this.#data, "demo", "flood");
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, packed([...unsigned(), ...forged()]));
    const attacker = new Forked<FloodCall, FloodResult>("flood-process.ts");
    setPriority(attacker.id, NICE);
    try {
      const target = readRun(this.#data).addresses.door;
      const shape = { connections: CONNECTIONS, rate: RATE, milliseconds: LASTS };
      await attacker.call({ do: "flood", target, requests: path, ...shape });
    } finally {
      await attacker.end();
    }
  }

  /** Asks all three, again and again until a while after the end. */
  #look(): void {
    const { addresses } = readRun(this.#data);
    const urls: Readonly<Record<LookedAt, string>> = {
      door: `${addresses.door}health`,
      site: `${addresses.site}checkpoint`,
      desk: `${addresses.desk}api/welcome`,
    };
    const looking = setInterval(() => {
      if (Date.now() > this.#until + AFTER) clearInterval(looking);
      for (const name of LOOKED_AT) {
        const began = performance.now();
        get(urls[name], (answer) => {
          answer.resume().on("end", () => {
            this.#took[name] = [...this.#took[name], performance.now() - began].slice(-KEPT);
          });
        }).on("error", (error) => this.#log(`flood: ${name} did not answer: ${error.message}`));
      }
    }, LOOK);
  }
}

/** Passes in the door's form that it never issued. */
function forged(): Buffer[] {
  return Array.from({ length: 256 }, () => {
    const issued = Math.floor(Date.now() / 1000).toString(36);
    const pass = `${randomBytes(8).toString("hex")}.5101012001001.${issued}.${randomBytes(18).toString("base64url")}`;
    return requestOf("POST", "/sheet", authorized(pass), randomBytes(800));
  });
}

function median(values: readonly number[]): number | null {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? null;
}
