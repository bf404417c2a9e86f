/** What people type into a form, read as what a statement holds: counts, moments on the hall's clock, numbers of letters. */
import { DECREE } from "../../../src/election/statement-fields.ts";
import { offsetOf } from "../../ui/format.ts";
import type { Need } from "./draft.ts";

const MINUTE = 60_000;

/** A whole number of at least 0 as people write it, `1.200` included; null if it is none. */
export function countIn(text: string): number | null {
  const digits = text.trim().replace(/^(\d{1,3})((?:[.,\s]\d{3})+)$/, (all) => all.replace(/\D/g, ""));
  return /^\d{1,9}$/.test(digits) ? Number(digits) : null;
}

/** `2029-02-20T09:00`, as a browser's field for a moment has it, on the clocks of a zone: milliseconds since 1970; null if it is none. */
export function momentIn(text: string, zone: string): number | null {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?$/.test(text)) return null;
  const utc = Date.parse(`${text}Z`);
  const time = utc - offsetOf(zone) * MINUTE;
  return time >= 0 ? time : null;
}

/** The reverse of {@link momentIn}, to the minute: what such a field is filled with. */
export function momentText(time: number, zone: string): string {
  return new Date(time + offsetOf(zone) * MINUTE).toISOString().slice(0, 16);
}

/** The number of a letter as printed on it, spaces put in order; null if it cannot be one. */
export function decreeIn(text: string): string | null {
  const tidy = text.trim().replace(/\s+/g, " ");
  return DECREE.test(tidy) ? tidy : null;
}

export const NEED_DECREE: Need = {
  field: "order",
  what: {
    id: "Tulis nomor surat seperti tercetak: huruf, angka, titik, garis miring, tanda hubung; paling panjang 64.",
    en: "Write the letter's number as printed: letters, digits, dots, slashes, hyphens; at most 64.",
  },
};
