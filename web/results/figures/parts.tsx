/** What a region is made of: the regions within it, or a desa's stations. Both books in columns of their own. */
import { Fragment } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Changing } from "../../ui/changing.tsx";
import { useSpeech } from "../../ui/language.tsx";
import { useWide } from "../../ui/use-wide.ts";
import { Later } from "../later.tsx";
import { routeTo } from "../route.ts";
import type { Names } from "../verify/names.ts";
import { BOOKS, type Book, type ChildRow, FORM, type ResultObject, type StationEntry } from "../verify/objects.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";
import { CHILD_LEVEL, COUNT_STATES, LEVEL_WORDS, RECAP_STATES, WORDS } from "../words.ts";
import { loadNotes, Soon } from "./soon.tsx";

/** With so few choices each gets a column of its own in both books, where the screen is wide. */
const MOST_COLUMNS = 4;

function BookHeads({ first, columns }: { first: string; columns: readonly string[] }) {
  const speech = useSpeech();
  const books = [WORDS.countShort, WORDS.recapShort];
  return (
    <thead>
      <tr>
        <th scope="col" rowSpan={columns.length > 0 ? 2 : 1}>
          {first}
        </th>
        {books.map((word) => (
          <th key={word.en} scope="colgroup" colSpan={columns.length + 1} class="number">
            {speech.text(word)}
          </th>
        ))}
      </tr>
      {columns.length > 0 && (
        <tr>
          {books.map((word) => (
            <Fragment key={word.en}>
              {columns.map((column) => (
                <th key={column} scope="col" class="number">
                  {column}
                </th>
              ))}
              <th scope="col" class="number">
                {speech.text(WORDS.valid)}
              </th>
            </Fragment>
          ))}
        </tr>
      )}
    </thead>
  );
}

/** What is shown of the parts: their table, or one of two pictures, whose scripts come when they are asked for. */
const VIEWS = {
  table: WORDS.table,
  map: WORDS.map,
  course: WORDS.course,
} as const;

const loadMap = async () => (await import("./map.tsx")).ProgressMap;
const loadCourse = async () => (await import("./course.tsx")).Course;

export function Parts({ object, snapshot, reader }: { object: ResultObject; snapshot: Snapshot; reader: Reader }) {
  const speech = useSpeech();
  const [view, setView] = useState<keyof typeof VIEWS>("table");
  const { names } = snapshot;
  return (
    <section class="panel">
      <div class="views">
        {(["table", "map", "course"] as const).map((each) => (
          <button key={each} type="button" aria-pressed={view === each} onClick={() => setView(each)}>
            {speech.text(VIEWS[each])}
          </button>
        ))}
      </div>
      {view === "table" && <Children object={object} names={names} />}
      {view === "map" && <Later name="map" load={loadMap} props={{ object, names }} />}
      {view === "course" && <Later name="course" load={loadCourse} props={{ object, snapshot, reader }} />}
    </section>
  );
}

function Children({ object, names }: { object: ResultObject; names: ReadonlyMap<string, Names> }) {
  const speech = useSpeech();
  const level = LEVEL_WORDS[CHILD_LEVEL[object.level] ?? ""];
  const title = level === undefined ? "" : speech.text(level);
  const [list, ...others] = object.count.lists;
  const choices =
    others.length === 0 && object.count.parties === null ? names.get(list?.names ?? "")?.choices : undefined;
  const fit = useWide() && choices !== undefined && choices.length <= MOST_COLUMNS;
  const columns = fit ? choices.map(({ number }) => `${number}`) : [];
  return (
    <table class="parts">
      <caption>
        {speech.text(WORDS.by)} {title.toLowerCase()}
      </caption>
      <BookHeads first={title} columns={columns} />
      <tbody>
        {object.children.map((child) => (
          <Child key={child.code} child={child} contest={object.contest} columns={columns} />
        ))}
      </tbody>
    </table>
  );
}

