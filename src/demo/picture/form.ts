/**
 * A sheet as paper: in the order of the real form (C.Hasil), with the very figures that its officers wrote, the wrong ones too.
 * Names are invented, there is no emblem, and SIMULASI stands across it, in the print and not in the page around it: a picture
 * that leaves the demonstration must still say what it is.
 */
import { FIGURE, type FigurePath } from "../../election/figures.ts";
import type { District, Region } from "../../election/model.ts";
import type { Paper } from "../figures.ts";
import type { Chance } from "../random.ts";
import { type Hand, handOf, sign, writeDigit } from "./handwriting.ts";
import { write } from "./letters.ts";
import { Plane } from "./plane.ts";

/** A page in pixels: A4. */
export const PAGE = { width: 860, height: 1216 } as const;
const LEFT = 60;
const RIGHT = PAGE.width - LEFT;
/** Boxes for digits. */
const BOX = 26;
const ROW = 26;
/** Parties on one page. */
const PARTIES = 6;

/** What is printed and what was written by hand. */
export interface FormPage {
  readonly print: Plane;
  readonly ink: Plane;
}

/** What stands on a form: plain values, so that it can be drawn in another thread. */
export interface Form {
  readonly kind: string;
  readonly contest: string;
  readonly district: string;
  /** Where the station is, in a line. */
  readonly place: string;
  readonly choices: readonly { readonly number: number; readonly name: string }[];
  readonly parties: readonly { readonly number: number; readonly name: string; readonly columns: readonly number[] }[];
  readonly paper: Paper;
}

/** The form of a station in a district. `number`: of the station in its desa. */
export function formFor(district: District, desa: Region, number: string, paper: Paper): Form {
  const names: string[] = [];
  for (let at: Region | null = desa; at !== null && at.level !== "nation"; at = at.parent) names.push(at.name);
  return {
    kind: district.contest.kind.toUpperCase(),
    contest: district.contest.name.id.toUpperCase(),
    district: district.name,
    place: `TPS ${number}, ${names.join(", ")}. Pemilihan rekaan, bukan hasil pemilu.`,
    choices: district.choices.map(({ number: column, name }) => ({ number: column, name })),
    parties: district.parties.map(({ number: party, name, columns }) => ({ number: party, name, columns })),
    paper,
  };
}

/** The pages of a form: one, and where parties stand on it some for them. */
export function drawForm(form: Form, chance: Chance): FormPage[] {
  const { parties } = form;
  const count = 1 + Math.ceil(parties.length / PARTIES);
  const hand = handOf(chance);
  const pages = Array.from({ length: count }, (_, i) => new Drawing(form, hand, chance, i + 1, count));
  const [first, ...others] = pages;
  first?.head();
  first?.people();
  if (parties.length === 0) first?.choices();
  first?.totals();
  others.forEach((page, i) => {
    page.parties(i * PARTIES, (i + 1) * PARTIES);
  });
  for (const page of pages) page.signatures();
  return pages.map(({ print, ink }) => ({ print, ink }));
}

class Drawing implements FormPage {
  readonly print = new Plane(PAGE.width, PAGE.height);
  readonly ink = new Plane(PAGE.width, PAGE.height);
  readonly #form: Form;
  readonly #hand: Hand;
  readonly #chance: Chance;
  #y = 70;

  constructor(form: Form, hand: Hand, chance: Chance, page: number, pages: number) {
    this.#form = form;
    this.#hand = hand;
    this.#chance = chance;
    const banner = { size: 150, face: "medium", align: "centre", cover: 0.13, turn: -0.9 } as const;
    write(this.print, "SIMULASI", PAGE.width / 2 + 40, PAGE.height / 2 + 60, banner);
    this.print.frame(RIGHT - 130, 48, 130, 40);
    write(this.print, "MODEL C.HASIL", RIGHT - 65, 64, { size: 13, face: "medium", align: "centre" });
    write(this.print, `${form.kind} · SIMULASI`, RIGHT - 65, 80, { size: 12, align: "centre" });
    write(this.print, `Hal ${page} dari ${pages}`, RIGHT - 65, 104, { size: 12, align: "centre" });
    write(this.print, `HASIL PENGHITUNGAN SUARA DI TPS`, LEFT, 62, { size: 17, face: "medium" });
    write(this.print, form.contest, LEFT, 82, { size: 15, face: "medium", most: 520 });
    write(this.print, `Daerah pemilihan: ${form.district}`, LEFT, 102, { size: 13, most: 520 });
    write(this.print, form.place, LEFT, 122, { size: 13, most: RIGHT - LEFT });
    this.#y = 142;
  }

