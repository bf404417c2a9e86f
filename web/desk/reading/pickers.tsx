/** Short questions of a station's page that are answered by typing: which station, which party or candidate, why it is put off. */
import { useState } from "preact/hooks";
import type { StationCode } from "../../../src/election/codes.ts";
import type { MinutesActOf } from "../../../src/election/minutes.ts";
import { POSTPONE_REASONS } from "../../../src/election/minutes.ts";
import type { Text } from "../../../src/election/text.ts";
import type { DesaView, DistrictView, StationLine } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Dialog } from "../shell/dialog.tsx";
import { OUTCOME_SHORT, READING_WORDS as WORDS } from "./words.ts";

/** What a station's line says of its state, in words. */
function lineState({ sheet, read, postponed }: StationLine): { readonly kind: string; readonly words: Text } {
  if (read !== null) return { kind: "read", words: OUTCOME_SHORT[read] };
  if (postponed) return { kind: "postponed", words: WORDS.isPostponed };
  if (sheet === "none") return { kind: "none", words: WORDS.stateNone };
  if (sheet === "incomplete") return { kind: "none", words: WORDS.stateIncomplete };
  return sheet === "held" ? { kind: "held", words: WORDS.stateHeld } : { kind: "ready", words: WORDS.statePosted };
}

interface PickerProps {
  readonly title: Text;
  readonly field: Text;
  readonly options: readonly {
    readonly key: string;
    readonly text: string;
    readonly note?: Text;
    readonly kind?: string;
  }[];
  /** Keys of the options that fit what was typed, the best first. */
  readonly fits: (typed: string) => readonly string[];
  readonly onPick: (key: string) => void;
  readonly onClose: () => void;
}

/** How many options are shown at once; typing narrows them. */
const SHOWN = 60;

function Picker({ title, field, options, fits, onPick, onClose }: PickerProps) {
  const speech = useSpeech();
  const [typed, setTyped] = useState("");
  const keys = fits(typed);
  const shown = keys.slice(0, SHOWN).flatMap((key) => options.find((option) => option.key === key) ?? []);
  return (
    <Dialog title={speech.text(title)} onClose={onClose} wide>
      <form
        class="field"
        onSubmit={(event) => {
          event.preventDefault();
          const [first] = keys;
          if (first !== undefined) onPick(first);
        }}
      >
        <label for="picker">{speech.text(field)}</label>
        <input
          id="picker"
          value={typed}
          autocomplete="off"
          onInput={(event) => setTyped(event.currentTarget.value)}
          data-first
        />
      </form>
      {shown.length === 0 && <p class="muted">{speech.text(WORDS.nothingFound)}</p>}
      <ul class="picker">
        {shown.map(({ key, text, note, kind }, i) => (
          <li key={key}>
            <button type="button" class={i === 0 ? "pick first" : "pick"} onClick={() => onPick(key)}>
              <span>{text}</span>
              {note !== undefined && <span class={`state state-${kind ?? ""}`}>{speech.text(note)}</span>}
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}

interface JumpProps {
  readonly desa: DesaView;
  readonly onPick: (station: StationCode) => void;
  readonly onClose: () => void;
}

/** Every station of the box with its state; its number and Enter lead there. */
export function StationPicker({ desa, onPick, onClose }: JumpProps) {
  const options = desa.lines.map((line) => {
    const { kind, words } = lineState(line);
    return { key: line.station, text: `TPS ${line.number}`, note: words, kind };
  });
  const fits = (typed: string) => {
    const number = typed.trim();
    const found = desa.lines.filter((line) => number === "" || line.number.includes(number));
    const exact = desa.lines.filter((line) => number !== "" && Number(line.number) === Number(number));
    return [...new Set([...exact, ...found].map(({ station }) => station))];
  };
  const pick = (key: string) => {
    const line = desa.lines.find(({ station }) => station === key);
    if (line !== undefined) onPick(line.station);
  };
  return (
    <Picker
      title={WORDS.listTitle}
      field={WORDS.listField}
      options={options}
      fits={fits}
      onPick={pick}
      onClose={onClose}
    />
  );
}

interface FindProps {
  readonly district: DistrictView;
  /** The row of the form: `votes.12`. */
  readonly onPick: (row: string) => void;
  readonly onClose: () => void;
}

/** A party by its number, a party or candidate by part of the name. */
export function ChoicePicker({ district, onPick, onClose }: FindProps) {
  const rows = district.choices.map((choice, column) => {
    const party = district.parties[choice.party];
    const isParty = choice.kind === "party";
    const own = `${choice.number}. ${choice.name}`;
    const text = party === undefined || isParty ? own : `${party.number}. ${party.name} – ${own}`;
    return { key: `votes.${column}`, text, isHead: isParty || party === undefined, number: choice.number };
  });
  const fits = (typed: string) => {
    const wanted = typed.trim().toLowerCase();
    const heads = rows.filter(({ isHead }) => isHead);
    if (wanted === "") return heads.map(({ key }) => key);
    if (/^\d+$/.test(wanted))
      return heads.filter(({ number }) => String(number).startsWith(wanted)).map(({ key }) => key);
    return rows.filter(({ text }) => text.toLowerCase().includes(wanted)).map(({ key }) => key);
  };
  return (
    <Picker
      title={WORDS.findTitle}
      field={WORDS.findField}
      options={rows}
      fits={fits}
      onPick={onPick}
      onClose={onClose}
    />
  );
}

type PostponeReason = MinutesActOf<"postpone">["reason"];
const REASONS = Object.keys(POSTPONE_REASONS) as readonly PostponeReason[];

interface PostponeProps {
  readonly onPick: (reason: PostponeReason) => void;
  readonly onClose: () => void;
}

/** Why the station is put off: one digit. */
export function PostponePicker({ onPick, onClose }: PostponeProps) {
  const speech = useSpeech();
  const keys = REASONS.map((reason, i) => ({
    key: String(i + 1),
    does: POSTPONE_REASONS[reason],
    run: () => onPick(reason),
  }));
  return (
    <Dialog title={speech.text(WORDS.postponeTitle)} onClose={onClose} keys={keys}>
      <p>{speech.text(WORDS.postponeLead)}</p>
      <ol class="picker numbered">
        {REASONS.map((reason, i) => (
          <li key={reason}>
            <button type="button" class="pick" onClick={() => onPick(reason)} data-first={i === 0 ? true : undefined}>
              <kbd>{i + 1}</kbd> <span>{speech.text(POSTPONE_REASONS[reason])}</span>
            </button>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
