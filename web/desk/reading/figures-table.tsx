/**
 * The figures of a station in the order of the paper, to be read aloud or to be typed. Reading, the votes are large; typing, a
 * cell is a field, Enter goes on to the next and the keyboard never has to be left.
 */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { FIGURE, type FigurePath } from "../../../src/election/figures.ts";
import type { Text } from "../../../src/election/text.ts";
import type { DistrictView } from "../../../src/recap/wire/views.ts";
import { type Speech, useSpeech } from "../../ui/language.tsx";
import {
  BALLOT_ROWS,
  type CellPath,
  cellLabel,
  DISABLED_ROWS,
  type PartyGroup,
  type PeopleRow,
  type PlainRow,
  partyGroups,
  type StationFigures,
  TOTAL_ROWS,
  VOTER_ROWS,
  valueAt,
} from "./form.ts";
import { READING_WORDS as WORDS } from "./words.ts";

export interface Typing {
  /** The cells that are fields now. */
  readonly cells: ReadonlySet<CellPath>;
  /** What stands in a field. */
  readonly textAt: (path: CellPath) => string;
  /** Cells to be pointed at: changed ones, or those typed differently. */
  readonly marked: ReadonlySet<CellPath>;
  readonly onType: (path: CellPath, text: string) => void;
  /** Enter on the last field. */
  readonly onEnd: () => void;
}

interface Props {
  readonly district: DistrictView;
  readonly figures: StationFigures;
  /** What these figures differ from: the cell shows both. */
  readonly before: StationFigures | null;
  readonly typing: Typing | null;
  /** Parties whose candidates are shown; all while typing. */
  readonly openParties: ReadonlySet<number>;
  readonly onFold: (party: number) => void;
  /** Shown under the short column: remarks, the desa so far. */
  readonly children?: ComponentChildren;
}

export function FiguresTable({ children, ...inner }: Props) {
  const speech = useSpeech();
  const { district } = inner;
  const root = useRef<HTMLFieldSetElement>(null);
  const groups = partyGroups(district);

  /** Among fields, Enter and the arrows go from one to the next. */
  const walk = (event: KeyboardEvent) => {
    const { typing } = inner;
    const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (typing === null || step === undefined || event.ctrlKey || !(event.target instanceof HTMLInputElement)) return;
    event.preventDefault();
    const fields = [...(root.current?.querySelectorAll<HTMLInputElement>("input[data-cell]") ?? [])];
    const next = fields[fields.indexOf(event.target) + step];
    if (next !== undefined) next.focus();
    else if (event.key === "Enter") typing.onEnd();
  };

  return (
    <fieldset class={inner.typing === null ? "station-figures" : "station-figures typing"} ref={root} onKeyDown={walk}>
      <legend class="unseen">{speech.text(WORDS.figures)}</legend>
      <div class="figures-admin">
        <People title={WORDS.voters} rows={VOTER_ROWS} {...inner} />
        <Plain title={WORDS.ballots} rows={BALLOT_ROWS} {...inner} />
        <People title={WORDS.disabled} rows={DISABLED_ROWS} {...inner} />
        {children}
      </div>
      <div class="figures-votes">
        {groups.length === 0 ? <Choices {...inner} /> : <Parties groups={groups} {...inner} />}
        <Plain title={WORDS.totals} rows={TOTAL_ROWS} {...inner} large>
          <tr class="added">
            <th scope="row">{speech.text(WORDS.addedUp)}</th>
            <td class="number">
              <Sum figures={inner.figures} speech={speech} />
            </td>
          </tr>
        </Plain>
      </div>
    </fieldset>
  );
}

/** The sum of all votes, and whether it is what the form says. */
function Sum({ figures, speech }: { figures: StationFigures; speech: Speech }) {
  const sum = (figures.votes ?? []).reduce<number>((total, value) => total + (value ?? 0), 0);
  const agrees = sum === figures.figures[FIGURE.valid];
  return (
    <>
      {agrees ? <span class="tick">✓</span> : <span class="odd">≠</span>} {speech.number(sum)}
    </>
  );
}

type CellProps = Pick<Props, "district" | "figures" | "before" | "typing"> & { readonly path: CellPath };

function Cell({ district, figures, before, typing, path }: CellProps) {
  const speech = useSpeech();
  if (typing?.cells.has(path)) {
    return (
      <input
        data-cell={path}
        class={typing.marked.has(path) ? "cell marked" : "cell"}
        inputmode="numeric"
        autocomplete="off"
        aria-label={speech.text(cellLabel(district, path))}
        value={typing.textAt(path)}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => typing.onType(path, event.currentTarget.value)}
      />
    );
  }
  const value = valueAt(figures, path);
  const old = before === null ? value : valueAt(before, path);
  const text = value === null ? <span title={speech.text(WORDS.notReported)}>–</span> : speech.number(value);
  if (old === value) return text;
  return (
    <span class="differs">
      {text}{" "}
      <s>
        <span class="unseen">{speech.text(WORDS.was)} </span>
        {old === null ? "–" : speech.number(old)}
      </s>
    </span>
  );
}

