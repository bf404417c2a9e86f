/** What this browser recomputed for the page that is shown, and what that does not prove. */
import { toBase64 } from "../../../src/ledger/bytes.ts";
import { useSpeech } from "../../ui/language.tsx";
import { routeToPage } from "../route.ts";
import type { Snapshot } from "../verify/verify.ts";
import { wear } from "../wear.ts";
import { WORDS } from "../words.ts";
import css from "./checked.css?inline";
import { cosignersOf, regionOf } from "./steps.ts";
import { CHECK_WORDS } from "./words.ts";

wear(css);

export function Checked({ snapshot }: { snapshot: Snapshot }) {
  const speech = useSpeech();
  const { checks, head, edition, status } = snapshot;
  const cosigners = cosignersOf(snapshot).length;
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
        {" · "}
        {speech.text(CHECK_WORDS.key)}: <code>{status.editionsVkey.slice(-12)}</code>
        {" · "}
        {speech.text(CHECK_WORDS.cosigners)}: {cosigners === 0 ? speech.text(CHECK_WORDS.noCosigners) : n(cosigners)}
      </p>
      <p>
        <a class="target" href={routeToPage(snapshot.contest, regionOf(snapshot), "periksa")}>
          {speech.text(CHECK_WORDS.checkPage)}
        </a>
      </p>
    </div>
  );
}
