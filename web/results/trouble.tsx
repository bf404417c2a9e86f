/** When something did not verify, or nobody answered: what happened, in which file, what is still to be trusted, what to do. */
import { useEffect, useRef } from "preact/hooks";
import { useSpeech } from "../ui/language.tsx";
import type { Fault } from "./verify/fault.ts";
import { FAULT_WORDS, WORDS } from "./words.ts";

interface Props {
  readonly fault: Fault;
  /** Whether a verified state is still on the screen. */
  readonly kept: boolean;
  readonly again: () => void;
  /** Which state that is, and of when. */
  readonly age?: string | undefined;
}

export function Trouble({ fault, kept, again, age }: Props) {
  const speech = useSpeech();
  const { isAlarm } = fault;
  const heading = useRef<HTMLHeadingElement>(null);
  // The reader may be far down the page, reading figures that no longer stand on safe ground.
  useEffect(() => {
    if (isAlarm) heading.current?.focus();
  }, [isAlarm]);
  return (
    <section class={`notice ${isAlarm ? "alarm" : "calm"}`} role={isAlarm ? "alert" : "status"}>
      <h2 ref={heading} tabIndex={-1}>
        {speech.text(isAlarm ? WORDS.alarm : WORDS.offline)}
      </h2>
      <p>{speech.text(FAULT_WORDS[fault.code])}</p>
      {age !== undefined && (
        <p>
          {speech.text(WORDS.lastChecked)} {age}
        </p>
      )}
      {isAlarm && (
        <>
          <p>{speech.text(kept ? WORDS.alarmKept : WORDS.alarmEmpty)}</p>
          <dl class="small">
            <div>
              <dt>{speech.text(WORDS.file)}</dt>
              <dd>
                <code>{fault.file}</code>
              </dd>
            </div>
            <div>
              <dt>{fault.code}</dt>
              <dd>
                <code>{fault.message}</code>
              </dd>
            </div>
          </dl>
          {fault.evidence.length > 0 && (
            <details>
              <summary>{speech.text(WORDS.evidence)}</summary>
              {fault.evidence.map((text) => (
                // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
                <pre key={text} tabIndex={0}>
                  {text}
                </pre>
              ))}
            </details>
          )}
          <p>{speech.text(WORDS.alarmDo)}</p>
        </>
      )}
      <button type="button" onClick={again}>
        {speech.text(WORDS.again)}
      </button>
    </section>
  );
}
