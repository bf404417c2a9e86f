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
  const rows =
    groups.length === 0
      ? district.choices.map(({ id, number, name }, column) => ({ id, number, name, sum: sums.votes[column] ?? 0 }))
      : groups.map(({ party, columns }) => ({
          ...party,
          sum: columns.reduce((total, column) => total + (sums.votes[column] ?? 0), 0),
        }));
  return (
    <table class="desa-total">
      <caption>
        {speech.text(WORDS.desaTotal)}{" "}
        <span class="muted">
          {speech.number(read)} {speech.text(WORDS.of)} {speech.number(lines.length)} {speech.text(WORDS.stationsRead)}
        </span>
      </caption>
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
        <tr>
          <td />
          <th scope="row">{speech.text(WORDS.totals)}</th>
          <td class="number">
            {speech.number(sums.figures[FIGURE.valid] ?? 0)} / {speech.number(sums.figures[FIGURE.invalid] ?? 0)}
          </td>
        </tr>
      </tbody>
    </table>
  );
}