function Child({ child, contest, columns }: { child: ChildRow; contest: string; columns: readonly string[] }) {
  const speech = useSpeech();
  const held = child.count.stations.held ?? 0;
  return (
    <tr>
      <th scope="row">
        <a class="target" href={routeTo(contest, child.code)}>
          {child.name}
        </a>
        {held > 0 && (
          <span class="tag held">
            {speech.number(held)} {speech.text(WORDS.stationUnit)} {speech.text(WORDS.held)}
          </span>
        )}
      </th>
      {BOOKS.map((book) => (
        <Fragment key={book}>
          {columns.map((column, i) => (
            <td key={column} class={`number ${book}-column`}>
              <span class="figure">
                <Changing value={child[book].lists[0]?.votes[i] ?? 0} />
              </span>
            </td>
          ))}
          <ChildCell child={child} book={book} />
        </Fragment>
      ))}
    </tr>
  );
}

function ChildCell({ child, book }: { child: ChildRow; book: Book }) {
  const speech = useSpeech();
  const { stations, valid } = child[book];
  const arrived = (book === "count" ? stations.in : stations.read) ?? 0;
  const expected = stations.expected ?? 0;
  return (
    <td class={`number ${book}-column`}>
      <span class="figure">
        <Changing value={valid} />
      </span>
      <span class="small muted">
        {speech.number(arrived)}/{speech.number(expected)} <i>{speech.share(arrived, expected)}</i>
      </span>
    </td>
  );
}

/** Rows drawn at once: more than the largest screen shows. */
const FIRST_ROWS = 40;

export function Stations({ object }: { object: ResultObject }) {
  const speech = useSpeech();
  // Of hundreds of stations the rest is drawn once the figures above them are on the screen. (Measured with 450 on a slow phone and link,
  // together with names asked for early: the quickest of ten visits 1.3 s instead of 2.3.)
  const [rows, draw] = useState(FIRST_ROWS);
  useEffect(() => {
    const frame = requestAnimationFrame(() => draw(Number.POSITIVE_INFINITY));
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <section class="panel">
      <table class="parts">
        <caption>{speech.text(WORDS.stations)}</caption>
        <BookHeads first={speech.text(WORDS.station)} columns={[]} />
        <tbody>
          {(object.stations ?? []).slice(0, rows).map((row) => (
            <Fragment key={row.n}>
              <tr>
                <th scope="row">
                  <a class="target station" href={routeTo(object.contest, object.region, row.n)}>
                    {speech.text(WORDS.station)} {row.n}
                  </a>
                </th>
                <StationCell entry={row.count} book="count" />
                <StationCell entry={row.recap} book="recap" />
              </tr>
              {row.count !== null && row.count.flags.length > 0 && <StationNotes n={row.n} codes={row.count.flags} />}
            </Fragment>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The notes of a station, in a row of their own: a phone has no room for a column of sentences. */
function StationNotes({ n, codes }: { n: string; codes: readonly string[] }) {
  const speech = useSpeech();
  return (
    <tr class="notes">
      <td colSpan={3}>
        <span class="unseen">
          {speech.text(WORDS.station)} {n}:
        </span>
        <Soon load={loadNotes} props={{ codes }}>
          <span class="note">
            <b>{codes.join(", ")}</b>
          </span>
        </Soon>
      </td>
    </tr>
  );
}

function StationCell({ entry, book }: { entry: StationEntry | null; book: Book }) {
  const speech = useSpeech();
  const valid = entry?.valid ?? entry?.figures?.[FORM.valid] ?? null;
  return (
    <td class={`number ${book}-column`}>
      {valid !== null && (
        <span class="figure">
          <Changing value={valid} />
        </span>
      )}
      <span class={`small ${entry?.state === "held" ? "tag held" : "muted"}`}>{stateWords(entry, book, speech)}</span>
    </td>
  );
}

/** The state of a station in a book, in words. */
export function stateWords(entry: StationEntry | null, book: Book, speech: ReturnType<typeof useSpeech>): string {
  if (entry === null) return speech.text(book === "count" ? WORDS.notIn : WORDS.notRead);
  return speech.text((book === "count" ? COUNT_STATES : RECAP_STATES)[entry.state]);
}
