/** Who got how many votes, in one book: a row for each choice or party, always with number and name beside the colour. */
import { useState } from "preact/hooks";
import { Changing } from "../../ui/changing.tsx";
import { useSpeech } from "../../ui/language.tsx";
import { partyKey, routeToPage } from "../route.ts";
import type { ChoiceName, Names, PartyName } from "../verify/names.ts";
import type { Book, Figures, List, ResultObject } from "../verify/objects.ts";
import type { Sparse } from "../verify/shape.ts";
import { WORDS } from "../words.ts";

type NamesByHash = ReadonlyMap<string, Names>;

interface Props {
  readonly book: Book;
  readonly object: ResultObject;
  readonly names: NamesByHash;
}

/** The votes of a region in one book, by choice or, where candidates stand within parties, by party. */
export function Votes({ book, object, names }: Props) {
  const speech = useSpeech();
  const own = object[book];
  const toDistricts = own.lists.length === 0 && (
    <p class="small">
      <a class="target" href={routeToPage(object.contest, object.region, "dapil")}>
        {speech.text(WORDS.perDistrict)}
      </a>
    </p>
  );
  if (own.parties !== null) {
    return (
      <>
        <PartyVotes book={book} own={own} object={object} names={names} />
        {toDistricts}
      </>
    );
  }
  if (toDistricts) return toDistricts;
  return own.lists.map((list) => (
    <VoteTable
      key={list.district}
      book={book}
      list={list}
      names={names.get(list.names ?? "")}
      titled={own.lists.length > 1}
      object={object}
    />
  ));
}

function HeadRow({ first }: { first: string }) {
  const speech = useSpeech();
  return (
    <thead>
      <tr>
        <th scope="col">
          <abbr title={speech.text(WORDS.choice)}>{speech.text(WORDS.number)}</abbr>
        </th>
        <th scope="col">{first}</th>
        <th scope="col" class="number">
          {speech.text(WORDS.voteColumn)}
        </th>
      </tr>
    </thead>
  );
}

/** How many votes were ever taken away, leading to the account that explains them; nothing where none were. */
function Fall({ object, book, choice, dapil, removed, column }: FallProps) {
  const speech = useSpeech();
  const [, fallen = 0] = removed.find(([at]) => at === column) ?? [];
  if (fallen === 0) return null;
  const ask = { buku: book, pilihan: choice, dapil };
  return (
    <a class="fall small" href={routeToPage(object.contest, object.region, "riwayat", ask)}>
      −{speech.number(fallen)} {speech.text(WORDS.corrected)}
    </a>
  );
}

interface FallProps {
  readonly object: ResultObject;
  readonly book: Book;
  /** As the address of an account names it. */
  readonly choice: string;
  /** The district whose candidate it is. */
  readonly dapil?: string;
  readonly removed: Sparse;
  readonly column: number;
}

interface VoteRowProps {
  readonly number: number | string;
  readonly name: string;
  readonly colour: string;
  readonly votes: number;
  readonly whole: number;
  readonly toggle?: { readonly open: boolean; readonly flip: () => void };
  readonly minor?: boolean;
  readonly fall?: FallProps;
}

function VoteRow({ number, name, colour, votes, whole, toggle, minor = false, fall }: VoteRowProps) {
  const speech = useSpeech();
  const share = whole === 0 ? 0 : (votes / whole) * 100;
  return (
    <tr class={minor ? "minor" : ""}>
      <td>
        <span class="chip" style={{ "--colour": colour }}>
          {number}
        </span>
      </td>
      <th scope="row">
        {toggle === undefined ? (
          name
        ) : (
          <button type="button" class="fold" aria-expanded={toggle.open} onClick={toggle.flip}>
            {name}
          </button>
        )}
        {!minor && (
          <span class="bar" style={{ "--share": `${share}%`, "--colour": colour }}>
            <span />
          </span>
        )}
      </th>
      <td class="number figure">
        <Changing value={votes} />
        <span class="small muted">{speech.share(votes, whole)}</span>
        {fall && <Fall {...fall} />}
      </td>
    </tr>
  );
}

const sum = (values: readonly number[]) => values.reduce((total, n) => total + n, 0);

interface VoteTableProps {
  readonly book: Book;
  readonly list: List;
  readonly names: Names | undefined;
  readonly titled: boolean;
  readonly object: ResultObject;
}

