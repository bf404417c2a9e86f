/** What stands beside the totals: votes that wait to be matched, with both totals. */
import { useState } from "preact/hooks";
import { useSpeech } from "../../ui/language.tsx";
import { Later } from "../later.tsx";
import type { Names } from "../verify/names.ts";
import type { ResultObject } from "../verify/objects.ts";
import { WORDS } from "../words.ts";

const loadTable = async () => (await import("./held-table.tsx")).HeldTable;

/** Votes of the count book that wait to be matched; nothing if there are none. */
export function Held({ object, names }: { object: ResultObject; names: ReadonlyMap<string, Names> }) {
  const speech = useSpeech();
  const [open, setOpen] = useState(false);
  const own = object.count;
  const votes = (own.parties === null ? own.lists : [own.parties])
    .flatMap(({ held }) => held)
    .reduce((total, [, n]) => total + n, 0);
  const stations = own.stations.held ?? 0;
  if (stations === 0 && votes === 0) return null;
  // Of a station that is counted one party's lines alone may wait: votes without a station.
  const sums = [
    ...(stations > 0 ? [`${speech.number(stations)} ${speech.text(WORDS.stationUnit)}`] : []),
    ...(votes > 0 ? [`${speech.number(votes)} ${speech.text(WORDS.voteColumn).toLowerCase()}`] : []),
  ];
  return (
    <section class="notice held" aria-labelledby="held">
      <h2 id="held">
        {speech.text(WORDS.heldTitle)}: {sums.join(", ")}
      </h2>
      <p>{speech.text(WORDS.heldBody)}</p>
      {votes > 0 && (
        <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
          <summary>{speech.text(WORDS.ifAdded)}</summary>
          {open && <Later name="held" load={loadTable} props={{ object, names }} />}
        </details>
      )}
    </section>
  );
}
