/** Locks a screen that was left alone: any key, touch or move of the mouse begins the time anew. */
import { useEffect, useRef } from "preact/hooks";

const SIGNS = ["keydown", "pointerdown", "pointermove"] as const;

/** @param after milliseconds without a sign of anyone */
export function useIdle(isWatching: boolean, after: number, onIdle: () => void): void {
  const latest = useRef(onIdle);
  latest.current = onIdle;
  useEffect(() => {
    if (!isWatching) return;
    let timer = 0;
    const begin = () => {
      clearTimeout(timer);
      timer = window.setTimeout(() => latest.current(), after);
    };
    begin();
    for (const sign of SIGNS) addEventListener(sign, begin, { passive: true });
    return () => {
      clearTimeout(timer);
      for (const sign of SIGNS) removeEventListener(sign, begin);
    };
  }, [isWatching, after]);
}
