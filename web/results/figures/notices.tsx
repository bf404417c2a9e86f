/** What stands beside the totals: votes that wait to be matched, with both totals. */
import { useSpeech } from "../../ui/language.tsx";
import type { Names } from "../verify/names.ts";
import type { Figures, ResultObject, Sparse } from "../verify/objects.ts";
import { WORDS } from "../words.ts";

interface HeldRow {
  readonly name: string;
  readonly counted: number;
  readonly held: number;
}

/** The rows of the table of both totals: parties where there are any, else the choices of each list. */
function heldRows(own: Figures, ids: readonly string[], names: ReadonlyMap<string, Names>): HeldRow[] {
  if (own.parties !== null) {
    const known = new Map(
      [...names.values()].flatMap(({ parties }) => parties.map((each) => [each.id, each.short] as const)),
    );
    return rowsOf(own.parties.votes, own.parties.held, (i) => known.get(ids[i] ?? "") ?? ids[i] ?? "");
  }
  return own.lists.flatMap((list) => {
    const choices = names.get(list.names ?? "")?.choices;
    return rowsOf(list.votes, list.held, (i) => `${choices?.[i]?.number ?? i + 1}. ${choices?.[i]?.name ?? ""}`);
  });
}

function rowsOf(votes: readonly number[], held: Sparse, name: (column: number) => string): HeldRow[] {
  return held.map(([column, n]) => ({ name: name(column), counted: votes[column] ?? 0, held: n }));
}

/** Votes of the count book that wait to be matched; nothing if there are none. */
export function Held({ object, names }: { object: ResultObject; names: ReadonlyMap<string, Names> }) {
  const speech = useSpeech();
  const own = object.count;
  const rows = heldRows(own, object.parties, names);
  const votes = rows.reduce((total, row) => total + row.held, 0);
  const stations = own.stations.held ?? 0;
  if (stations === 0 && votes === 0) return null;
  return (
    <section class="notice held" aria-labelledby="held">
      <h2 id="held">
        {speech.text(WORDS.heldTitle)}: {speech.number(stations)} {speech.text(WORDS.stationUnit)}
        {rows.length > 0 && `, ${speech.number(votes)} ${speech.text(WORDS.voteColumn).toLowerCase()}`}
      </h2>
      <p>{speech.text(WORDS.heldBody)}</p>
      {rows.length > 0 && (
        <details>
          <summary>{speech.text(WORDS.ifAdded)}</summary>
          <table>
            <caption class="unseen">{speech.text(WORDS.ifAdded)}</caption>
            <thead>
              <tr>
                <th scope="col">{speech.text(WORDS.choice)}</th>
                {[WORDS.counted, WORDS.waitingVotes, WORDS.both].map((word) => (
                  <th key={word.en} scope="col" class="number wrap">
                    {speech.text(word)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.name}>
                  <th scope="row">{row.name}</th>
                  <td class="number">{speech.number(row.counted)}</td>
                  <td class="number">{speech.number(row.held)}</td>
                  <td class="number">{speech.number(row.counted + row.held)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      )}
    </section>
  );
}
