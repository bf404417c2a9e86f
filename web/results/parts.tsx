/** What a region is made of: the regions within it, or a desa's stations. Both books in columns of their own. */
import { FIGURE } from "../../src/election/figures.ts";
import { Changing } from "../ui/changing.tsx";
import { useSpeech } from "../ui/language.tsx";
import type { Book, ChildRow, ResultObject, StationEntry } from "./objects.ts";
import { routeTo } from "./route.ts";
import { CHILD_LEVEL, COUNT_STATES, LEVEL_WORDS, RECAP_STATES, WORDS } from "./words.ts";

function BookHeads({ first, last }: { first: string; last?: string }) {
  const speech = useSpeech();
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        <th scope="col" class="number">
          {speech.text(WORDS.count)}
        </th>
        <th scope="col" class="number recap-column">
          {speech.text(WORDS.recap)}
        </th>
        {last !== undefined && <th scope="col">{last}</th>}
      </tr>
    </thead>
  );
}

export function Children({ object }: { object: ResultObject }) {
  const speech = useSpeech();
  const level = LEVEL_WORDS[CHILD_LEVEL[object.level] ?? ""];
  const title = level === undefined ? "" : speech.text(level);
  return (
    <section class="panel">
      <table class="parts">
        <caption>{title}</caption>
        <BookHeads first={title} />
        <tbody>
          {object.children.map((child) => (
            <Child key={child.code} child={child} contest={object.contest} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Child({ child, contest }: { child: ChildRow; contest: string }) {
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
      <ChildCell child={child} book="count" />
      <ChildCell child={child} book="recap" />
    </tr>
  );
}

function ChildCell({ child, book }: { child: ChildRow; book: Book }) {
  const speech = useSpeech();
  const { stations, figures } = child[book];
  const arrived = (book === "count" ? stations.in : stations.read) ?? 0;
  const expected = stations.expected ?? 0;
  return (
    <td class={`number ${book}-column`}>
      <span class="figure">
        <Changing value={figures[FIGURE.valid] ?? 0} />
      </span>{" "}
      <span class="small muted">{speech.text(WORDS.validUnit)}</span>
      <br />
      <span class="small muted">
        {speech.number(arrived)}/{speech.number(expected)} TPS · {speech.share(arrived, expected)}
      </span>
    </td>
  );
}

export function Stations({ object }: { object: ResultObject }) {
  const speech = useSpeech();
  return (
    <section class="panel">
      <table class="parts">
        <caption>{speech.text(WORDS.stations)}</caption>
        <BookHeads first={speech.text(WORDS.station)} last={speech.text(WORDS.notes)} />
        <tbody>
          {(object.stations ?? []).map((row) => (
            <tr key={row.n}>
              <th scope="row">
                <a class="target" href={routeTo(object.contest, object.region, row.n)}>
                  {speech.text(WORDS.station)} {row.n}
                </a>
              </th>
              <StationCell entry={row.count} book="count" />
              <StationCell entry={row.recap} book="recap" />
              <td class="small muted">{row.count?.flags.join(" ")}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function StationCell({ entry, book }: { entry: StationEntry | null; book: Book }) {
  const speech = useSpeech();
  const valid = entry?.valid ?? entry?.figures?.[FIGURE.valid] ?? null;
  return (
    <td class={`number ${book}-column`}>
      {valid !== null && (
        <>
          <span class="figure">
            <Changing value={valid} />
          </span>{" "}
          <span class="small muted">{speech.text(WORDS.validUnit)}</span>
          <br />
        </>
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
