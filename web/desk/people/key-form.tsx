/**
 * Card and PIN: the one form by which a key is opened, for signing in, after a lock, and for a second person's confirmation. A
 * scanner that types like a keyboard may be used in the field of the card; it also says whose card it is.
 */
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { type Card, pinFault, readCard } from "../../../src/recap/wire/card.ts";
import type { PersonView } from "../../../src/recap/wire/people.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ApiFault } from "../shell/api.ts";
import { ROLE_WORDS } from "../shell/words.ts";
import { KeyFault } from "./keyring.ts";
import { PEOPLE_WORDS as WORDS } from "./words.ts";

interface Props {
  /** Those who may be chosen. */
  readonly people: readonly PersonView[];
  readonly chosen?: string | null;
  readonly cardOf: (key: string) => Card | null;
  /** A card that has no PIN yet may be given one here. */
  readonly allowsFirstUse: boolean;
  readonly action: Text;
  /** Throws {@link KeyFault} or `ApiFault`, whose words are shown. */
  readonly onOpen: (person: PersonView, card: Card, pin: string, isFirst: boolean) => Promise<void>;
  readonly children?: ComponentChildren;
}

export function KeyForm({ people, chosen, cardOf, allowsFirstUse, action, onOpen, children }: Props) {
  const speech = useSpeech();
  const id = useId();
  const only = people.length === 1 ? people[0]?.key : undefined;
  const [key, setKey] = useState(chosen ?? only ?? "");
  const [typed, setTyped] = useState("");
  const [pin, setPin] = useState("");
  const [again, setAgain] = useState("");
  const [fault, setFault] = useState<Text | null>(null);
  const [isBusy, setBusy] = useState(false);
  const person = people.find((each) => each.key === key) ?? null;
  const known = person === null ? null : cardOf(person.key);
  const isFirst = allowsFirstUse && person?.sealed?.by === "card";

  /** A scanned card says whose it is. */
  const takeCard = (text: string) => {
    setTyped(text);
    const read = readCard(text);
    if ("card" in read && read.key !== null && people.some((each) => each.key === read.key)) setKey(read.key);
  };

  const submit = async () => {
    if (person === null || isBusy) return;
    const read = known === null ? readCard(typed) : { card: known };
    const weak = pinFault(pin);
    if ("fault" in read) return setFault(read.fault);
    if (weak !== null && (isFirst || pin.length !== 6)) return setFault(weak);
    if (isFirst && pin !== again) {
      setPin("");
      setAgain("");
      return setFault(WORDS.pinsDiffer);
    }
    setBusy(true);
    setFault(null);
    try {
      await onOpen(person, read.card, pin, isFirst);
    } catch (problem) {
      if (!(problem instanceof KeyFault || problem instanceof ApiFault)) throw problem;
      setFault(problem.words);
      setPin("");
      setAgain("");
      document.getElementById(`${id}pin`)?.focus();
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      class="key-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {only === undefined && (
        <div class="field">
          <label for={`${id}who`}>{speech.text(WORDS.who)}</label>
          <select id={`${id}who`} value={key} onChange={(event) => setKey(event.currentTarget.value)} data-first>
            <option value="">{speech.text(WORDS.chooseName)}</option>
            {people.map((each) => (
              <option key={each.key} value={each.key}>
                {each.name} · {speech.text(ROLE_WORDS[each.role])}
              </option>
            ))}
          </select>
        </div>
      )}
      {children}
      {known === null && (
        <div class="field">
          <label for={`${id}card`}>{speech.text(WORDS.card)}</label>
          <input
            id={`${id}card`}
            class="card-code"
            value={typed}
            onInput={(event) => takeCard(event.currentTarget.value)}
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            aria-describedby={`${id}card-help`}
            data-first={only === undefined ? undefined : true}
          />
          <p id={`${id}card-help`} class="small muted">
            {speech.text(WORDS.cardHelp)}
          </p>
        </div>
      )}
      {isFirst && <p class="notice-line">{speech.text(WORDS.firstUse)}</p>}
      <PinField
        id={`${id}pin`}
        label={speech.text(isFirst ? WORDS.newPin : WORDS.pin)}
        value={pin}
        onInput={setPin}
        isFirst={known !== null && only !== undefined}
      />
      {isFirst && <PinField id={`${id}again`} label={speech.text(WORDS.pinAgain)} value={again} onInput={setAgain} />}
      {fault !== null && (
        <p class="fault" role="alert">
          {speech.text(fault)}
        </p>
      )}
      <button type="submit" class="primary" disabled={person === null || isBusy}>
        {speech.text(isBusy ? WORDS.opening : isFirst ? WORDS.makePin : action)}
      </button>
    </form>
  );
}

interface PinProps {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly isFirst?: boolean;
}

function PinField({ id, label, value, onInput, isFirst }: PinProps) {
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="pin"
        type="password"
        inputmode="numeric"
        autocomplete="off"
        maxLength={6}
        value={value}
        onInput={(event) => onInput(event.currentTarget.value.replace(/\D/g, ""))}
        data-first={isFirst ? true : undefined}
      />
    </div>
  );
}