interface TableProps<R> extends Props {
  readonly title: Text;
  readonly rows: readonly R[];
}

function People({ title, rows, ...cell }: TableProps<PeopleRow>) {
  const speech = useSpeech();
  return (
    <table class="people">
      <thead>
        <tr>
          <th scope="col">{speech.text(title)}</th>
          <th scope="col">{speech.text(WORDS.male)}</th>
          <th scope="col">{speech.text(WORDS.female)}</th>
          <th scope="col">{speech.text(WORDS.sum)}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ label, cells }) => (
          <tr key={cells[0]}>
            <th scope="row">{speech.text(label)}</th>
            {cells.map((path) => (
              <td key={path} class="number">
                <Cell {...cell} path={path} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Plain({
  title,
  rows,
  large,
  children,
  ...cell
}: TableProps<PlainRow> & { readonly large?: boolean; readonly children?: ComponentChildren }) {
  const speech = useSpeech();
  return (
    <table class={large ? "plain-rows large" : "plain-rows"}>
      <thead>
        <tr>
          <th scope="colgroup" colSpan={2}>
            {speech.text(title)}
          </th>
        </tr>
      </thead>
      <tbody>
        {children}
        {rows.map(({ label, cell: path }) => (
          <tr key={path}>
            <th scope="row">{speech.text(label)}</th>
            <td class="number">
              <Cell {...cell} path={path satisfies FigurePath} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Choices(props: Props) {
  const speech = useSpeech();
  const { choices } = props.district;
  return (
    <table class="choices large">
      <thead>
        <tr>
          <th scope="colgroup" colSpan={3}>
            {speech.text(WORDS.votes)}
          </th>
        </tr>
      </thead>
      <tbody>
        {choices.map(({ id, number, name, colour, withdrawn }, column) => (
          <tr key={id} data-row={`votes.${column}`}>
            <td class="ballot-number">
              <span class="swatch" style={{ background: colour }} />
              {number}
            </td>
            <th scope="row">
              {name} {withdrawn && <span class="muted small">({speech.text(WORDS.withdrawn)})</span>}
            </th>
            <td class="number">
              <Cell {...props} path={`votes.${column}`} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Parties({ groups, ...props }: Props & { readonly groups: readonly PartyGroup[] }) {
  const speech = useSpeech();
  return (
    <table class="parties">
      <thead>
        <tr>
          <th scope="colgroup" colSpan={3}>
            {speech.text(WORDS.votes)}
          </th>
        </tr>
      </thead>
      {groups.map((group) => (
        <Party key={group.party.id} group={group} {...props} />
      ))}
    </table>
  );
}

function Party({ group, ...props }: Props & { readonly group: PartyGroup }) {
  const speech = useSpeech();
  const { index, party, columns } = group;
  const { figures, district, typing, openParties, onFold } = props;
  const sum = columns.reduce((total, column) => total + (figures.votes?.[column] ?? 0), 0);
  const written = figures.parties[index] ?? null;
  const isOpen = typing !== null || openParties.has(index);
  const shown = typing === null ? columns : columns.filter((column) => typing.cells.has(`votes.${column}`));
  return (
    <tbody data-party={party.number} class={isOpen ? "party open" : "party"}>
      <tr class="party-line">
        <td class="ballot-number">
          <span class="swatch" style={{ background: district.choices[columns[0] ?? 0]?.colour ?? "none" }} />
          {party.number}
        </td>
        <th scope="row">
          {typing === null ? (
            <button type="button" class="fold" aria-expanded={isOpen} onClick={() => onFold(index)}>
              {party.name}
            </button>
          ) : (
            party.name
          )}
        </th>
        <td class="number">
          {written !== null && written !== sum && (
            <span class="odd small">
              ≠ {speech.number(sum)} {speech.text(WORDS.partyAdded)}{" "}
            </span>
          )}
          {(typing === null || !typing.cells.has(`parties.${index}`)) && <Cell {...props} path={`parties.${index}`} />}
        </td>
      </tr>
      {isOpen &&
        shown.map((column) => {
          const choice = district.choices[column];
          if (choice === undefined) return null;
          return (
            <tr key={choice.id} data-row={`votes.${column}`}>
              <td class="ballot-number">{choice.kind === "party" ? "" : choice.number}</td>
              <th scope="row">
                {choice.kind === "party" ? speech.text(WORDS.partyOwn) : choice.name}
                {choice.withdrawn && <span class="muted small"> ({speech.text(WORDS.withdrawn)})</span>}
              </th>
              <td class="number">
                <Cell {...props} path={`votes.${column}`} />
              </td>
            </tr>
          );
        })}
      {typing?.cells.has(`parties.${index}`) && (
        <tr class="party-total">
          <td />
          <th scope="row">{speech.text(WORDS.partyTotal)}</th>
          <td class="number">
            <Cell {...props} path={`parties.${index}`} />
          </td>
        </tr>
      )}
    </tbody>
  );
}
