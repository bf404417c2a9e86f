/**
 * The sixth tree: the published keys and log heads of the whole nation, by geography. One hash in the edition fixes where
 * every log stood and who signs it. A kabupaten's object holds its kecamatan inline: alone they would be a third of all the
 * files of an edition.
 */
import { NATION, parentOf, plenoLog, type RegionCode, tpsLog } from "../election/codes.ts";
import { toHex } from "../ledger/bytes.ts";
import type { Hash } from "../ledger/hash.ts";
import type { Authority } from "./authority.ts";
import type { LogName, LogState } from "./logs.ts";
import type { Output } from "./output.ts";

export interface Head {
  readonly size: number;
  readonly root: string;
  readonly vkey: string;
  readonly epoch: number;
}

export class HeadsTree {
  readonly #authority: Authority;
  readonly #heads = new Map<LogName, Head>();
  readonly #objects = new Map<RegionCode, Hash>();
  /** For each region above the kecamatan its children that have a head or an object. */
  readonly #children = new Map<RegionCode, Set<RegionCode>>();
  /** Regions to build again although none of their logs has moved. */
  #dirty = new Set<RegionCode>([NATION]);

  constructor(authority: Authority) {
    this.#authority = authority;
  }

  /** Puts back the head of a log that is not at hand. */
  rest(log: LogName, region: RegionCode, head: Head): void {
    this.#heads.set(log, head);
    this.#markPath(region, this.#dirty);
  }

  /** The logs that moved since the last build. */
  *moved(): IterableIterator<LogState> {
    for (const log of this.#authority.logs()) {
      if (log.size > 0 && this.#heads.get(log.name)?.size !== log.size) yield log;
    }
  }

  /** The nation's object, and the logs that moved since the last build. */
  build(
    out: Output,
    vkeyOf: (log: LogName) => string,
  ): { heads: Hash; advance: (readonly [LogName, number, string])[] } {
    const advance: (readonly [LogName, number, string])[] = [];
    const dirty = this.#dirty;
    this.#dirty = new Set([NATION]);
    for (const log of this.moved()) {
      const root = toHex(log.root());
      this.#heads.set(log.name, { size: log.size, root, vkey: vkeyOf(log.name), epoch: log.epoch });
      advance.push([log.name, log.size, root]);
      this.#markPath(log.region, dirty);
    }
    advance.sort(([a], [b]) => (a < b ? -1 : 1));
    const deepestFirst = [...dirty]
      .filter((code) => code.length < 6)
      .sort((a, b) => depth(b) - depth(a) || (a < b ? -1 : 1));
    for (const region of deepestFirst) this.#objects.set(region, this.#buildRegion(region, out));
    return { heads: this.#objects.get(NATION) ?? this.#buildRegion(NATION, out), advance };
  }

  #markPath(region: RegionCode, dirty: Set<RegionCode>): void {
    dirty.add(region);
    for (let at = region, parent = parentOf(at); parent; at = parent, parent = parentOf(at)) {
      dirty.add(parent);
      const children = this.#children.get(parent) ?? new Set();
      children.add(at);
      this.#children.set(parent, children);
    }
  }

  #buildRegion(region: RegionCode, out: Output): Hash {
    const w = out.writer.reset().open().key("children").openArray();
    for (const child of [...(this.#children.get(region) ?? [])].sort()) {
      w.open();
      if (child.length === 6) {
        this.#writeHead(w.key("pleno"), plenoLog(child), true);
        this.#writeHead(w.key("region").string(child).key("tps"), tpsLog(child), false);
      } else {
        w.key("hash")
          .string(this.#objects.get(child) ?? null)
          .key("region")
          .string(child);
      }
      w.close();
    }
    w.closeArray().key("format").string("teguh/heads/v1");
    this.#writeHead(w.key("pleno"), plenoLog(region), true);
    w.key("region").string(region).key("tps").null().close();
    const replaces = this.#objects.get(region) ?? null;
    return out.take({ kind: "heads", contest: null, region, level: null, replaces });
  }

  #writeHead(w: Output["writer"], log: LogName, withEpoch: boolean): void {
    const head = this.#heads.get(log);
    if (!head) {
      w.null();
      return;
    }
    w.openArray().int(head.size).string(head.root).string(head.vkey);
    if (withEpoch) w.int(head.epoch);
    w.closeArray();
  }
}

/** The nation is the root of all, whatever the length of its code. */
const depth = (region: RegionCode): number => (region === NATION ? 0 : region.length);
