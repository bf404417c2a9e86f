/**
 * Coba ubah satu angka: a copy of the published files, in this browser alone, with one number changed, read by the very code that
 * reads the page. A forger who changes the number only is found by its hash; one who mends the hashes above it, by the
 * edition's; one who mends that too, by the signature, for which he lacks the key.
 */
import { fromUtf8, utf8 } from "../../../src/ledger/bytes.ts";
import { canonical, type Json } from "../../../src/ledger/canonical.ts";
import { hashHex } from "../../../src/ledger/hash.ts";
import { Fault } from "../verify/fault.ts";
import type { Fetch } from "../verify/files.ts";
import { objectPath } from "../verify/files.ts";
import { visitMemory } from "../verify/memory.ts";
import { Reader, type Snapshot } from "../verify/verify.ts";
import { regionOf } from "./steps.ts";

/** How far the forger goes. */
export const EFFORTS = ["number", "hashes", "edition"] as const;
export type Effort = (typeof EFFORTS)[number];

export interface Target {
  /** Keys from the top of the region's object to the number. */
  readonly path: readonly (string | number)[];
  readonly label: string;
  readonly value: number;
}

type Tree = { [key: string]: Json };

/** Numbers of the region's own object that a visitor may change: votes of its choices or parties, and valid votes. */
export function targetsOf({ place, names }: Snapshot): Target[] {
  if (!place?.reported) return [];
  const { count, parties } = place.object;
  const [list] = count.lists;
  const [district] = names.values();
  const known = [...names.values()].flatMap((each) => each.parties);
  if (count.parties !== null) {
    return count.parties.votes.flatMap((value, i) => {
      const party = known.find(({ id }) => id === parties[i]);
      return party === undefined ? [] : [{ path: ["count", "parties", "votes", i], label: party.name, value }];
    });
  }
  return (list?.votes ?? []).map((value, i) => {
    const choice = district?.choices[i];
    return {
      path: ["count", "lists", 0, "votes", i],
      label: `${choice?.number ?? i + 1}. ${choice?.name ?? ""}`,
      value,
    };
  });
}

/** The fault that the page's own code finds in the forged copy; null would mean that it was believed. Rejects if a file does not come. */
export async function tamper(
  reader: Reader,
  snapshot: Snapshot,
  target: Target,
  value: number,
  effort: Effort,
): Promise<Fault | null> {
  const forged = await forge(reader, snapshot, target, value, effort);
  const fetch: Fetch = async (path) => forged.get(path) ?? reader.fetch(path);
  const victim = new Reader({ fetch, memory: visitMemory, status: snapshot.status });
  try {
    await victim.load(snapshot.contest, regionOf(snapshot));
    return null;
  } catch (cause) {
    if (cause instanceof Fault) return cause;
    throw cause;
  }
}

/** The files that the forger serves instead, by path. */
async function forge(
  reader: Reader,
  snapshot: Snapshot,
  { path: keys }: Target,
  value: number,
  effort: Effort,
): Promise<Map<string, Uint8Array>> {
  const { contest, path, edition } = snapshot;
  const files = new Map<string, Uint8Array>();
  const nowPath = `now/${contest}.json`;
  const now = JSON.parse(fromUtf8((await reader.fetch(nowPath)) ?? utf8("{}"))) as Tree;
  let below: { readonly code: string; readonly hash: string } | null = null;
  for (const object of path.toReversed()) {
    const hash = hashOf(snapshot, object.region);
    const tree = JSON.parse(fromUtf8(await reader.object(hash))) as Tree;
    if (below === null) setAt(tree, keys, value);
    else {
      if (effort === "number") break;
      nameChild(tree, below.code, below.hash);
    }
    const bytes = utf8(canonical(tree));
    const found = hashHex(bytes);
    // Under its own name a forged object would be unknown; he serves it wherever it is asked for.
    files.set(objectPath(hash), bytes);
    files.set(objectPath(found), bytes);
    if (object.region === "0") now.nation = fromUtf8(bytes);
    else files.set(`now/${contest}/${object.region}.json`, bytes);
    below = { code: object.region, hash: found };
  }
  if (effort === "edition" && below !== null) {
    const root = edition.results.get(contest) ?? "";
    now.edition = String(now.edition).replace(root, below.hash);
  }
  files.set(nowPath, utf8(JSON.stringify(now)));
  return files;
}

function hashOf({ path, edition, contest }: Snapshot, region: string): string {
  const depth = path.findIndex((object) => object.region === region);
  const named =
    depth === 0 ? edition.results.get(contest) : path[depth - 1]?.children.find(({ code }) => code === region)?.hash;
  return named ?? "";
}

function setAt(tree: Tree, keys: readonly (string | number)[], value: number): void {
  let at: Json = tree;
  for (const key of keys.slice(0, -1)) at = (at as { [key: string | number]: Json })[key] ?? null;
  const last = keys.at(-1);
  if (last !== undefined) (at as { [key: string | number]: Json })[last] = value;
}

function nameChild(tree: Tree, code: string, hash: string): void {
  for (const child of tree.children as Tree[]) if (child.code === code) child.hash = hash;
}
