/** The running total of the desa, beside the station: what has been read of the box so far, and how far it is. */
import { FIGURE } from "../../../src/election/figures.ts";
import type { DesaView, DistrictView } from "../../../src/recap/wire/views.ts";
import { Changing } from "../../ui/changing.tsx";
import { useSpeech } from "../../ui/language.tsx";
import { partyGroups } from "./form.ts";
import { READING_WORDS as WORDS } from "./words.ts";

export function DesaTotal({ desa, district }: { desa: DesaView; district: DistrictView }) {
  const speech = useSpeech();
  const { lines, sums } = desa;
  const read = lines.filter((line) => line.read !== null).length;
  const groups = partyGroups(district);
  const title = (
    <>
      {speech.text(WORDS.desaTotal)}{" "}
      <span class="muted">
        {speech.number(read)} {speech.text(WORDS.of)} {speech.number(lines.length)}
      </span>
    </>
  );
  const foot = [
    { id: "valid", number: "", name: speech.text(WORDS.valid), sum: sums.figures[FIGURE.valid] ?? 0 },
    { id: "invalid", number: "", name: speech.text(WORDS.invalid), sum: sums.figures[FIGURE.invalid] ?? 0 },
  ];
  if (groups.length === 0) {
    const rows = district.choices.map(({ id, number, name }, column) => ({
      id,
      number,
      name,
      sum: sums.votes[column] ?? 0,
    }));
    return (
      <table class="desa-total">
        <caption>{title}</caption>
        <Rows rows={[...rows, ...foot]} />
      </table>
    );
  }
  const rows = groups.map(({ party: { id, number, name }, columns }) => ({
    id,
    number,
    name,
    sum: columns.reduce((total, column) => total + (sums.votes[column] ?? 0), 0),
  }));
  // Long ballots: the parties are a key away, so that the form's own first parts stay in sight.
  return (
    <div class="desa-total">
      <details>
        <summary>{title}</summary>
        <table>
          <Rows rows={rows} />
        </table>
      </details>
      <table>
        <Rows rows={foot} />
      </table>
    </div>
  );
}

interface Row {
  readonly id: string;
  readonly number: number | string;
  readonly name: string;
  readonly sum: number;
}

function Rows({ rows }: { rows: readonly Row[] }) {
  return (
    <tbody>
      {rows.map(({ id, number, name, sum }) => (
        <tr key={id}>
          <td class="ballot-number">{number}</td>
          <th scope="row">{name}</th>
          <td class="number">
            <Changing value={sum} />
          </td>
        </tr>
      ))}
    </tbody>
  );
}
