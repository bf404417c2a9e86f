/** Riwayat perubahan suara: why the votes of a choice in a region are what they are, as a bank states an account. */
import { useSpeech } from "../../ui/language.tsx";
import { upAndDown } from "../changes/movement.ts";
import { PostingItem } from "../changes/posting.tsx";
import { type Choice, choicesOf, districtsOf } from "../choice.ts";
import controls from "../controls.css?inline";
import type { PageProps } from "../page-props.ts";
import { partyKey, routeToPage } from "../route.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { withCandidates } from "../verify/lists.ts";
import { BOOKS, type Book } from "../verify/objects.ts";
import { wear } from "../wear.ts";
import css from "./account.css?inline";
import { regionAccount } from "./account.ts";
import { Controls } from "./controls.tsx";
import { loadBetween } from "./load.ts";
import { Parts } from "./parts.tsx";
import type { ShownProps } from "./props.ts";
import { Statement } from "./statement.tsx";
import { ACCOUNT_WORDS } from "./words.ts";

wear(controls);
wear(css);

/** What the address asks for, with what stands in its place where it asks nothing. */
function askedOf({ route, snapshot }: PageProps, choices: readonly Choice[]) {
  const book: Book = BOOKS.find((each) => each === route.ask.buku) ?? "count";
  const fallen = choices.find((choice) => "column" in choice.at && hasFallen(snapshot, book, choice));
  const choice = choices.find(({ key }) => key === route.ask.pilihan) ?? fallen ?? choices[0];
  const number = (word: string | undefined, otherwise: number) =>
    word !== undefined && /^\d{1,9}$/.test(word) ? Math.min(Number(word), snapshot.edition.number) : otherwise;
  const to = Math.max(1, number(route.ask.sampai, snapshot.edition.number));
  return { book, choice, from: Math.min(number(route.ask.dari, 0), to), to };
}

function hasFallen({ place }: PageProps["snapshot"], book: Book, { at }: Choice): boolean {
  if (!place?.reported || !("column" in at)) return false;
  const list = place.object[book].lists.find(({ district }) => district === at.district);
  return list?.removed.some(([column, n]) => column === at.column && n > 0) ?? false;
}

export function AccountPage(props: PageProps) {
  const { place } = props.snapshot;
  const { dapil, pilihan } = props.route.ask;
  const isOfCandidate = dapil !== undefined || (pilihan !== undefined && !pilihan.startsWith(partyKey("")));
  const areApart = place?.reported === true && place.object.lists !== null;
  return isOfCandidate && areApart ? <CandidateAccount {...props} /> : <Account {...props} />;
}

/** Where candidates stand apart those of one district are fetched before anything can be chosen. */
function CandidateAccount(props: PageProps) {
  const { reader, snapshot, route, refresh } = props;
  const speech = useSpeech();
  const { dapil, pilihan } = route.ask;
  const { value, fault } = useLoaded(
    `${snapshot.contest}/${route.region}/${dapil ?? pilihan}`,
    () => withCandidates(reader, snapshot, { code: dapil, choice: pilihan }),
    snapshot.edition.id,
  );
  if (fault) return <Trouble fault={fault} kept={false} again={refresh} />;
  if (value === null) return <p class="muted waiting">{speech.text(ACCOUNT_WORDS.looking)}</p>;
  return <Account {...props} snapshot={value} />;
}

function Account(props: PageProps) {
  const { reader, snapshot, route, refresh } = props;
  const speech = useSpeech();
  const object = snapshot.place?.reported ? snapshot.place.object : null;
  const choices = object === null ? [] : choicesOf(object, snapshot.names);
  const asked = askedOf(props, choices);
  const { from, to } = asked;
  const { value, fault } = useLoaded(
    `${snapshot.contest}/${route.region}`,
    () => loadBetween(reader, snapshot, route.region, from, to),
    `${snapshot.edition.id}/${from}/${to}`,
  );
  if (object === null || asked.choice === undefined) return <p class="panel">{speech.text(ACCOUNT_WORDS.nothing)}</p>;
  return (
    <>
      <p>{speech.text(ACCOUNT_WORDS.intro)}</p>
      <Controls {...props} choices={choices} choice={asked.choice} book={asked.book} from={from} to={to} />
      {object.parties.length > 0 && choices.length === object.parties.length && (
        <p>
          <a class="target" href={routeToPage(object.contest, object.region, "dapil")}>
            {speech.text(ACCOUNT_WORDS.perDistrict)}
          </a>
        </p>
      )}
      {fault && <Trouble fault={fault} kept={value !== null} again={refresh} />}
      {value === null && fault === null && <p class="muted waiting">{speech.text(ACCOUNT_WORDS.looking)}</p>}
      {value !== null && "notKept" in value && (
        <p class="notice held">{speech.text(ACCOUNT_WORDS.notKept).replace("{n}", speech.number(value.notKept))}</p>
      )}
      {value !== null && "before" in value && (
        <Shown {...props} between={value} book={asked.book} choice={asked.choice} />
      )}
    </>
  );
}

function Shown(props: ShownProps) {
  const { between, book, choice, snapshot, route } = props;
  const speech = useSpeech();
  const { before, after, postings } = between;
  if (after.figures === null) return <p class="panel">{speech.text(ACCOUNT_WORDS.nothing)}</p>;
  const where = `now/${snapshot.contest}/${route.region}.json`;
  const account = regionAccount(before.figures?.[book] ?? null, after.figures[book], choice, book, where);
  if (account === null) return <p class="panel">{speech.text(ACCOUNT_WORDS.notCarried)}</p>;
  // Of a single station the line that it has in its desa is the account.
  if (route.station !== null) {
    return (
      <>
        <Parts {...props} />
        <Corrections {...props} />
      </>
    );
  }
  return (
    <>
      <Statement
        account={account}
        before={before.edition}
        after={after.edition}
        choice={choice}
        book={book}
        zone={snapshot.path.at(-1)?.zone ?? "WIB"}
      />
      <Parts {...props} />
      {postings !== null && <Corrections {...props} />}
    </>
  );
}

/** The postings of the choice between the two editions, newest first. */
function Corrections(props: ShownProps) {
  const { between, book, choice, reader, snapshot, route } = props;
  const speech = useSpeech();
  const districts = districtsOf(snapshot);
  const desa = new Map(between.after.kecamatan?.children.map(({ code, name }) => [code, name]));
  const within = route.region + (route.station ?? "");
  const own = (between.postings?.[book] ?? []).filter((posting) => {
    if (within.length === 13 && posting.station !== within) return false;
    const { up, down } = upAndDown([posting], districts, choice);
    return up > 0 || down > 0;
  });
  return (
    <section class="panel">
      <h2>{speech.text(ACCOUNT_WORDS.corrections)}</h2>
      {own.length === 0 && <p class="muted">{speech.text(ACCOUNT_WORDS.noCorrections)}</p>}
      <ol class="postings">
        {own.toReversed().map((posting) => (
          <PostingItem
            key={`${posting.log}/${posting.index}`}
            reader={reader}
            snapshot={snapshot}
            book={book}
            posting={posting}
            names={districts.get(posting.district)}
            choice={choice}
            desa={desa.get(posting.station.slice(0, 10))}
          />
        ))}
      </ol>
    </section>
  );
}
