/**
 * The districts beside the geography: for each dapil its candidates' totals and the parts it is made of. Seats are read
 * here. Root → group (the province that holds the district, or `0` for those that span several) → district, so that an
 * edition rewrites a group and not the 2,600 districts of a contest.
 */
import { CONTEST_KINDS, NATION } from "../election/codes.ts";
import type { Contest, District, Model, Region } from "../election/model.ts";
import type { Hash } from "../ledger/hash.ts";
import { BOOKS } from "./book.ts";
import type { Output } from "./output.ts";
import type { ListSums, Sums, Totals } from "./totals.ts";
import type { Block } from "./unit.ts";

type Lookup<T> = (region: Region, contest: Contest) => T;

/** The group of a district: its province, or the nation. */
const groupOf = ({ container }: District): string => (container.code === NATION ? NATION : container.code.slice(0, 2));

export class DistrictTree {
  /** By contest/district and contest/group: the object as last built. */
  readonly #objects = new Map<string, Hash>();
  readonly #groups = new Map<string, Map<string, Hash>>();
  #touched = new Set<string>();
  #root: Hash | null = null;

  /** All districts of a block, since which of them changed costs more to know than to build. */
  touch(block: Block): void {
    for (const district of new Set(block.districts)) if (district) this.touchDistrict(district);
  }

  touchDistrict({ contest, code }: District): void {
    this.#touched.add(`${contest.kind}/${code}`);
  }

  /** The districts that have a region, or one above it, as a part: whichever they are, any kecamatan of it has them. */
  touchAround({ contests }: Model, region: Region): void {
    let kecamatan: Region | undefined = region;
    while (kecamatan && kecamatan.level !== "kecamatan") kecamatan = kecamatan.children[0];
    for (const contest of contests) {
      for (const desa of kecamatan?.children ?? []) {
        const district = contest.districtOf(desa);
        if (district) this.touchDistrict(district);
      }
    }
  }

  touchAll({ contests }: Model): void {
    for (const { districts } of contests) for (const district of districts) this.touchDistrict(district);
  }

  /** The tree under an amended definition: all districts that have an object are built again. */
  amended(): this {
    for (const key of this.#objects.keys()) this.#touched.add(key);
    return this;
  }

  build(model: Model | null, out: Output, totalsOf: Lookup<Totals>, objectOf: Lookup<Hash | null>): Hash {
    const touched = this.#touched;
    this.#touched = new Set();
    const groups = new Set<string>();
    for (const key of touched) {
      const [kind = "", code = ""] = key.split("/");
      const contest = model?.contests.find((other) => other.kind === kind);
      const district = contest?.district(code);
      if (!contest || !district) continue;
      if (this.#buildDistrict(key, contest, district, out, totalsOf, objectOf))
        groups.add(`${kind}/${groupOf(district)}`);
    }
    for (const group of groups) this.#buildGroup(group, out);
    if (groups.size > 0 || !this.#root) this.#root = this.#buildRoot(out);
    return this.#root;
  }

  #buildDistrict(
    key: string,
    contest: Contest,
    district: District,
    out: Output,
    totalsOf: Lookup<Totals>,
    objectOf: Lookup<Hash | null>,
  ): boolean {
    const totals = totalsOf(district.container, contest);
    if (BOOKS.every((name) => !totals.books[name]?.lists.has(district))) return false;
    const w = out.writer.reset().open().key("contest").string(contest.kind);
    writeList(w.key("count"), totals.books.count, district);
    w.key("district").string(district.code).key("format").string("teguh/district/v1").key("name").string(district.name);
    w.key("names").string(district.object).key("parts").openArray();
    for (const part of district.parts) {
      w.open().key("hash").string(objectOf(part, contest)).key("region").string(part.code).close();
    }
    w.closeArray();
    writeList(w.key("recap"), totals.books.recap, district);
    w.key("seats").int(district.seats).close();
    const replaces = this.#objects.get(key) ?? null;
    const hash = out.take({ kind: "district", contest: contest.kind, region: district.code, level: null, replaces });
    this.#objects.set(key, hash);
    const group = `${contest.kind}/${groupOf(district)}`;
    const members = this.#groups.get(group) ?? new Map<string, Hash>();
    members.set(district.code, hash);
    this.#groups.set(group, members);
    return true;
  }

  #buildGroup(group: string, out: Output): void {
    const [kind = "", region = ""] = group.split("/");
    const w = out.writer.reset().open().key("contest").string(kind).key("districts").openArray();
    for (const [code, hash] of sorted(this.#groups.get(group))) {
      w.open().key("district").string(code).key("hash").string(hash).close();
    }
    w.closeArray().key("format").string("teguh/districts/v1").key("group").string(region).close();
    const key = `group/${group}`;
    const replaces = this.#objects.get(key) ?? null;
    const contest = CONTEST_KINDS.find((other) => other === kind) ?? null;
    this.#objects.set(key, out.take({ kind: "districts", contest, region, level: null, replaces }));
  }

  #buildRoot(out: Output): Hash {
    const w = out.writer.reset().open().key("contests").open();
    for (const kind of [...CONTEST_KINDS].sort()) {
      const groups = [...this.#groups.keys()].filter((group) => group.startsWith(`${kind}/`)).sort();
      if (groups.length === 0) continue;
      w.key(kind).open();
      for (const group of groups) {
        w.key(group.slice(kind.length + 1)).string(this.#objects.get(`group/${group}`) ?? null);
      }
      w.close();
    }
    w.close().key("format").string("teguh/districts/v1").close();
    return out.take({ kind: "districts", contest: null, region: NATION, level: null, replaces: this.#root });
  }
}

function writeList(w: Output["writer"], sums: Sums | null, district: District): void {
  const list: ListSums | undefined = sums?.lists.get(district);
  if (!list) {
    w.null();
    return;
  }
  w.open()
    .key("held")
    .sparse(list.held ?? [])
    .key("raised")
    .sparse(list.raised ?? [])
    .key("removed")
    .sparse(list.removed ?? [])
    .key("votes")
    .ints(list.votes)
    .close();
}

function sorted(map: ReadonlyMap<string, Hash> | undefined): [string, Hash][] {
  return [...(map ?? [])].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}
