/** The mark that this browser itself checked what stands below, what that proves, and what it does not. */
import { toBase64 } from "../../../src/ledger/bytes.ts";
import { useSpeech } from "../../ui/language.tsx";
import type { Snapshot } from "../verify/verify.ts";
import { WORDS } from "../words.ts";

/** The time zone of the page: that of the region shown, of the capital for the nation. */
export function zoneOf(snapshot: Snapshot): string {
  return snapshot.path.at(-1)?.zone ?? "WIB";
}

export function Seal({ snapshot }: { snapshot: Snapshot }) {
  const speech = useSpeech();
  const { edition } = snapshot;
  return (
    <section class="seal" aria-label={speech.text(WORDS.checked)}>
      <p>
        <svg aria-hidden="true" viewBox="0 0 20 20" width="20" height="20">
          <circle cx="10" cy="10" r="9" fill="currentColor" />
          <path d="M5.6 10.4l3 3 5.8-6.4" fill="none" stroke="var(--surface)" stroke-width="2" />
        </svg>
        <strong>{speech.text(WORDS.checked)}</strong>
        <span class="edition">
          {speech.text(WORDS.edition)}
          {speech.number(edition.number)} · {speech.time(edition.time, zoneOf(snapshot))}
        </span>
      </p>
      <details>
        <summary>{speech.text(WORDS.whatChecked)}</summary>
        <Checked snapshot={snapshot} />
      </details>
    </section>
  );
}

function Checked({ snapshot }: { snapshot: Snapshot }) {
  const speech = useSpeech();
  const { checks, head, edition } = snapshot;
  const n = speech.number;
  const candidates = snapshot.path.some(({ parties }) => parties.length > 0) ? [WORDS.checkedCandidates] : [];
  const lines =
    speech.language === "id"
      ? [
          `Terbitan data ke-${n(edition.number)} ditandatangani kunci pemilu ini dan tercatat dalam log terbitan (${n(head.size)} entri).`,
          `${n(checks.objects)} berkas di halaman ini, dari tingkat nasional sampai wilayah ini: sidik setiap berkas sama dengan yang tertulis di tingkat atasnya.`,
          `${n(checks.sums)} jumlah, dalam kedua buku, dihitung ulang dari bagian-bagiannya: semuanya sama.`,
          ...candidates.map(({ id }) => id),
          checks.since === null
            ? WORDS.firstVisit.id
            : `Log terbitan melanjutkan keadaan yang pernah dilihat peramban ini (${n(checks.since)} entri): tidak ada yang dihapus atau diganti.`,
        ]
      : [
          `Edition ${n(edition.number)} is signed by this election's key and is in the log of editions (${n(head.size)} entries).`,
          `${n(checks.objects)} files of this page, from the nation to this region: the fingerprint of each is the one stated one level up.`,
          `${n(checks.sums)} totals, in both books, were recomputed from their parts: all are equal.`,
          ...candidates.map(({ en }) => en),
          checks.since === null
            ? WORDS.firstVisit.en
            : `The log of editions continues the state that this browser saw before (${n(checks.since)} entries): nothing was removed or replaced.`,
        ];
  return (
    <div class="checked">
      <ul>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <p>
        <strong>{speech.text(WORDS.checkedNot)}</strong>
      </p>
      <p class="small muted">
        {speech.text(WORDS.root)}: <code>{toBase64(head.root).slice(0, 12)}…</code>
      </p>
    </div>
  );
}
