/**
 * The levels above: each certificate from below beside what the readings add up to now. Two groups of the paper's fingerprint are
 * typed; a difference is shown figure by figure, and corrected where it belongs, at a station.
 */
import { useState } from "preact/hooks";
import type { ContestKind } from "../../../src/election/codes.ts";
import { FIGURE, FIGURE_LABELS } from "../../../src/election/figures.ts";
import { matchesFingerprint } from "../../../src/recap/wire/typed-fingerprint.ts";
import type { BelowView, DistrictView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Scroll } from "../acts/scroll.tsx";
import { useDesk } from "../shell/desk.ts";
import { AskStation } from "./ask-station.tsx";
import { type Difference, differences } from "./sums.ts";
import { WORDS } from "./words.ts";

interface Props {
  readonly parts: BelowView;
  readonly names: DistrictView | null;
}

type Child = BelowView["children"][number];

/** Letters of the two groups. */
const TYPED = 8;

export function Below({ parts, names }: Props) {
  const speech = useSpeech();
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.below)}</h2>
      <p class="small muted">{speech.text(WORDS.belowHelp)}</p>
      <Scroll label={speech.text(WORDS.below)}>
        <table class="below-table">
          <thead>
            <tr>
              <th scope="col">{speech.text(WORDS.part)}</th>
              <th scope="col" class="number">
                {speech.text(WORDS.read)}
              </th>
              <th scope="col" class="number">
                {speech.text(WORDS.valid)}
              </th>
              <th scope="col">{speech.text(WORDS.comparison)}</th>
              <th scope="col">{speech.text(WORDS.typedFingerprint)}</th>
            </tr>
          </thead>
          <tbody>
            {parts.children.map((child) => (
              <Row key={child.region.code} child={child} names={names} contest={parts.contest} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

interface RowProps {
  readonly child: Child;
  readonly names: DistrictView | null;
  readonly contest: ContestKind;
}

function Row({ child, names, contest }: RowProps) {
  const speech = useSpeech();
  const { go } = useDesk();
  const [isOpen, setOpen] = useState(false);
  const { region, certificate, sums, fingerprint, expected, read } = child;
  const found = certificate === null ? [] : differences(certificate, sums);
  const unread = certificate === null ? 0 : expected - read;
  const valid = sums.figures[FIGURE.valid] ?? null;
  return (
    <>
      <tr>
        <th scope="row">{region.name}</th>
        <td class="number">
          {speech.number(read)}/{speech.number(expected)}
        </td>
        <td class="number">{valid === null ? "–" : speech.number(valid)}</td>
        <td>
          {certificate === null && <span class="muted">{speech.text(WORDS.notCertified)}</span>}
          {certificate?.reopened === true && <strong class="held-text">{speech.text(WORDS.givenBack)} </strong>}
          {certificate !== null && found.length === 0 && <span class="good">{speech.text(WORDS.equal)}</span>}{" "}
          {found.length + unread > 0 && (
            <button type="button" class="quiet held-text" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
              {found.length > 0
                ? `${speech.number(found.length)} ${speech.text(WORDS.differ)}`
                : `${speech.number(unread)} ${speech.text(WORDS.unreadHere)}`}
            </button>
          )}
        </td>
        <td>{certificate !== null && <Typed name={region.name} whole={fingerprint} />}</td>
      </tr>
      {isOpen && (
        <tr>
          <td colSpan={5}>
            <div class="differences">
              {found.length > 0 && <Differences found={found} names={names} />}
              <p class="small">{speech.text(unread > 0 ? WORDS.readHelp : WORDS.correctHelp)}</p>
              <AskStation
                region={region.code}
                submit={unread > 0 ? WORDS.readStation : WORDS.toStation}
                onStation={(station) => go("baca", 0, contest, station)}
              />
            </div>
          </td>
        </tr>
      )}
    </>
  );
}

/** What was typed from the paper stays on this screen: it is a check of those who sit here, and no statement. */
function Typed({ name, whole }: { name: string; whole: string | null }) {
  const speech = useSpeech();
  const [typed, setTyped] = useState("");
  const letters = typed.replace(/[\s-]/g, "");
  const isWhole = letters.length >= TYPED;
  const matches = whole !== null && isWhole && matchesFingerprint(typed, whole);
  return (
    <span class="row tight">
      <input
        class="of-fingerprint"
        aria-label={`${speech.text(WORDS.typedFingerprint)}: ${name}`}
        placeholder="XXXX-XXXX"
        autocomplete="off"
        spellcheck={false}
        maxLength={9}
        value={typed}
        onInput={(event) => setTyped(event.currentTarget.value.toUpperCase())}
      />
      <span role="status" class={matches ? "good" : "held-text"}>
        {isWhole && speech.text(matches ? WORDS.matches : WORDS.differsFromPaper)}
      </span>
    </span>
  );
}

interface DifferencesProps {
  readonly found: readonly Difference[];
  readonly names: DistrictView | null;
}

function Differences({ found, names }: DifferencesProps) {
  const speech = useSpeech();
  const label = ({ of, at }: Difference) => {
    if (of === "figures") return speech.text(FIGURE_LABELS[at] ?? { id: `${at}`, en: `${at}` });
    const choice = names?.choices[at];
    return choice === undefined ? `${at + 1}` : `${choice.number} ${choice.name}`;
  };
  const say = (value: number | null) => (value === null ? "–" : speech.number(value));
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{speech.text(WORDS.figure)}</th>
          <th scope="col" class="number">
            {speech.text(WORDS.asCertified)}
          </th>
          <th scope="col" class="number">
            {speech.text(WORDS.asSummed)}
          </th>
          <th scope="col" class="number">
            {speech.text(WORDS.difference)}
          </th>
        </tr>
      </thead>
      <tbody>
        {found.map((one) => (
          <tr key={`${one.of}.${one.at}`}>
            <th scope="row">{label(one)}</th>
            <td class="number">{say(one.certified)}</td>
            <td class="number">{say(one.summed)}</td>
            <td class="number">{say((one.summed ?? 0) - (one.certified ?? 0))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
