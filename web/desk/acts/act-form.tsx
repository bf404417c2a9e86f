/**
 * The one form in which an act is stated: its fields, what is still needed, who may, and the answer. Nothing is signed before the
 * form needs nothing; a refusal leaves everything as it was typed.
 */
import { type ComponentChildren, createContext } from "preact";
import { useContext, useRef, useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import type { ActName } from "../../../src/tally/powers.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ApiFault } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import type { Formed, Need } from "./draft.ts";
import { hindrance, mayState } from "./may.ts";
import { actWords } from "./say-act.ts";
import { ACT_WORDS, WORDS } from "./words.ts";

const NeedsContext = createContext<readonly Need[]>([]);

/** What the form that surrounds this field still needs of it; null if nothing. */
export function useNeed(field: string): Text | null {
  return useContext(NeedsContext).find((need) => need.field === field)?.what ?? null;
}

interface Props {
  readonly act: ActName;
  /** What was typed, as what is to be stated. */
  readonly form: () => Formed | Promise<Formed>;
  readonly onStated?: () => void;
  /** On the button; without it the name of the act. */
  readonly submit?: Text;
  readonly children?: ComponentChildren;
  /** A button in a line of others, without the frame of a form. */
  readonly compact?: boolean;
  /** What a second person is to compare besides what the act says. */
  readonly compares?: string | undefined;
  /** What the button is called to those who do not see where it stands. */
  readonly label?: string | undefined;
}

export function ActForm({ act, form, onStated, submit, children, compact, label, compares }: Props) {
  const speech = useSpeech();
  const { state, needs, fault, isBusy, isAllowed, why, seconds, mended } = useActing(act, onStated, compares);
  const element = useRef<HTMLFormElement>(null);
  const send = async () => {
    const { open } = await state(form);
    const first = open[0]?.field;
    if (first !== undefined) element.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  };
  return (
    <form
      ref={element}
      class={compact ? "act-form compact" : "act-form"}
      noValidate
      onInput={(event) => mended(fieldOf(event.target))}
      onChange={(event) => mended(fieldOf(event.target))}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <NeedsContext.Provider value={needs}>
        {children !== undefined && (
          <fieldset class="plain-fieldset" disabled={!isAllowed || isBusy}>
            {children}
          </fieldset>
        )}
      </NeedsContext.Provider>
      {fault !== null && (
        <p class="fault" role="alert">
          {speech.text(fault)}
        </p>
      )}
      <div class="row">
        <button
          type="submit"
          class={compact ? undefined : "primary"}
          disabled={!isAllowed || isBusy}
          title={compact && why !== null ? speech.text(why) : undefined}
          aria-label={label}
        >
          {speech.text(isBusy ? WORDS.sending : (submit ?? ACT_WORDS[act]))}
        </button>
        {why !== null && !compact && <p class="small muted">{speech.text(why)}</p>}
        {why === null && seconds && !compact && <p class="small muted">{speech.text(WORDS.secondFollows)}</p>}
      </div>
    </form>
  );
}

const fieldOf = (target: EventTarget | null): string =>
  (target instanceof Element && target.getAttribute("name")) || "";

interface Outcome {
  readonly open: readonly Need[];
  readonly isStated: boolean;
}

/** How a page states an act: whether it may, what is needed, and how it went. */
export function useActing(act: ActName, onStated?: () => void, compares?: string) {
  const desk = useDesk();
  const speech = useSpeech();
  const [needs, setNeeds] = useState<readonly Need[]>([]);
  const [fault, setFault] = useState<Text | null>(null);
  const [isBusy, setBusy] = useState(false);
  const may = mayState(act, desk.person === null ? [] : [desk.person]);
  const why = may.may === "no" ? may.why : hindrance(act, desk.hall);

  /** States what the form says; answers what it still needs, and whether it is stated. */
  const state = async (form: () => Formed | Promise<Formed>): Promise<Outcome> => {
    setBusy(true);
    setFault(null);
    try {
      const { needs: open, draft } = await form();
      setNeeds(open ?? []);
      if (draft === undefined) return { open, isStated: false };
      // The page may be left before the answer: then a refusal comes back by itself.
      const about = ACT_WORDS[act];
      const summary = (
        <>
          <p>{actWords(draft, desk.hall, speech)}</p>
          {compares !== undefined && <p class="compares">{compares}</p>}
        </>
      );
      const stated = await desk.state(draft.type, draft.body, { about, summary, goesOn: true });
      if (stated.ok) onStated?.();
      return { open: [], isStated: stated.ok };
    } catch (problem) {
      if (!(problem instanceof ApiFault)) throw problem;
      setFault(problem.words);
      return { open: [], isStated: false };
    } finally {
      setBusy(false);
    }
  };
  /** A field was changed: what was needed of it is said again only when the form is stated again. */
  const mended = (field: string) => setNeeds((before) => before.filter((need) => need.field !== field));
  return { state, mended, needs, fault, isBusy, isAllowed: why === null, why, seconds: may.may === "with-second" };
}
