/** The account itself, ruled as on a bank's paper: opening, new stations, corrections up and down, closing. */
import { Changing } from "../../ui/changing.tsx";
import { useSpeech } from "../../ui/language.tsx";
import type { Choice } from "../choice.ts";
import type { Book } from "../verify/objects.ts";
import { WORDS } from "../words.ts";
import type { Account } from "./account.ts";
import type { Moment } from "./load.ts";
import { ACCOUNT_WORDS } from "./words.ts";

interface Props {
  readonly account: Account;
  readonly before: Moment["edition"];
  readonly after: Moment["edition"];
  readonly choice: Choice;
  readonly book: Book;
  readonly zone: string;
}

export function Statement({ account, before, after, choice, book, zone }: Props) {
  const speech = useSpeech();
  const at = (edition: Moment["edition"]) =>
    edition === null
      ? speech.text(ACCOUNT_WORDS.before)
      : `${speech.text(WORDS.edition).toLowerCase()}${speech.number(edition.number)}, ${speech.time(edition.time, zone)}`;
  const stations = speech.text(book === "count" ? ACCOUNT_WORDS.stations : ACCOUNT_WORDS.stationsRead);
  const count = `${speech.number(account.stations)} ${speech.text(WORDS.stationUnit)}`;
  return (
    <section class={`panel account ${book}`}>
      <table>
        <caption>
          <span class="chip" style={{ "--colour": choice.colour }}>
            {choice.number}
          </span>{" "}
          {choice.name}
          <span class="small muted">
            {" "}
            {speech.text(WORDS[book])}, {speech.text(book === "count" ? WORDS.countVoice : WORDS.recapVoice)}
          </span>
        </caption>
        <tbody>
          <Line word={speech.text(ACCOUNT_WORDS.opening)} note={at(before)} value={account.opening} />
          <Line word={stations} note={count} value={account.first} sign="+" />
          <Line word={speech.text(ACCOUNT_WORDS.up)} value={account.raised} sign="+" />
          <Line word={speech.text(ACCOUNT_WORDS.down)} value={account.removed} sign="−" />
        </tbody>
        <tfoot>
          <Line word={speech.text(ACCOUNT_WORDS.closing)} note={at(after)} value={account.closing} />
        </tfoot>
      </table>
    </section>
  );
}

interface LineProps {
  readonly word: string;
  readonly note?: string | undefined;
  readonly value: number;
  readonly sign?: "+" | "−";
}

function Line({ word, note, value, sign }: LineProps) {
  return (
    <tr>
      <th scope="row">
        {word}
        {note !== undefined && <span class="small muted">{note}</span>}
      </th>
      <td class="number figure">
        {sign !== undefined && <span class="sign">{sign}</span>}
        <Changing value={value} />
      </td>
    </tr>
  );
}