  head(): void {
    const text = "Nama, angka, dan tanda tangan pada lembar ini rekaan, untuk peragaan saja.";
    write(this.print, text, LEFT, this.#y + 6, { size: 12 });
    this.#y += 18;
  }

  people(): void {
    this.#title("I. DATA PEMILIH DAN PENGGUNA HAK PILIH", ["LAKI-LAKI", "PEREMPUAN", "JUMLAH"]);
    this.#sexes("Jumlah pemilih dalam DPT", "registered");
    this.#sexes("1. Pengguna hak pilih dalam DPT", "voters.dpt");
    this.#sexes("2. Pengguna hak pilih dalam DPTb", "voters.dptb");
    this.#sexes("3. Pengguna hak pilih dalam DPK", "voters.dpk");
    this.#sexes("4. Jumlah pengguna hak pilih (1+2+3)", "voters.total");
    this.#title("II. DATA PENGGUNAAN SURAT SUARA", ["", "", "JUMLAH"]);
    this.#figure("1. Surat suara yang diterima, termasuk cadangan 2%", "ballots.received");
    this.#figure("2. Surat suara yang digunakan", "ballots.used");
    this.#figure("3. Surat suara yang dikembalikan (rusak atau keliru coblos)", "ballots.returned");
    this.#figure("4. Surat suara yang tidak digunakan", "ballots.unused");
    this.#title("III. DATA PEMILIH DISABILITAS", ["LAKI-LAKI", "PEREMPUAN", "JUMLAH"]);
    this.#sexes("Pemilih disabilitas yang menggunakan hak pilih", "disabled");
  }

  choices(): void {
    const { choices, paper } = this.#form;
    this.#title("IV. PEROLEHAN SUARA", ["", "", "JUMLAH"]);
    choices.forEach(({ number, name }, i) => {
      this.#row(`${number}. ${name}`, [paper.votes[i] ?? 0]);
    });
  }

  totals(): void {
    this.#title("V. SUARA SAH DAN TIDAK SAH", ["", "", "JUMLAH"]);
    this.#figure("A. Jumlah seluruh suara sah", "valid");
    this.#figure("B. Jumlah suara tidak sah", "invalid");
    this.#figure("C. Jumlah suara sah dan tidak sah (A + B)", "total");
  }

  /** Parties from one to before another in two columns, each with its candidates and its total, as tall as the page lets them be. */
  parties(from: number, to: number): void {
    const { choices, parties, paper } = this.#form;
    this.#title("IV. PEROLEHAN SUARA PARTAI POLITIK DAN CALON", []);
    const top = this.#y + 6;
    const shown = parties.slice(from, to);
    const rows = shown.map(({ columns }) => columns.length + 1.6);
    const perColumn = Math.ceil(rows.length / 2);
    const tallest = Math.max(...[0, 1].map((n) => sum(rows.slice(n * perColumn, (n + 1) * perColumn))));
    const height = Math.min(22, (PAGE.height - 90 - top) / tallest);
    const width = (RIGHT - LEFT - 12) / 2;
    shown.forEach((party, i) => {
      const column = Math.floor(i / perColumn);
      const x = LEFT + column * (width + 12);
      let y = top + sum(rows.slice(column * perColumn, i)) * height;
      party.columns.forEach((at, n) => {
        const name = n === 0 ? `${party.number}. ${party.name}` : `${n}. ${choices[at]?.name ?? ""}`;
        this.#small(name, paper.votes[at] ?? 0, x, y, width, height, n === 0);
        y += height;
      });
      this.#small("Jumlah suara partai dan calon", paper.parties[from + i] ?? 0, x, y, width, height, true);
    });
  }

  signatures(): void {
    const y = PAGE.height - 66;
    write(this.print, "KPPS (rekaan)", LEFT, y - 8, { size: 12, face: "medium" });
    for (let i = 0; i < 7; i++) {
      const x = LEFT + i * ((RIGHT - LEFT) / 7);
      this.print.frame(x, y, (RIGHT - LEFT) / 7, 40);
      write(this.print, `${i + 1}.`, x + 4, y + 13, { size: 11 });
      if (!this.#chance.happens(0.06)) sign(this.ink, x + 22, y + 23, 72, this.#hand, this.#chance);
    }
  }

  #title(text: string, heads: readonly string[]): void {
    this.#y += 22;
    write(this.print, text, LEFT, this.#y, { size: 13.5, face: "medium" });
    heads.forEach((head, i) => {
      const centre = RIGHT - (2 - i) * (3 * BOX + 8) - 1.5 * BOX;
      write(this.print, head, centre, this.#y, { size: 10.5, face: "medium", align: "centre" });
    });
    this.#y += 7;
  }

  #sexes(
    label: string,
    path: "registered" | "voters.dpt" | "voters.dptb" | "voters.dpk" | "voters.total" | "disabled",
  ) {
    const { figures } = this.#form.paper;
    this.#row(
      label,
      [`${path}.male`, `${path}.female`, `${path}.total`].map((each) => figures[FIGURE[each as FigurePath]] ?? 0),
    );
  }

  #figure(label: string, path: FigurePath): void {
    this.#row(label, [this.#form.paper.figures[FIGURE[path]] ?? 0]);
  }

  /** A row with its numbers at the right, three boxes each. */
  #row(label: string, numbers: readonly number[]): void {
    const boxes = numbers.length * (3 * BOX + 8) - 8;
    this.print.frame(LEFT, this.#y, RIGHT - LEFT, ROW + 1);
    write(this.print, label, LEFT + 8, this.#y + 18, { size: 13, most: RIGHT - LEFT - boxes - 24 });
    numbers.forEach((number, i) => {
      const x = RIGHT - (numbers.length - 1 - i) * (3 * BOX + 8) - 3 * BOX;
      this.#boxes(number, x, this.#y, BOX, ROW);
    });
    this.#y += ROW;
  }

  #small(label: string, number: number, x: number, y: number, width: number, height: number, strong: boolean): void {
    const box = Math.min(22, height);
    this.print.frame(x, y, width, height + 1, 0.7);
    const face = strong ? "medium" : "regular";
    write(this.print, label, x + 3, y + height * 0.72, { size: height * 0.66, face, most: width - 3 * box - 8 });
    this.#boxes(number, x + width - 3 * box, y, box, height);
  }

  #boxes(number: number, x: number, y: number, width: number, height: number): void {
    const digits = String(Math.min(number, 999)).padStart(3, " ");
    [...digits].forEach((digit, i) => {
      const box = { x: x + i * width, y, width, height };
      this.print.frame(box.x, y, width + 1, height + 1, 0.8);
      if (digit !== " ") writeDigit(this.ink, Number(digit), box, this.#hand, this.#chance);
    });
  }
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, n) => all + n, 0);
