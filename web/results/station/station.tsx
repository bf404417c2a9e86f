/** One station: its figures in the order of the paper form, both books side by side, its notes and its whole history. */
import { FIGURE_LABELS } from "../../../src/election/figures.ts";
import { Changing } from "../../ui/changing.tsx";
import { useSpeech } from "../../ui/language.tsx";
import { ReceiptCheck } from "../checking/receipt-check.tsx";
import { stateWords } from "../figures/parts.tsx";
import { loadNotes, Soon } from "../figures/soon.tsx";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { type DetailEntry, figuresOf, readDetail } from "../verify/detail.ts";
import type { Names } from "../verify/names.ts";
import type { ResultObject, StationRow } from "../verify/objects.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";
import { wear } from "../wear.ts";
import { WORDS } from "../words.ts";
import { readHistory } from "./history.ts";
import { History } from "./history-list.tsx";
import { Objections } from "./objections.tsx";
import { Photos } from "./photos.tsx";
import css from "./station.css?inline";
import { choiceLabel } from "./station-label.ts";
import { STATION_WORDS } from "./words.ts";

wear(css);

export interface StationProps {
  readonly reader: Reader;
  readonly snapshot: Snapshot;
  readonly desa: ResultObject;
  readonly row: StationRow;
  readonly again: () => void;
}

export function Station({ reader, snapshot, desa, row, again }: StationProps) {
  const names = snapshot.names.get(desa.count.lists[0]?.names ?? desa.recap.lists[0]?.names ?? "");
  const where = `${desa.contest}/${desa.region}`;
  const { value: detail, fault } = useLoaded(
    where,
    async () => (desa.detail === null ? null : readDetail(reader, desa, desa.detail)),
    desa.detail ?? "",
  );
  const history = useLoaded(
    `${where}/${row.n}`,
    () => readHistory(reader, snapshot, desa.region, row),
    snapshot.edition.id,
  );
  const found = detail?.get(row.n);
  const count = figuresOf(row.count, found?.count ?? null);
  const recap = figuresOf(row.recap, found?.recap ?? null);
  return (
    <>
      <States row={row} />
      {fault && <Trouble fault={fault} kept={false} again={again} />}
      <div class="paper">
        <Form count={count} recap={recap} names={names} />
        <Photos reader={reader} snapshot={snapshot} history={history.value} zone={desa.zone} />
      </div>
      <Notes row={row} />
      <History history={history} names={names} zone={desa.zone} again={again} />
      <Objections reader={reader} snapshot={snapshot} desa={desa} n={row.n} />
      <ReceiptCheck reader={reader} snapshot={snapshot} />
    </>
  );
}

function States({ row }: { row: StationRow }) {
  const speech = useSpeech();
  return (
    <dl class="states">
      <div class="count">
        <dt>{speech.text(WORDS.count)}</dt>
        <dd class={row.count?.state === "held" ? "held-ink" : ""}>{stateWords(row.count, "count", speech)}</dd>
      </div>
      <div class="recap">
        <dt>{speech.text(WORDS.recap)}</dt>
        <dd>{stateWords(row.recap, "recap", speech)}</dd>
      </div>
      {row.count?.state === "held" && <p class="small">{speech.text(WORDS.heldBody)}</p>}
    </dl>
  );
}

interface FormProps {
  readonly count: DetailEntry | null;
  readonly recap: DetailEntry | null;
  readonly names: Names | undefined;
}

/** Parts I to III of the form come before the votes, part V after them. */
const BEFORE_VOTES = 22;

function Form({ count, recap, names }: FormProps) {
  const speech = useSpeech();
  if (count === null && recap === null) return <p class="muted">{speech.text(STATION_WORDS.figuresLater)}</p>;
  const figure = (index: number) => (
    <FormRow
      key={index}
      label={speech.text(FIGURE_LABELS[index] ?? { id: "", en: "" })}
      count={count?.figures[index]}
      recap={recap?.figures[index]}
      both={count !== null && recap !== null}
    />
  );
  const columns = Math.max(count?.votes.length ?? 0, recap?.votes.length ?? 0);
  return (
    <section class="panel">
      <table class="form">
        <caption>{speech.text(STATION_WORDS.figures)}</caption>
        <thead>
          <tr>
            <th scope="col">{speech.text(STATION_WORDS.figure)}</th>
            <th scope="col" class="number">
              {speech.text(WORDS.countShort)}
            </th>
            <th scope="col" class="number recap-column">
              {speech.text(WORDS.recapShort)}
            </th>
          </tr>
        </thead>
        <tbody>{FIGURE_LABELS.slice(0, BEFORE_VOTES).map((_, index) => figure(index))}</tbody>
        <tbody>
          {Array.from({ length: columns }, (_, column) => (
            <FormRow
              key={names?.choices[column]?.id ?? column}
              label={choiceLabel(names, column)}
              count={count?.votes[column]}
              recap={recap?.votes[column]}
              both={count !== null && recap !== null}
            />
          ))}
        </tbody>
        <tbody>{FIGURE_LABELS.slice(BEFORE_VOTES).map((_, index) => figure(index + BEFORE_VOTES))}</tbody>
      </table>
    </section>
  );
}

interface FormRowProps {
  readonly label: string;
  readonly count: number | null | undefined;
  readonly recap: number | null | undefined;
  readonly both: boolean;
}

function FormRow({ label, count, recap, both }: FormRowProps) {
  const speech = useSpeech();
  const differs = both && count !== recap;
  return (
    <tr>
      <th scope="row">
        {label}
        {differs && <span class="tag"> {speech.text(STATION_WORDS.differs)}</span>}
      </th>
      <Cell value={count} book="count" />
      <Cell value={recap} book="recap" />
    </tr>
  );
}

/** A figure; "–" where the book has nothing of the station, and in words where the source did not report it. */
function Cell({ value, book }: { value: number | null | undefined; book: string }) {
  const speech = useSpeech();
  return (
    <td class={`number ${book}-column`}>
      {value === undefined && <span class="muted">–</span>}
      {value === null && <span class="small muted">{speech.text(STATION_WORDS.notReported)}</span>}
      {typeof value === "number" && (
        <span class="figure">
          <Changing value={value} />
        </span>
      )}
    </td>
  );
}

function Notes({ row }: { row: StationRow }) {
  const speech = useSpeech();
  const codes = [...new Set([...(row.count?.flags ?? []), ...(row.recap?.flags ?? [])])];
  return (
    <section class="panel">
      <h2>{speech.text(STATION_WORDS.notes)}</h2>
      {codes.length === 0 && <p class="muted">{speech.text(STATION_WORDS.none)}</p>}
      {codes.length > 0 && (
        <Soon load={loadNotes} props={{ codes }}>
          {codes.join(", ")}
        </Soon>
      )}
    </section>
  );
}
