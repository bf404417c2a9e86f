/** Which book, whose votes, between which two times: each choice is an address, so that an account can be sent to somebody. */
import { useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import type { Choice } from "../choice.ts";
import type { PageProps } from "../page-props.ts";
import { routeToPage } from "../route.ts";
import { Trouble } from "../trouble.tsx";
import { Editions, slotOf } from "../verify/editions.ts";
import { Fault } from "../verify/fault.ts";
import { BOOKS, type Book } from "../verify/objects.ts";
import { WORDS } from "../words.ts";
import { ACCOUNT_WORDS } from "./words.ts";

interface Props extends PageProps {
  readonly choices: readonly Choice[];
  readonly choice: Choice;
  readonly book: Book;
  readonly from: number;
  readonly to: number;
}

const MINUTE = 60_000;
/** Minutes before now, with their words. */
const AGO: readonly (readonly [number, Text])[] = [
  [10, ACCOUNT_WORDS.last10],
  [60, ACCOUNT_WORDS.last60],
  [360, ACCOUNT_WORDS.last360],
  [1440, ACCOUNT_WORDS.last1440],
  [10_080, ACCOUNT_WORDS.last10080],
];

export function Controls(props: Props) {
  const { route, snapshot, choices, choice, book, from, to, reader } = props;
  const speech = useSpeech();
  const [fault, setFault] = useState<Fault | null>(null);
  const [looking, setLooking] = useState(false);
  const go = (change: Readonly<Record<string, string | undefined>>) => {
    const ask = { ...route.ask, buku: book, pilihan: choice.key, ...change };
    location.hash = routeToPage(route.contest, route.region, "riwayat", ask, route.station ?? undefined);
  };
  const { edition } = snapshot;
  /** The edition that stood so many minutes ago, as far as one is kept. */
  const lookFor = async (minutes: number): Promise<string> => {
    const found = await new Editions(reader, snapshot).firstSince(
      slotOf(edition.time - minutes * MINUTE, edition.time),
    );
    return `${found.number}`;
  };
  const choose = (word: "dari" | "sampai", value: string) => {
    if (value === "") return go({ [word]: undefined });
    if (!value.startsWith("-")) return go({ [word]: value });
    setLooking(true);
    lookFor(-Number(value))
      .then((number) => go({ [word]: number }))
      .catch((cause: unknown) => {
        if (!(cause instanceof Fault)) throw cause;
        setFault(cause);
      })
      .finally(() => setLooking(false));
  };
  return (
    <form class="controls" onSubmit={(event) => event.preventDefault()}>
      <fieldset class="books-choice">
        <legend>{speech.text(ACCOUNT_WORDS.book)}</legend>
        {BOOKS.map((each) => (
          <button key={each} type="button" aria-pressed={each === book} onClick={() => go({ buku: each })}>
            {speech.text(WORDS[each])}
          </button>
        ))}
      </fieldset>
      <label>
        {speech.text(ACCOUNT_WORDS.choice)}
        <select value={choice.key} onChange={({ currentTarget }) => go({ pilihan: currentTarget.value })}>
          {choices.map(({ key, number, name }) => (
            <option key={key} value={key}>
              {number}. {name}
            </option>
          ))}
        </select>
      </label>
      <When
        word={ACCOUNT_WORDS.from}
        first={ACCOUNT_WORDS.beginning}
        number={from === 0 ? null : from}
        choose={(value) => choose("dari", value)}
      />
      <When
        word={ACCOUNT_WORDS.to}
        first={ACCOUNT_WORDS.now}
        number={to === edition.number ? null : to}
        choose={(value) => choose("sampai", value)}
      />
      {looking && (
        <p class="small muted" role="status">
          {speech.text(ACCOUNT_WORDS.looking)}
        </p>
      )}
      {fault && <Trouble fault={fault} kept={true} again={() => setFault(null)} />}
    </form>
  );
}

interface WhenProps {
  readonly word: Text;
  readonly first: Text;
  /** The edition chosen; null: the first of the list. */
  readonly number: number | null;
  /** "" for the first, minutes before now as a negative number, or an edition's number. */
  readonly choose: (value: string) => void;
}

function When({ word, first, number, choose }: WhenProps) {
  const speech = useSpeech();
  return (
    <label>
      {speech.text(word)}
      <select value={number === null ? "" : `${number}`} onChange={({ currentTarget }) => choose(currentTarget.value)}>
        <option value="">{speech.text(first)}</option>
        {number !== null && (
          <option value={`${number}`}>
            {speech.text(ACCOUNT_WORDS.editionOption)}
            {speech.number(number)}
          </option>
        )}
        {AGO.map(([minutes, words]) => (
          <option key={minutes} value={`-${minutes}`}>
            {speech.text(words)}
          </option>
        ))}
      </select>
    </label>
  );
}
