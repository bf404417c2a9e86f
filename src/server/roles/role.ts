/**
 * What every role is told and what it gives back, and the few things that several of them do. A role is ready when its starter
 * returns, and works until it is closed.
 */
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Sequencer } from "../../core/sequence.ts";
import type { RegionCode } from "../../election/codes.ts";
import type { Model } from "../../election/model.ts";
import { decodeBody } from "../../election/statements.ts";
import type { Hash } from "../../ledger/hash.ts";
import { parseStatement } from "../../ledger/statement.ts";
import { type DefinitionsOptions, definitionsIn } from "../../publish/definitions.ts";
import type { DeskOptions } from "../../recap/desk.ts";
import type { Store } from "../../store/store.ts";
import type { Drill } from "../eyes/drill.ts";
import type { RoleFigures } from "../eyes/figures.ts";
import type { Watch } from "../eyes/watch.ts";

export interface RoleOptions {
  /** The data folder. */
  readonly data: string;
  /** 0: any that is free. */
  readonly port: number;
  /** Absent: every address of this machine. */
  readonly host?: string | undefined;
  /** Where the pages were built: of the public side, and of the desk. */
  readonly siteFolder: string;
  readonly deskFolder: string;
  /** Of the desk: what it is told beside the data folder. */
  readonly desk?: DeskSettings | undefined;
  readonly log: (line: string) => void;
  /** For what only the person at the console may read, and no log. */
  readonly confide: (line: string) => void;
  /** Of the desk: what the supervisor tells of all roles. */
  readonly watch?: Watch | undefined;
  /**
   * Of the core: what else appends in its process, through the sequencer itself: in the demonstration the simulated plenaries. Closed
   * before the sequencer is.
   */
  readonly beside?: Beside | undefined;
  /** Another process has taken this role, or it can go on no longer (with the cause). */
  readonly onEnd: (cause: "replaced" | { readonly error: unknown }) => void;
}

export interface DeskSettings {
  /** Only this region's plenary and those above and within it. */
  readonly region?: RegionCode | undefined;
  /** Address of the public site, for the codes on paper. */
  readonly site?: string | undefined;
  /** Of a simulation: see `DeskOptions`. */
  readonly openRoles?: DeskOptions["openRoles"];
  /** Of a simulation: an attack that anyone may begin and watch. */
  readonly drill?: Drill | undefined;
}

export type Beside = (core: { readonly sequencer: Sequencer; readonly store: Store; readonly data: string }) => {
  close(): Promise<void>;
};

export interface RunningRole {
  /** `http://…/` of a role that listens, else the file or folder that it works on. */
  readonly address: string;
  /** What it has to tell beside what every process has. */
  figures?(): RoleFigures;
  /** Ends the work in hand, then resolves. */
  close(): Promise<void>;
}

/** Starts a role. @throws NoElection, KeysError, StoreUnusable, OlderThanPublished, or what listening throws */
export type Starter = (options: RoleOptions) => Promise<RunningRole>;

/** There is nothing in the data folder that a server could serve. */
export class NoElection extends Error {
  override readonly name = "NoElection";

  constructor(data: string) {
    super(`${data} has no election yet; found one with "teguh init" or "teguh import"`);
  }
}

/** The name of the election whose genesis begins the store. @throws NoElection */
export async function originOf(store: Store, data: string): Promise<string> {
  const [genesis] = await store.read("pleno/0", 0, 1);
  if (genesis === undefined) throw new NoElection(data);
  return decodeBody("genesis", parseStatement(genesis).body).name;
}

/** The definitions that a data folder holds, by their roots. */
export function definitionOf(data: string, options?: DefinitionsOptions): (root: Hash) => Model {
  const definitions = definitionsIn(join(data, "definition"), options);
  return (root) => definitions.model(root);
}

/** Lets a server listen where it was told to; closing it ends the requests in hand. */
export async function listen(server: Server, { port, host }: Pick<RoleOptions, "port" | "host">): Promise<RunningRole> {
  // The kernel's queue of connections not yet accepted: with a short one a burst is refused before we see it. No longer than
  // `net.core.somaxconn` allows (edge/sysctl).
  server.listen({ port, host, backlog: 16_384 });
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  return {
    address: `http://${host ?? "localhost"}:${address.port}/`,
    async close() {
      server.close();
      server.closeIdleConnections();
      await once(server, "close");
    },
  };
}
