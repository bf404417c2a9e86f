/** Periksa lembar: what the code on a printed paper opens; whether that paper was made from the log that is published. */
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import type { PageProps } from "../page-props.ts";
import { routeTo, routeToPage } from "../route.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { wear } from "../wear.ts";
import { WORDS } from "../words.ts";
import css from "./printed.css?inline";
import { checkPrinted, type PrintedAnswer } from "./printed.ts";

wear(css);

const PRINTED_WORDS = {
  same: { id: "Cocok dengan catatan yang diumumkan", en: "It agrees with the published log" },
  sameBody: {
    id: "Lembar ini dibuat dari catatan rapat pleno yang sama dengan yang diumumkan. Sejak dicetak tidak ada yang diubah atau dihapus dari isinya.",
    en: "This paper was made from the plenary's log as it is published. Nothing in it was changed or removed since it was printed.",
  },
  none: { id: "Sesudah lembar ini dicetak tidak ada yang ditambahkan.", en: "Nothing was added after it was printed." },
  added: { id: "entri ditambahkan sesudah lembar ini dicetak.", en: "entries were added after it was printed." },
  addedOne: { id: "entri ditambahkan sesudah lembar ini dicetak.", en: "entry was added after it was printed." },
  paperOnly: {
    id: "Kode ini hanya menunjuk catatannya. Cocokkan sendiri angka di kertas dengan angka di halaman wilayahnya.",
    en: "The code names the log alone. Compare the figures on the paper with those on the region's page yourself.",
  },
  later: { id: "Lembar ini lebih baru daripada data di layar", en: "This paper is newer than the data shown" },
  laterBody: {
    id: "Catatan yang diumumkan belum sampai ke entri itu. Periksa lagi setelah ada data baru.",
    en: "The published log has not come as far as that yet. Check again when there is a newer edition.",
  },
  differs: { id: "Tidak cocok dengan catatan yang diumumkan", en: "It does not agree with the published log" },
  differsBody: {
    id: "Catatan yang diumumkan berbunyi lain pada jumlah entri itu. Mungkin kode ini bukan dari lembar yang asli, atau ada dua riwayat yang bertentangan. Simpan lembarnya dan tunjukkan kepada pengawas.",
    en: "The published log reads otherwise at that size. Either the code is not of a genuine paper, or there are two conflicting histories. Keep the paper and show it to the supervisor.",
  },
  "unknown-log": { id: "Catatan ini tidak ada dalam data yang diumumkan", en: "The published data have no such log" },
  "other-election": { id: "Lembar ini dari pemilihan lain", en: "This paper is of another election" },
  "no-paper": { id: "Ini bukan kode dari lembar rapat pleno", en: "This is not the code of a plenary's paper" },
  noPaperBody: {
    id: "Pindai kode persegi pada D.Hasil, Lembar Posisi Malam, atau daftar keberatan.",
    en: "Scan the square code on a certificate, a night's position or a list of objections.",
  },
  log: { id: "Catatan", en: "Log" },
  printed: { id: "Entri di lembar", en: "Entries on the paper" },
  now: { id: "Entri sekarang", en: "Entries now" },
  root: { id: "Akar di lembar", en: "Root on the paper" },
  published: { id: "Akar yang diumumkan", en: "Root as published" },
  region: { id: "Lihat hasil wilayah ini", en: "See this region's results" },
  changes: { id: "Lihat yang berubah sesudahnya", en: "See what changed since" },
} as const satisfies Readonly<Record<string, Text>>;

export function PrintedPage({ reader, snapshot, route, refresh }: PageProps) {
  const speech = useSpeech();
  const { ask } = route;
  const paper = `${ask.log}/${ask.size}/${ask.root}`;
  const { value, fault } = useLoaded(paper, () => checkPrinted(reader, snapshot, ask), snapshot.edition.id);
  return (
    <>
      {fault && <Trouble fault={fault} kept={true} again={refresh} />}
      {value === null && fault === null && <p class="muted waiting">{speech.text(WORDS.waiting)}</p>}
      {value && <Answer answer={value} />}
      <p class="buttons">
        <a class="target" href={routeTo(route.contest, route.region)}>
          {speech.text(PRINTED_WORDS.region)}
        </a>{" "}
        {value?.what === "same" && value.now > value.printed.size && (
          <a class="target" href={routeToPage(route.contest, route.region, "perubahan", { buku: "recap" })}>
            {speech.text(PRINTED_WORDS.changes)}
          </a>
        )}
      </p>
    </>
  );
}

function Answer({ answer }: { answer: PrintedAnswer }) {
  const speech = useSpeech();
  const { what } = answer;
  return (
    <section class={`panel printed is-${what}`} role="status">
      <h2>{speech.text(PRINTED_WORDS[what])}</h2>
      <Explained answer={answer} />
      {answer.what !== "no-paper" && (
        <dl class="small">
          <Fact name={PRINTED_WORDS.log} value={answer.printed.origin} />
          <Fact name={PRINTED_WORDS.printed} value={speech.number(answer.printed.size)} />
          {"now" in answer && <Fact name={PRINTED_WORDS.now} value={speech.number(answer.now)} />}
          <Fact name={PRINTED_WORDS.root} value={answer.printed.root} />
          {answer.what === "differs" && <Fact name={PRINTED_WORDS.published} value={answer.root} />}
        </dl>
      )}
    </section>
  );
}

function Explained({ answer }: { answer: PrintedAnswer }) {
  const speech = useSpeech();
  switch (answer.what) {
    case "same": {
      const added = answer.now - answer.printed.size;
      const words = added === 1 ? PRINTED_WORDS.addedOne : PRINTED_WORDS.added;
      return (
        <>
          <p>
            {speech.text(PRINTED_WORDS.sameBody)}{" "}
            {added === 0 ? speech.text(PRINTED_WORDS.none) : `${speech.number(added)} ${speech.text(words)}`}
          </p>
          <p>{speech.text(PRINTED_WORDS.paperOnly)}</p>
        </>
      );
    }
    case "later":
      return <p>{speech.text(PRINTED_WORDS.laterBody)}</p>;
    case "differs":
      return <p>{speech.text(PRINTED_WORDS.differsBody)}</p>;
    default:
      return <p>{speech.text(PRINTED_WORDS.noPaperBody)}</p>;
  }
}

function Fact({ name, value }: { name: Text; value: string }) {
  const speech = useSpeech();
  return (
    <div>
      <dt>{speech.text(name)}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </div>
  );
}
