/**
 * An invented kecamatan for trying the desk's page: names, choices, people and figures, made from numbers alone so that they
 * are the same every time. No station or name of it exists.
 */
import {
  CONTEST_KINDS,
  type ContestKind,
  type DistrictCode,
  hasParties,
  type RegionCode,
  type StationCode,
  stationIn,
} from "../../../src/election/codes.ts";
import { FIGURE, FIGURE_COUNT } from "../../../src/election/figures.ts";
import type { Role } from "../../../src/election/statements.ts";
import { toHex, utf8 } from "../../../src/ledger/bytes.ts";
import { type Hash, sha256 } from "../../../src/ledger/hash.ts";
import { ed25519Signer, type Signer } from "../../../src/ledger/note.ts";
import { keyName, shortKey } from "../../../src/ledger/statement.ts";
import type { DistrictView, Named } from "../../../src/recap/wire/views.ts";

export const ORIGIN = "peraga.teguh.example/2029";
export const REGION = "910203" as RegionCode;
export const ABOVE: readonly Named[] = [
  { code: "91" as RegionCode, name: "Pulau Rindang" },
  { code: "9102" as RegionCode, name: "Kabupaten Muara Jati" },
];

const DESA_NAMES =
  "Ampel Sari,Batu Layar,Cempaka Putih,Danau Biru,Embun Pagi,Fajar Indah,Gunung Sari,Hulu Tirta,Indra Loka";

/** Desa of the kecamatan, by code. */
export function inventedDesa(count: number): Named[] {
  const names = DESA_NAMES.split(",");
  return Array.from({ length: count }, (_, i) => {
    const round = Math.floor(i / names.length);
    const name = `${names[i % names.length]}${round === 0 ? "" : ` ${round + 1}`}`;
    return { code: `${REGION}${1001 + i}` as RegionCode, name };
  });
}

export const stationsOf = (desa: RegionCode, count: number): StationCode[] =>
  Array.from({ length: count }, (_, i) => stationIn(desa, i + 1));

/** The hash of a text: what stands for ids and objects here. */
export const hashOf = (text: string): Hash => toHex(sha256(utf8(text))) as Hash;

// ---------------------------------------------------------------- choices

const SYLLABLES = "ra,ti,ku,ma,so,wi,no,da,pu,le,ji,ba,ga,tu,sa".split(",");
/** A name that nobody has. */
function inventedName(seed: number): string {
  const word = (from: number, length: number) => {
    const text = Array.from({ length }, (_, i) => SYLLABLES[(from * 7 + i * 5 + (from >> 2)) % SYLLABLES.length]).join(
      "",
    );
    return text.charAt(0).toUpperCase() + text.slice(1);
  };
  return `${word(seed, 2 + (seed % 2))} ${word(seed * 3 + 1, 3)}`;
}
const PARTY_WORDS = "Cakrawala,Samudra,Lentera,Beringin Muda,Kerja Rakyat,Padi Emas,Bahari,Gotong Royong,Merpati".split(
  ",",
);
const colourOf = (i: number) => `#${toHex(sha256(utf8(`colour ${i}`))).slice(0, 6)}`;

export function districtOf(kind: ContestKind): DistrictView {
  const code = (kind === "ppwp" ? "0" : kind === "dpd" ? "91" : `${kind.toUpperCase()}-2`) as DistrictCode;
  const base = {
    contest: kind,
    code,
    name: kind === "ppwp" ? "Indonesia" : `Muara Jati ${kind === "dpd" ? "" : "2"}`.trim(),
    object: hashOf(`district ${kind}`),
  };
  if (!hasParties(kind)) {
    const count = kind === "ppwp" ? 3 : 14;
    const choices = Array.from({ length: count }, (_, i) => ({
      id: `${kind}${i + 1}`,
      number: i + 1,
      name: kind === "ppwp" ? `${inventedName(i + 1)} – ${inventedName(i + 9)}` : inventedName(i + 30),
      colour: colourOf(i),
      party: -1,
      kind: kind === "ppwp" ? ("pair" as const) : ("candidate" as const),
      withdrawn: false,
    }));
    return { ...base, choices, parties: [] };
  }
  const parties = Array.from({ length: 18 }, (_, i) => ({
    id: `p${i + 1}`,
    number: i + 1,
    name: `Partai ${PARTY_WORDS[i % 9]}${i < 9 ? "" : " Baru"}`,
    short: `P${i + 1}`,
  }));
  const choices = parties.flatMap((party, i) => [
    {
      id: party.id,
      number: party.number,
      name: party.name,
      colour: colourOf(i),
      party: i,
      kind: "party" as const,
      withdrawn: false,
    },
    ...Array.from({ length: i === 17 ? 8 : 9 }, (_, n) => ({
      id: `${party.id}c${n + 1}`,
      number: n + 1,
      name: inventedName(i * 11 + n),
      colour: colourOf(i),
      party: i,
      kind: "candidate" as const,
      withdrawn: false,
    })),
  ]);
  return { ...base, choices, parties };
}

