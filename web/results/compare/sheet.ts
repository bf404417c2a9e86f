/**
 * A table out of a stranger's file: cells as they are written, and which of them are formulas. What cannot be read is said in
 * words that help whoever made the file; nothing is guessed silently.
 */
import type { Text } from "../../../src/election/text.ts";

export interface Cell {
  readonly text: string;
  /** The cell computes its value; what was last computed may not be what is true. */
  readonly formula: boolean;
}

export interface Sheet {
  readonly rows: readonly (readonly Cell[])[];
  /** What a person should know though the file was read. */
  readonly notes: readonly Text[];
}

/** A file that cannot be used, and what to do about it. */
export class BadFile extends Error {
  override readonly name = "BadFile";
  readonly text: Text;

  constructor(text: Text) {
    super(text.en);
    this.text = text;
  }
}

/** A file has at most so many rows: all stations of the largest province twice over. */
export const MOST_ROWS = 300_000;
/** And at most so many bytes. */
export const MOST_BYTES = 64 * 2 ** 20;

export const EMPTY: Cell = { text: "", formula: false };

export function tooManyRows(): BadFile {
  return new BadFile({
    id: "Berkas ini punya lebih dari 300.000 baris. Bagi menurut provinsi atau kabupaten, lalu bandingkan satu per satu.",
    en: "The file has more than 300,000 rows. Split it by province or regency and compare one after the other.",
  });
}

export function tooLarge(): BadFile {
  return new BadFile({
    id: "Berkas ini lebih besar dari 64 MB. Bagi menurut provinsi atau kabupaten, lalu bandingkan satu per satu.",
    en: "The file is larger than 64 MB. Split it by province or regency and compare one after the other.",
  });
}

/** A whole number as people write it, with points or commas between thousands; null if it is none. */
export function wholeNumber(text: string): number | null {
  const plain = /^\d{1,3}([.,]\d{3})+$/.test(text) ? text.replace(/[.,]/g, "") : text.replace(/[.,]0+$/, "");
  return /^\d{1,6}$/.test(plain) ? Number(plain) : null;
}
