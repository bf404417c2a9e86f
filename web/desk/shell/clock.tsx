/** The clock of the hall: its own zone, by the desk's clock and not by this browser's. */
import { useEffect, useState } from "preact/hooks";
import { formatTime, type Language } from "../../ui/format.ts";
import { useSpeech } from "../../ui/language.tsx";
import { useDesk } from "./desk.ts";
import { SHELL_WORDS } from "./words.ts";

/** Hours and minutes with the zone: `14.05 WITA`. */
export function clockTime(time: number, zone: string, language: Language): string {
  const whole = formatTime(time, zone, language);
  const clock = /\d\d[.:]\d\d(?=[.:]\d\d)/.exec(whole)?.[0] ?? "";
  return `${clock} ${whole.slice(whole.lastIndexOf(" ") + 1)}`;
}

export function Clock() {
  const speech = useSpeech();
  const { ahead, hall } = useDesk();
  const [, draw] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => draw((count) => count + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <p class="clock">
      <span class="unseen">{speech.text(SHELL_WORDS.clock)}</span>
      {clockTime(Date.now() + ahead, hall.region.zone, speech.language)}
    </p>
  );
}
