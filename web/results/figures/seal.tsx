/** The mark that this browser itself checked what stands below, what that proves, and what it does not. */
import { useState } from "preact/hooks";
import { type Speech, useSpeech } from "../../ui/language.tsx";
import { Later } from "../later.tsx";
import type { Snapshot } from "../verify/verify.ts";
import { WORDS } from "../words.ts";

/** The time zone of the page: that of the region shown, of the capital for the nation. */
export function zoneOf(snapshot: Snapshot): string {
  return snapshot.path.at(-1)?.zone ?? "WIB";
}

/** Number and time of the edition on the screen. */
export function editionWords(snapshot: Snapshot, speech: Speech): string {
  const { number, time } = snapshot.edition;
  return `${speech.text(WORDS.edition)}${speech.number(number)} · ${speech.time(time, zoneOf(snapshot))}`;
}

const loadChecked = async () => (await import("../checking/checked.tsx")).Checked;

export function Seal({ snapshot }: { snapshot: Snapshot }) {
  const speech = useSpeech();
  const [open, setOpen] = useState(false);
  return (
    <section class="seal" aria-label={speech.text(WORDS.checked)}>
      <p>
        <svg aria-hidden="true" viewBox="0 0 20 20" width="20" height="20">
          <circle cx="10" cy="10" r="9" fill="currentColor" />
          <path d="M5.6 10.4l3 3 5.8-6.4" fill="none" stroke="var(--surface)" stroke-width="2" />
        </svg>
        <strong>{speech.text(WORDS.checked)}</strong>
        <a class="target edition" href={`?data=${snapshot.edition.number}${location.hash}`}>
          {editionWords(snapshot, speech)}
        </a>
      </p>
      <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{speech.text(WORDS.whatChecked)}</summary>
        {open && <Later name="checked" load={loadChecked} props={{ snapshot }} />}
      </details>
    </section>
  );
}
