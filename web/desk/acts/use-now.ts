/** The desk's time in a component, moving on by itself. */
import { useEffect, useState } from "preact/hooks";
import { useDesk } from "../shell/desk.ts";

/** @param every how often the component is drawn anew, in milliseconds */
export function useNow(every: number): number {
  const { ahead } = useDesk();
  const [, draw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => draw((count) => count + 1), every);
    return () => clearInterval(timer);
  }, [every]);
  return Date.now() + ahead;
}
