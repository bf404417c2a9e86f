/**
 * The fingerprint of a certificate: whoever receives the paper types two short groups of it, and knows whether the figures
 * on the paper are those that travelled by wire. It covers the figures and what they are figures of; not the state, the
 * names of people or the log, so that a draft and the certificate that was signed without a change have the same one.
 *
 * Base32 after Douglas Crockford, without I, L, O and U: read aloud and typed by tired people, it leaves no look-alikes.
 */
import { utf8 } from "../ledger/bytes.ts";
import { canonical } from "../ledger/canonical.ts";
import { sha256 } from "../ledger/hash.ts";
import { ballotColumns, type Choices, type Column, type Form, type Part } from "./form.ts";

const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUP = 4;

/** SHA-256 of the form's figures in canonical JSON, as 13 groups of four: `7K3M-Q9TD-…`. */
export function fingerprint(form: Form): string {
  const { contest, district, region } = form.heading;
  const text = canonical({
    type: "teguh/dhasil/v1",
    contest,
    region,
    district: district?.normalize("NFC") ?? null,
    numbers: ballotNumbers(form.choices),
    parts: form.parts.map(partRows),
    closing: partRows(form.closing),
  });
  return groups(crockford(sha256(utf8(text))));
}

/** For each column of the votes the numbers on the ballot: what makes the columns mean the same on both sides. */
function ballotNumbers(choices: Choices): number[][] {
  const numbers: number[][] = ballotColumns(choices).map(() => []);
  if (choices.kind === "list") {
    for (const { column, number } of choices.choices) numbers[column] = [number];
    return numbers;
  }
  for (const party of choices.parties) {
    numbers[party.column] = [party.number];
    for (const { column, number } of party.candidates) numbers[column] = [party.number, number];
  }
  return numbers;
}

const partRows = ({ name, columns, sum }: Part) => [name.normalize("NFC"), [...columns, sum].map(columnRow)];

const columnRow = ({ label, figures, votes }: Column) => [label.normalize("NFC"), figures, votes];

function crockford(bytes: Uint8Array): string {
  let text = "";
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += ALPHABET[(held >> (bits - 5)) & 31];
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31] : text;
}

function groups(text: string): string {
  return text.replace(new RegExp(`.{${GROUP}}(?=.)`, "g"), "$&-");
}
