/** The visitor plays the forger: changes a number in a copy of his own, and watches the page refuse it. */
import { useEffect, useRef, useState } from "preact/hooks";
import { useSpeech } from "../../ui/language.tsx";
import { Trouble } from "../trouble.tsx";
import { Fault } from "../verify/fault.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";
import { EFFORTS, type Effort, tamper, targetsOf } from "./tamper.ts";
import { CHECK_WORDS } from "./words.ts";

const EFFORT_WORDS = {
  number: CHECK_WORDS.effortNumber,
  hashes: CHECK_WORDS.effortHashes,
  edition: CHECK_WORDS.effortEdition,
} as const;

interface Props {
  readonly reader: Reader;
  readonly snapshot: Snapshot;
  /** The address leads here and not to the top of the page. */
  readonly isWanted: boolean;
}

export function TamperBox({ reader, snapshot, isWanted }: Props) {
  const speech = useSpeech();
  const box = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isWanted) box.current?.scrollIntoView();
  }, [isWanted]);
  const targets = targetsOf(snapshot);
  const [at, setAt] = useState(0);
  const [typed, setTyped] = useState<string | null>(null);
  const [effort, setEffort] = useState<Effort>("number");
  const [answer, setAnswer] = useState<Fault | "believed" | "busy" | null>(null);
  const target = targets[at];
  if (target === undefined) return null;
  const value = typed === null ? target.value + 100 : Number(typed);
  const isSame = value === target.value || !Number.isSafeInteger(value) || value < 0;
  const again = () => setAnswer(null);
  const attempt = () => {
    setAnswer("busy");
    tamper(reader, snapshot, target, value, effort).then(
      (fault) => setAnswer(fault ?? "believed"),
      (cause: unknown) => {
        if (!(cause instanceof Fault)) throw cause;
        setAnswer(cause);
      },
    );
  };
  return (
    <section class="panel tamper" ref={box}>
      <h2>{speech.text(CHECK_WORDS.tamper)}</h2>
      <p>{speech.text(CHECK_WORDS.tamperBody)}</p>
      <div class="tamper-fields">
        <label class="small">
          {speech.text(CHECK_WORDS.tamperWhich)}
          <select
            value={at}
            onChange={({ currentTarget }) => {
              setAt(Number(currentTarget.value));
              setTyped(null);
              again();
            }}
          >
            {targets.map(({ label }, i) => (
              <option key={label} value={i}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <label class="small">
          {speech.text(CHECK_WORDS.tamperTo).replace("{n}", speech.number(target.value))}
          <input
            type="number"
            min="0"
            inputMode="numeric"
            value={value}
            onInput={({ currentTarget }) => {
              setTyped(currentTarget.value);
              again();
            }}
          />
        </label>
      </div>
      <fieldset class="small">
        <legend>{speech.text(CHECK_WORDS.effort)}</legend>
        {EFFORTS.map((each) => (
          <label key={each} class="option">
            <input
              type="radio"
              name="effort"
              checked={effort === each}
              onChange={() => {
                setEffort(each);
                again();
              }}
            />{" "}
            {speech.text(EFFORT_WORDS[each])}
          </label>
        ))}
      </fieldset>
      <p>
        <button type="button" disabled={isSame || answer === "busy"} onClick={attempt}>
          {speech.text(CHECK_WORDS.tamperDo)}
        </button>
      </p>
      {answer === "believed" && <p class="notice alarm">{speech.text(CHECK_WORDS.believed)}</p>}
      {answer instanceof Fault && (
        <>
          <p class="verified">{speech.text(answer.isAlarm ? CHECK_WORDS.refused : CHECK_WORDS.notTried)}</p>
          <Trouble fault={answer} kept={true} again={again} />
        </>
      )}
    </section>
  );
}
