/** A row of links that scrolls sideways on a phone: the one that the reader is at is brought into it. */
import type { RefObject } from "preact";
import { useEffect, useRef } from "preact/hooks";

/** For the row's element; `at` changes when the reader goes to another of its links. */
export function useScrollRow(at: string): RefObject<HTMLElement | null> {
  const row = useRef<HTMLElement>(null);
  useEffect(() => {
    const here = row.current?.querySelector<HTMLElement>("[aria-current]");
    if (row.current && here) row.current.scrollLeft = here.offsetLeft - row.current.offsetLeft - EDGE;
  }, [at]);
  return row;
}

/** So much of the link before it stays in sight, in pixels. */
const EDGE = 48;
