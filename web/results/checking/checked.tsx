/** What this browser recomputed for the page that is shown, and what that does not prove. */
import { toBase64 } from "../../../src/ledger/bytes.ts";
import { useSpeech } from "../../ui/language.tsx";
import type { Snapshot } from "../verify/verify.ts";
import { WORDS } from "../words.ts";
import { CHECK_WORDS } from "./words.ts";

export function Checked({ snapshot }: { snapshot: Snapshot }) {
  const speech = useSpeech();
  const { checks, head, edition } = snapshot;
  const n = speech.number;
  const candidates = snapshot.path.some(({ parties }) => parties.length > 0) ? [CHECK_WORDS.checkedCandidates] : [];
  const lines =
    speech.language === "id"
      ? [
          `Terbitan data ke-${n(edition.number)} ditandatangani kunci pemilu ini dan tercatat dalam log terbitan (${n(head.size)} entri).`,
          `${n(checks.objects)} berkas di halaman ini, dari tingkat nasional sampai wilayah ini: sidik setiap berkas sama dengan yang tertulis di tingkat atasnya.`,
          `${n(checks.sums)} jumlah, dalam kedua buku, dihitung ulang dari bagian-bagiannya: semuanya sama.`,
          ...candidates.map(({ id }) => id),
          checks.since === null
            ? CHECK_WORDS.firstVisit.id
            : `Log terbitan melanjutkan keadaan yang pernah dilihat peramban ini (${n(checks.since)} entri): tidak ada yang dihapus atau diganti.`,
        ]
      : [
          `Edition ${n(edition.number)} is signed by this election's key and is in the log of editions (${n(head.size)} entries).`,
          `${n(checks.objects)} files of this page, from the nation to this region: the fingerprint of each is the one stated one level up.`,
          `${n(checks.sums)} totals, in both books, were recomputed from their parts: all are equal.`,
          ...candidates.map(({ en }) => en),
          checks.since === null
            ? CHECK_WORDS.firstVisit.en
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
        {speech.text(CHECK_WORDS.root)}: <code>{toBase64(head.root).slice(0, 12)}…</code>
      </p>
    </div>
  );
}
