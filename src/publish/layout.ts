/**
 * Where everything lies in the public folder, and under which origin each log is signed.
 *
 * One file knows the names, because they are a contract with web servers, caches and every reader: what is named by a hash
 * or a tile never changes and may be cached for ever; `checkpoint`, `now/` and `status.json` change with every edition.
 */
import { type ContestKind, EDITIONS_LOG, namesRegion, type RegionCode } from "../election/codes.ts";
import type { Hash } from "../ledger/hash.ts";
import type { LogName } from "../store/store.ts";

/** The newest checkpoint of the editions log: what is not under it is not published. */
export const CHECKPOINT = "checkpoint";

/** Written last of all: names the edition whose files are complete. */
export const STATUS = "status.json";

/** The file of a content-addressed object. */
export function objectPath(hash: Hash): string {
  return `object/${hash.slice(0, 2)}/${hash.slice(2)}.json`;
}

/** Where the logs lie, but for that of the editions. */
export const LOGS = "log/";

/** The folder of a log with its slash at the end; the editions log lies at the top of the public folder. */
export function logFolder(log: LogName): string {
  return log === EDITIONS_LOG ? "" : `${LOGS}${log}/`;
}

/** The checkpoint file of a log. */
export function checkpointPath(log: LogName): string {
  return logFolder(log) + CHECKPOINT;
}

/** From cold to a verified root in one request: edition, proof and the nation's object of one contest. */
export function nowPath(contest: ContestKind): string {
  return `now/${contest}.json`;
}

/** The current object of a region, under a name that does not change. */
export function nowRegionPath(contest: ContestKind, region: RegionCode): string {
  return `now/${contest}/${region}.json`;
}

/** The objects that name what is counted in a region, which may be one above it: see {@link namesRegion}. */
export function nowNamesPath(contest: ContestKind, region: RegionCode): string {
  return `now/${contest}/${namesRegion(contest, region)}.names.json`;
}

/** What a log is called in its checkpoints, whatever host serves it. `election` is the origin of the genesis. */
export function originOf(election: string, log: LogName): string {
  return log === EDITIONS_LOG ? election : `${election}/log/${log}`;
}

/** The origin of the log of editions that a kecamatan on its own publishes in its hall. */
export function nodeOriginOf(election: string, region: RegionCode): string {
  return `${election}/node/${region}`;
}
