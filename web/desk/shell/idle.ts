/** Locks a screen that was left alone: any key, touch or move of the mouse begins the time anew. */
import { useEffect, useRef } from "preact/hooks";

const SIGNS = ["keydown", "pointerdown", "pointermove"] as const;
/** Between two looks whether the time is over, in milliseconds. */
const LOOK = 5_000;

/**
 * @param after milliseconds without a sign of anyone, by the clock on the wall: timers stand still while a lid is closed, and the
 * first hand on the laptop after that may be anybody's
 */
export function useIdle(isWatching: boolean, after: number, onIdle: () => void): void {
  const latest = useRef(onIdle);
  latest.current = onIdle;
  useEffect(() => {
    if (!isWatching) return;
    let last = Date.now();
    // Either way: a clock that was set back says nothing of how long nobody was here.
    const isOver = () => Math.abs(Date.now() - last) >= after;
    const look = () => {
      if (isOver()) latest.current();
    };
    const begin = () => {
      if (isOver()) latest.current();
      else last = Date.now();
    };
    const timer = window.setInterval(look, LOOK);
    for (const sign of SIGNS) addEventListener(sign, begin, { passive: true });
    return () => {
      clearInterval(timer);
      for (const sign of SIGNS) removeEventListener(sign, begin);
    };
  }, [isWatching, after]);
}
