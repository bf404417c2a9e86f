/**
 * Names that belong to nobody: real people's and parties' names must never stand beside invented votes. Parties are called
 * after things of landscape and craft that no registered party is called after; people are put together from common parts.
 * `names.test.ts` holds them against the parties and candidates that Indonesia has had.
 */
import type { Chance } from "./random.ts";

export interface PartyName {
  readonly name: string;
  readonly short: string;
  /** `#rrggbb`. Found by searching for the 18 that are furthest apart for eyes with and without all hues. */
  readonly colour: string;
}

/** In the order of the ballot. */
export const PARTIES: readonly PartyName[] = [
  { name: "Partai Mata Air", short: "Mata Air", colour: "#1565e9" },
  { name: "Partai Lumbung Padi", short: "Lumbung", colour: "#ef8f0f" },
  { name: "Partai Rumpun Bambu", short: "Bambu", colour: "#19675d" },
  { name: "Partai Sauh Bahari", short: "Sauh", colour: "#18105c" },
  { name: "Partai Kunang-Kunang", short: "Kunang", colour: "#f5cca4" },
  { name: "Partai Tenun Bersama", short: "Tenun", colour: "#da179e" },
  { name: "Partai Angin Laut", short: "Angin", colour: "#8c88e8" },
  { name: "Partai Batu Karang", short: "Karang", colour: "#312e0f" },
  { name: "Partai Mercusuar", short: "Mercusuar", colour: "#f53911" },
  { name: "Partai Gunung Biru", short: "Gunung", colour: "#40bbcf" },
  { name: "Partai Jalan Setapak", short: "Setapak", colour: "#692651" },
  { name: "Partai Lesung Desa", short: "Lesung", colour: "#b20f33" },
  { name: "Partai Perahu Cadik", short: "Cadik", colour: "#58f5f5" },
  { name: "Partai Kemuning", short: "Kemuning", colour: "#c9e430" },
  { name: "Partai Anyaman Rotan", short: "Anyaman", colour: "#927a53" },
  { name: "Partai Telaga Jernih", short: "Telaga", colour: "#24bf63" },
  { name: "Partai Gapura", short: "Gapura", colour: "#264292" },
  { name: "Partai Layang-Layang", short: "Layang", colour: "#f388aa" },
];

/** The pairs of the presidential contest, with the colours that most eyes tell apart best. */
export const PAIRS: readonly { readonly name: string; readonly colour: string }[] = [
  { name: "Sagara Wirapradana – Laksmi Anindhyaputri", colour: "#0072b2" },
  { name: "Maheswari Tanjungsari – Rakai Bumiputra", colour: "#e69f00" },
  { name: "Jatmika Lembayung – Candrika Samudrawati", colour: "#882255" },
];

const BIRTH = ["Wayan", "Putu", "Gede", "Made", "Kadek", "Nengah", "Nyoman", "Komang", "Ketut", "Luh"];
const FIRST = [
  ..."Adnyaswara Arkananta Bayusuta Candrika Dananjaya Ekasanti Gayatrini Hradaya Indrayasa Jatmika".split(" "),
  ..."Kalyani Lokananta Maheswari Narendrasuta Oksadewi Pranajaya Ratnadewi Sagarayana Tirtasari Udayanti".split(" "),
  ..."Wiramanggala Yogiswari Anindhya Brahmanta Dewangga Laksmiwati Samaratih Satyanugraha Saraswita Widyatmaka".split(
    " ",
  ),
];
const LAST = [
  ..."Adipradana Bratasena Citrawangsa Dharmayoga Gunatama Harsawardana Kertanagari Lembayung Mandalika".split(" "),
  ..."Nirwasita Padmaningrat Rajendrasuta Sudirasana Tanjungsari Wanasari Wirapradana Yudhasmara Astikayasa".split(" "),
  ..."Bumiswara Danurwenda Jayaningrat Kusumayasa Linggabuana Mahardhika Pranawangsa Rengganis Suryakencana".split(" "),
];

/** Invented people, none of them twice. */
export class People {
  readonly #chance: Chance;
  readonly #known = new Set<string>();

  constructor(chance: Chance) {
    this.#chance = chance;
  }

  next(): string {
    for (;;) {
      const name = this.#drawn();
      if (this.#known.has(name)) continue;
      this.#known.add(name);
      return name;
    }
  }

  #drawn(): string {
    const chance = this.#chance;
    const first = chance.pick(FIRST);
    const middle = chance.happens(0.5) ? ` ${chance.pick(FIRST)}` : "";
    const birth = chance.happens(0.7) ? `${chance.pick(BIRTH)} ` : "";
    return `${birth}${first}${middle === ` ${first}` ? "" : middle} ${chance.pick(LAST)}`;
  }
}
