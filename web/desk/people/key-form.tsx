/**
 * Card and PIN, or a passkey: the one form by which a key is opened, for signing in, after a lock, and for a second person's confirmation. The
 * card may be shown to the camera, or a scanner that types like a keyboard used in its field; either also says whose card it is.
 */
import type { ComponentChildren } from "preact";
import { useId, useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { type Card, pinFault, readCard } from "../../../src/recap/wire/card.ts";
import type { PersonView } from "../../../src/recap/wire/people.ts";
import { Camera, canHaveCamera } from "../../ui/camera.tsx";
import { useSpeech } from "../../ui/language.tsx";
import { ApiFault } from "../shell/api.ts";
import { ROLE_WORDS } from "../shell/words.ts";
import { canHavePasskeys } from "./authenticator.ts";
import { KeyFault } from "./key-fault.ts";
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
  /** Where a passkey may do instead. Throws as `onOpen` does. */
  readonly onPasskey?: (person: PersonView) => Promise<void>;
  readonly children?: ComponentChildren;
}

export function KeyForm({ people, chosen, cardOf, allowsFirstUse, action, onOpen, onPasskey, children }: Props) {
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
  const [isLooking, setLooking] = useState(false);
  /** The camera looks until it has seen a card whole; then the hand goes on with the PIN. */
  const seen = (text: string) => {
    const read = readCard(text);
    if (!("card" in read)) return setFault(WORDS.noCard);
    takeCard(text);
    setFault(read.key === null || people.some((each) => each.key === read.key) ? null : WORDS.otherCard);
    setLooking(false);
    document.getElementById(`${id}pin`)?.focus();
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
    const isOpen = await opened(() => onOpen(person, read.card, pin, isFirst));
    if (isOpen) return;
    setPin("");
    setAgain("");
    document.getElementById(`${id}pin`)?.focus();
  };

  /** Whether it went well; what went wrong is shown. */
  const opened = async (open: () => Promise<void>): Promise<boolean> => {
    setBusy(true);
    setFault(null);
    try {
      await open();
      return true;
    } catch (problem) {
      if (!(problem instanceof KeyFault || problem instanceof ApiFault)) throw problem;
      setFault(problem.words);
      return false;
    } finally {
      setBusy(false);
    }
  };
  const byPasskey =
    onPasskey !== undefined && person !== null && person.passkeys.length > 0 && canHavePasskeys(window)
      ? () => void opened(() => onPasskey(person))
      : null;

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
      {byPasskey !== null && (
        <>
          <button type="button" class="primary" disabled={isBusy} onClick={byPasskey} data-first>
            {speech.text(WORDS.byPasskey)}
          </button>
          <p class="muted">{speech.text(WORDS.orCard)}</p>
        </>
      )}
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
          {canHaveCamera() && (
            <div class="row">
              <button type="button" aria-pressed={isLooking} onClick={() => setLooking(!isLooking)}>
                {speech.text(isLooking ? WORDS.cameraOff : WORDS.cameraOn)}
              </button>
            </div>
          )}
          {isLooking && <Camera onText={seen} />}
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
      <button type="submit" class={byPasskey === null ? "primary" : ""} disabled={person === null || isBusy}>
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
