/** The photographed pages beside the figures: page by page, larger, turned, without leaving the keyboard. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import { useSpeech } from "../../ui/language.tsx";
import { paperUrl } from "../shell/api.ts";
import { type Key, useKeys } from "../shell/keys.ts";
import { READING_WORDS as WORDS } from "./words.ts";

const ZOOMS = [1, 1.5, 2, 3, 4] as const;

export function Photos({ pages }: { pages: readonly Hash[] }) {
  const speech = useSpeech();
  const [at, setAt] = useState(0);
  const [zoom, setZoom] = useState(0);
  const [turns, setTurns] = useState(0);
  const frame = useRef<HTMLElement>(null);
  const key = pages.join();
  useEffect(() => {
    setAt(0);
    setTurns(0);
  }, [key]);
  const shown = Math.min(at, Math.max(0, pages.length - 1));
  useEffect(() => frame.current?.scrollTo(0, 0), [shown, key]);
  const page = (step: number) => setAt((shown + step + pages.length) % Math.max(1, pages.length));
  const enlarge = (step: number) => setZoom(Math.min(ZOOMS.length - 1, Math.max(0, zoom + step)));
  const keys: Key[] = [
    { key: "PageDown", does: WORDS.nextPage, run: () => page(1), inFields: true },
    { key: "PageUp", does: WORDS.previousPage, run: () => page(-1), inFields: true },
    { key: "F9", does: WORDS.zoomIn, run: () => enlarge(1), inFields: true },
    { key: "F8", does: WORDS.zoomOut, run: () => enlarge(-1), inFields: true },
    { key: "F7", does: WORDS.rotate, run: () => setTurns(turns + 1), inFields: true },
    { key: "+", does: WORDS.zoomIn, run: () => enlarge(1), hidden: true },
    { key: "-", does: WORDS.zoomOut, run: () => enlarge(-1), hidden: true },
  ];
  useKeys(pages.length === 0 ? [] : keys);
  const hash = pages[shown];
  return (
    <section class="sheet-photos" aria-label={speech.text(WORDS.photos)}>
      {hash === undefined ? (
        <div class="photos-none">
          <p>
            <strong>{speech.text(WORDS.noPhotos)}</strong>
          </p>
          <p class="muted">{speech.text(WORDS.noPhotosDo)}</p>
        </div>
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
          <section class="photo-frame" ref={frame} tabIndex={0} aria-label={`${speech.text(WORDS.page)} ${shown + 1}`}>
            <img
              src={paperUrl(hash)}
              alt={`${speech.text(WORDS.page)} ${shown + 1}`}
              class={`turn-${turns % 4}`}
              style={{ width: `${(ZOOMS[zoom] ?? 1) * 100}%` }}
            />
          </section>
          <div class="photo-bar">
            <span>
              {speech.text(WORDS.page)} {shown + 1} {speech.text(WORDS.of)} {pages.length}
            </span>
            <button type="button" class="quiet" onClick={() => page(1)}>
              {speech.text(WORDS.nextShort)} <kbd>PgDn</kbd>
            </button>
            <PhotoButton sign="+" does={WORDS.zoomIn} name="F9" onClick={() => enlarge(1)} />
            <PhotoButton sign="−" does={WORDS.zoomOut} name="F8" onClick={() => enlarge(-1)} />
            <PhotoButton sign="⟳" does={WORDS.rotate} name="F7" onClick={() => setTurns(turns + 1)} />
          </div>
        </>
      )}
    </section>
  );
}

interface ButtonProps {
  /** Stands for what the button does, which is said to those who do not see it. */
  readonly sign: string;
  readonly does: Text;
  /** Of its key. */
  readonly name: string;
  readonly onClick: () => void;
}

function PhotoButton({ sign, does, name, onClick }: ButtonProps) {
  const speech = useSpeech();
  return (
    <button type="button" class="quiet" title={speech.text(does)} onClick={onClick}>
      <span aria-hidden="true">{sign}</span>
      <span class="unseen">{speech.text(does)}</span> <kbd>{name}</kbd>
    </button>
  );
}
