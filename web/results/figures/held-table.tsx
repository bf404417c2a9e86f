/** Both totals of what waits to be matched: what is counted, what waits, and what they would be together. */
import { Fragment } from "preact";
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import { useWide } from "../../ui/use-wide.ts";
import type { Names } from "../verify/names.ts";
import type { Figures, ResultObject } from "../verify/objects.ts";
import type { Sparse } from "../verify/shape.ts";
import { WORDS } from "../words.ts";

const HELD_WORDS = {
  counted: { id: "Terhitung", en: "Counted" },
  waitingVotes: { id: "Menunggu", en: "Waiting" },
  both: { id: "Jumlah", en: "Sum" },
} as const satisfies Readonly<Record<string, Text>>;

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

export function HeldTable({ object, names }: { object: ResultObject; names: ReadonlyMap<string, Names> }) {
  const speech = useSpeech();
  // On a phone a name has a line of its own, and its figures stand below.
  const isWide = useWide();
  const rows = heldRows(object.count, object.parties, names);
  const words = [HELD_WORDS.counted, HELD_WORDS.waitingVotes, HELD_WORDS.both].map(speech.text);
  return (
    <table>
      <caption class="unseen">{speech.text(WORDS.ifAdded)}</caption>
      <thead>
        <tr>
          {isWide && <th scope="col">{speech.text(WORDS.choice)}</th>}
          {words.map((word) => (
            <th key={word} scope="col" class="number wrap">
              {word}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, counted, held }) => {
          const figures = [counted, held, counted + held].map((votes, i) => (
            <td key={words[i]} class="number">
              {speech.number(votes)}
            </td>
          ));
          return isWide ? (
            <tr key={name}>
              <th scope="row">{name}</th>
              {figures}
            </tr>
          ) : (
            <Fragment key={name}>
              <tr>
                <th scope="rowgroup" colSpan={words.length}>
                  {name}
                </th>
              </tr>
              <tr>{figures}</tr>
            </Fragment>
          );
        })}
      </tbody>
    </table>
  );
}
