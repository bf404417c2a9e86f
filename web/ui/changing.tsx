/** A number that is marked for a few seconds when a newer edition changes it. */
import { useEffect, useRef } from "preact/hooks";
import { useSpeech } from "./language.tsx";

export function Changing({ value }: { value: number }) {
  const speech = useSpeech();
  const span = useRef<HTMLSpanElement>(null);
  const shown = useRef(value);
  useEffect(() => {
    const element = span.current;
    if (element === null || shown.current === value) return;
    shown.current = value;
    element.classList.remove("changed");
    // Reading a layout value lets the animation begin anew for a number that changes twice.
    void element.offsetWidth;
    element.classList.add("changed");
  }, [value]);
  return <span ref={span}>{speech.number(value)}</span>;
}
