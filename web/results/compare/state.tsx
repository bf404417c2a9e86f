/** How far reading or comparing is, or why it cannot be done. */
import { useSpeech } from "../../ui/language.tsx";
import type { Asking, Worked } from "./ask.ts";
import { COMPARE_WORDS as W } from "./words.ts";

export function State({ asking, stop }: { asking: Asking; stop: Worked["stop"] }) {
  const speech = useSpeech();
  if (asking.state === "rest") return <p role="status" class="small" />;
  if (asking.state === "failed") {
    return (
      <p role="alert" class="notice held">
        <strong>{speech.text(W.bad)}.</strong> {speech.text(asking.why)}
      </p>
    );
  }
  const { done, of, what } = asking;
  const words = speech.text(what === "open" ? W.reading : W.comparing);
  return (
    <div role="status" class="making">
      <p>
        {words}
        {of > 0 && ` ${speech.number(done)} ${speech.text(W.of)} ${speech.number(of)}`}
      </p>
      {of > 0 ? <progress aria-label={words} max={of} value={done} /> : <progress aria-label={words} />}
      <button type="button" onClick={stop}>
        {speech.text(W.stop)}
      </button>
    </div>
  );
}
