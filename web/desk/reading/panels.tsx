/** Which panel this table reads for: up to four read at once, each with a queue of its own. A hall with one panel shows nothing. */
import { useSpeech } from "../../ui/language.tsx";
import { WORDS as COMMON } from "../acts/words.ts";
import { useDesk } from "../shell/desk.ts";
import { type Key, useKeys } from "../shell/keys.ts";
import { panelAfter } from "./queue.ts";
import { READING_WORDS as WORDS } from "./words.ts";

export function Panels({ panel }: { readonly panel: number }) {
  const speech = useSpeech();
  const { hall, go } = useDesk();
  const panels = hall.panels.filter(({ panel: number, queue }) => queue.length > 0 || number === panel);
  const key: Key = { key: "g", does: WORDS.otherPanel, run: () => go("baca", panelAfter(panels, panel)) };
  useKeys(panels.length > 1 ? [key] : []);
  if (panels.length < 2) return null;
  return (
    <fieldset class="panels no-print">
      <legend class="unseen">{speech.text(WORDS.panels)}</legend>
      {panels.map(({ panel: number, queue, at, paused }) => (
        <button key={number} type="button" aria-pressed={number === panel} onClick={() => go("baca", number)}>
          {speech.text(COMMON.panel)} {number + 1}{" "}
          <span class="small">
            {paused ? speech.text(WORDS.panelPaused) : `${speech.number(at)}/${speech.number(queue.length)}`}
          </span>
        </button>
      ))}
      <kbd>G</kbd>
    </fieldset>
  );
}
