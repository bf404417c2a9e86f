/** Skors and cabut skors: one key of the chair, for the whole plenary; a button for each panel. */
import type { HallView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm, useActing } from "../acts/act-form.tsx";
import { useDesk } from "../shell/desk.ts";
import { type Key, useKeys } from "../shell/keys.ts";
import { WORDS } from "./words.ts";

/** Whether the plenary as a whole rests: every panel does. */
export const rests = ({ panels }: Pick<HallView, "panels">): boolean =>
  panels.length > 0 && panels.every(({ paused }) => paused);

/** The chair's key, wherever they are in the hall: Ctrl+S. */
export function PauseKey() {
  const { hall } = useDesk();
  const pause = useActing("pause");
  const unpause = useActing("unpause");
  const run = () => {
    const type = rests(hall) ? "unpause" : "pause";
    void (type === "pause" ? pause : unpause).state(() => ({ draft: { type, body: { panel: null } } }));
  };
  const keys: readonly Key[] = pause.isAllowed ? [{ key: "Ctrl+s", does: WORDS.pauseKey, run, inFields: true }] : [];
  useKeys(keys);
  return null;
}

/** The button that pauses a panel, or all of them, or ends it. */
export function PauseButton({ panel, paused }: { panel: number | null; paused: boolean }) {
  const speech = useSpeech();
  const act = paused ? "unpause" : "pause";
  const all = paused ? WORDS.unpauseAll : WORDS.pauseAll;
  const one = paused ? WORDS.unpause : WORDS.pause;
  return (
    <ActForm
      act={act}
      submit={panel === null ? all : one}
      form={() => ({ draft: { type: act, body: { panel } } })}
      compact={panel !== null}
      label={panel === null ? undefined : `${speech.text(one)}, panel ${panel + 1}`}
    />
  );
}