function VoteTable({ book, list, names, titled, object }: VoteTableProps) {
  const speech = useSpeech();
  const whole = sum(list.votes);
  return (
    <table class="votes plain-votes">
      <caption class={titled ? "" : "unseen"}>{titled ? names?.district : speech.text(WORDS.votes)}</caption>
      <HeadRow first={speech.text(WORDS.choice)} />
      <tbody>
        {list.votes.map((votes, column) => {
          const choice = names?.choices[column];
          return (
            <VoteRow
              key={choice?.id ?? column}
              number={choice?.number ?? column + 1}
              name={choice?.name ?? ""}
              colour={choice?.colour ?? ""}
              votes={votes}
              whole={whole}
              fall={{ object, book, choice: choice?.id ?? "", removed: list.removed, column }}
            />
          );
        })}
      </tbody>
    </table>
  );
}

interface PartyVotesProps {
  readonly book: Book;
  readonly own: Figures;
  readonly object: ResultObject;
  readonly names: NamesByHash;
}

function PartyVotes({ book, own, object, names }: PartyVotesProps) {
  const speech = useSpeech();
  const ids = object.parties;
  const votes = own.parties?.votes ?? [];
  const whole = sum(votes);
  const known = new Map(
    [...names.values()].flatMap(({ parties }) => parties.map((party) => [party.id, party] as const)),
  );
  // A party without a candidate anywhere in this region's districts stands on no ballot here.
  const rows = ids.flatMap((id, i) => (known.has(id) || (votes[i] ?? 0) > 0 ? [{ id, votes: votes[i] ?? 0 }] : []));
  return (
    <table class="votes">
      <caption class="unseen">{speech.text(WORDS.votes)}</caption>
      <HeadRow first={speech.text(WORDS.party)} />
      {rows.map((row) => (
        <PartyRows
          key={row.id}
          party={known.get(row.id)}
          id={row.id}
          votes={row.votes}
          whole={whole}
          own={own}
          names={names}
          object={object}
          book={book}
        />
      ))}
    </table>
  );
}

interface PartyRowsProps {
  readonly party: PartyName | undefined;
  readonly id: string;
  readonly votes: number;
  readonly whole: number;
  readonly own: Figures;
  readonly names: NamesByHash;
  readonly object: ResultObject;
  readonly book: Book;
}

function PartyRows({ party, id, votes, whole, own, names, object, book }: PartyRowsProps) {
  const [open, setOpen] = useState(false);
  const colour = party?.colour ?? "";
  const removed = own.parties?.removed ?? [];
  const fall = { object, book, choice: partyKey(id), removed, column: object.parties.indexOf(id) };
  const row = { number: party?.number ?? id, name: party?.name ?? id, colour, votes, whole, fall };
  const toggle = own.lists.length === 0 ? {} : { toggle: { open, flip: () => setOpen(!open) } };
  return (
    <tbody>
      <VoteRow {...row} {...toggle} />
      {open &&
        own.lists.map((list) => (
          <Candidates
            key={list.district}
            id={id}
            list={list}
            names={names}
            titled={own.lists.length > 1}
            object={object}
            book={book}
          />
        ))}
    </tbody>
  );
}

interface CandidatesProps {
  readonly id: string;
  readonly list: List;
  readonly names: NamesByHash;
  readonly titled: boolean;
  readonly object: ResultObject;
  readonly book: Book;
}

function Candidates({ id, list, names, titled, object, book }: CandidatesProps) {
  const speech = useSpeech();
  const district = names.get(list.names ?? "");
  const party = district?.parties.findIndex((each) => each.id === id) ?? -1;
  if (district === undefined || party < 0) return null;
  const own = district.choices.flatMap((choice, column) =>
    choice.party === party ? [{ choice, column, votes: list.votes[column] ?? 0 }] : [],
  );
  const whole = sum(own.map(({ votes }) => votes));
  const isParty = (choice: ChoiceName) => choice.id === id;
  return (
    <>
      {titled && (
        <tr class="minor">
          <th scope="colgroup" colSpan={3}>
            {district.district}
          </th>
        </tr>
      )}
      {own.map(({ choice, column, votes }) => (
        <VoteRow
          key={choice.id}
          number={isParty(choice) ? "" : choice.number}
          name={isParty(choice) ? speech.text(WORDS.partyVotes) : choice.name}
          colour={choice.colour}
          votes={votes}
          whole={whole}
          minor
          fall={{ object, book, choice: choice.id, dapil: list.district, removed: list.removed, column }}
        />
      ))}
    </>
  );
}
