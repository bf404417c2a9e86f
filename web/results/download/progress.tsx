/** A file while it is made. */
import { useSpeech } from "../../ui/language.tsx";
import type { Maker } from "./make.ts";
import { sizeWords } from "./prepared.ts";
import { DOWNLOAD_WORDS as W } from "./words.ts";

/** How far the file is; what came of it. */
export function Progress({ maker: { making, stop } }: { maker: Maker }) {
  const speech = useSpeech();
  if (making.state === "rest") return <p role="status" class="small" />;
  if (making.state === "failed") {
    return (
      <p role="alert" class="notice held">
        <strong>
          {speech.text(W.failed)}: {making.what}.
        </strong>{" "}
        {speech.text(making.why)}
      </p>
    );
  }
  if (making.state === "ready") {
    return (
      <p role="status">
        {speech.text(W.saved)} <code>{making.name}</code> ({sizeWords(making.bytes, speech.language)})
      </p>
    );
  }
  const { done, of, what } = making;
  return (
    <div role="status" class="making">
      <p>
        {what}: {speech.text(of > 0 && done >= of ? W.writing : W.reading)}
        {of > 0 && ` ${speech.number(done)} ${speech.text(W.of)} ${speech.number(of)}`}
        {of === 0 && done > 0 && ` ${speech.number(done)} ${speech.text(W.filesRead)}`}
      </p>
      {of > 0 ? <progress aria-label={what} max={of} value={done} /> : <progress aria-label={what} />}
      <button type="button" onClick={stop}>
        {speech.text(W.stop)}
      </button>
    </div>
  );
}
