/**
 * The certificate of the largest kecamatan there is: 551 stations in DPR, 179 columns, through the thread that prints. Made twice: a
 * paper must come out the same whenever it is printed.
 */
import { Printer } from "../src/recap/printer.ts";
import { kecamatanForm, partyChoices } from "../src/recap/testing/forms.ts";
import { type Figure, seconds } from "./figure.ts";

const STATIONS = 551;
const DESA = 11;
/** Candidates of the 18 parties: with the parties' own columns 179. */
const CANDIDATES = [...new Array<number>(17).fill(9), 8];

/** Nothing to be prepared: the figures follow from their places. */
export async function prepare(): Promise<void> {}

export async function run(): Promise<Figure[]> {
  const desa = Array.from({ length: DESA }, (_, i) => {
    const stations = Math.floor(STATIONS / DESA) + (i < STATIONS % DESA ? 1 : 0);
    return [`Desa Rekaan ${i + 1}`, stations] as const;
  });
  const form = kecamatanForm({ choices: partyChoices(CANDIDATES), desa });
  const printer = new Printer();
  try {
    const began = performance.now();
    const bytes = await printer.print({ what: "certificate", form });
    const took = seconds(began);
    const again = await printer.print({ what: "certificate", form });
    if (Buffer.compare(bytes, again) !== 0) throw new Error("the certificate was printed twice and came out different");
    return [
      { what: `certificate of ${STATIONS} stations in DPR, as PDF`, value: took, unit: "s", atMost: 10 },
      { what: "its size", value: bytes.length / 1e6, unit: "MB" },
    ];
  } finally {
    await printer.close();
  }
}