// ---------------------------------------------------------------- figures

/** Whole numbers from a seed, the same every time. */
export function numbers(seed: number): (below: number) => number {
  let state = (seed * 2654435761 + 1) >>> 0;
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

export interface Numbers {
  readonly figures: number[];
  readonly votes: number[];
  readonly parties: number[];
}

/** Figures of a sheet that adds up. */
export function figuresOf(district: DistrictView, seed: number): Numbers {
  const next = numbers(seed);
  const valid = 150 + next(70);
  const invalid = next(9);
  const votes = new Array<number>(district.choices.length).fill(0);
  for (let i = 0; i < valid; i++) {
    const at = Math.floor((next(1000) * next(1000) * district.choices.length) / 1_000_000);
    votes[at] = (votes[at] ?? 0) + 1;
  }
  const total = valid + invalid;
  const moved = next(4);
  const card = next(4);
  const registered = total + 20 + next(30);
  const figures = new Array<number>(FIGURE_COUNT).fill(0);
  const set = (path: keyof typeof FIGURE, value: number) => {
    figures[FIGURE[path]] = value;
  };
  const women = (path: "registered" | "voters.dpt" | "voters.dptb" | "voters.dpk" | "disabled", value: number) => {
    const male = Math.floor(value / 2);
    set(`${path}.male`, male);
    set(`${path}.female`, value - male);
    set(`${path}.total`, value);
    return male;
  };
  women("registered", registered);
  const male = women("voters.dpt", total - moved - card) + women("voters.dptb", moved) + women("voters.dpk", card);
  set("voters.total.male", male);
  set("voters.total.female", total - male);
  set("voters.total.total", total);
  women("disabled", next(3));
  const received = registered + Math.ceil(registered / 50);
  const returned = next(3);
  set("ballots.received", received);
  set("ballots.used", total);
  set("ballots.returned", returned);
  set("ballots.unused", received - total - returned);
  set("valid", valid);
  set("invalid", invalid);
  set("total", total);
  const parties = district.parties.map((_, i) =>
    district.choices.reduce((sum, { party }, column) => sum + (party === i ? (votes[column] ?? 0) : 0), 0),
  );
  return { figures, votes, parties };
}

// ---------------------------------------------------------------- people

export interface InventedPerson {
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  readonly seed: Uint8Array;
  readonly signer: Signer;
  readonly key: string;
}

const PEOPLE: readonly (readonly [name: string, role: Role])[] = [
  ["Sari Wulandra", "chair"],
  ["Made Pratesta", "member"],
  ["Tirta Lesmono", "operator"],
  ["Ratih Kusumo", "supervisor"],
  ["Bagas Wirandi", "observer"],
  ["Layar Ruangan", "projector"],
];

export function inventedPeople(): InventedPerson[] {
  return PEOPLE.map(([name, role]) => {
    const seed = sha256(utf8(`seed of ${name}`));
    const unnamed = ed25519Signer("x", seed);
    const signer = ed25519Signer(keyName(ORIGIN, unnamed.publicKey), seed);
    return { person: hashOf(name).slice(0, 32), name, role, seed, signer, key: shortKey(signer.name) };
  });
}

/** Contests of a fixture, in the order in which they are read. */
export const firstContests = (count: number): readonly ContestKind[] => CONTEST_KINDS.slice(0, count);
