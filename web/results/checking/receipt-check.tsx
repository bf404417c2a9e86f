/** Paste or drop a receipt: is what a phone was promised in the log? */
import { useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { type Speech, useSpeech } from "../../ui/language.tsx";
import { routeTo } from "../route.ts";
import { Trouble } from "../trouble.tsx";
import { Fault } from "../verify/fault.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";
import { wear } from "../wear.ts";
import { WORDS } from "../words.ts";
import css from "./receipt.css?inline";
import { type Answer, brokenReceipt, checkReceipt } from "./receipt.ts";

wear(css);

const RECEIPT_WORDS = {
  title: { id: "Periksa tanda terima", en: "Check a receipt" },
  body: {
    id: "Tempel isi berkas tanda terima, atau letakkan berkasnya di sini. Pemeriksaan berjalan di peramban Anda; tanda terima tidak dikirim ke mana pun.",
    en: "Paste a receipt, or drop its file here. The check runs in your browser; the receipt is sent nowhere.",
  },
  label: { id: "Isi tanda terima", en: "The receipt" },
  file: { id: "Pilih berkas", en: "Choose a file" },
  check: { id: "Periksa", en: "Check" },
  kept: {
    id: "Ditepati. Pernyataan itu ada di log, di tempat yang dijanjikan:",
    en: "Kept. The statement is in the log, where it was promised:",
  },
  later: {
    id: "Tanda terima sah, tetapi data yang sedang ditampilkan belum mencakupnya. Periksa lagi setelah ada data baru.",
    en: "A right receipt, but the edition on the screen does not include it yet. Check again after the next one.",
  },
  relay: {
    id: "Tanda terima ini hanya dari perantara: ia menyimpan pernyataan Anda, tetapi belum menjanjikan tempat di log. Tunggu tanda terima dari pusat.",
    en: "This receipt is a relay's: it holds your statement, but promises no place in the log. Wait for the centre's.",
  },
  "unknown-log": { id: "Pemilu ini tidak mempunyai log itu.", en: "This election has no such log." },
  "no-receipt": {
    id: "Ini bukan tanda terima. Baris pertamanya seharusnya “teguh/receipt/v1”.",
    en: "This is not a receipt. Its first line should read “teguh/receipt/v1”.",
  },
  "bad-signature": {
    id: "Tanda tangannya bukan dari kunci log ini. Tanda terima ini tidak berlaku.",
    en: "It is not signed by the key of this log. The receipt is not valid.",
  },
} as const satisfies Readonly<Record<string, Text>>;

interface Props {
  readonly reader: Reader;
  readonly snapshot: Snapshot;
}

export function ReceiptCheck({ reader, snapshot }: Props) {
  const speech = useSpeech();
  const [note, setNote] = useState("");
  const [answer, setAnswer] = useState<Answer | Fault | null>(null);
  const check = (text: string) => {
    setNote(text);
    setAnswer(null);
    checkReceipt(reader, snapshot, text).then(
      (found) => setAnswer(found.what === "broken" ? brokenReceipt(found, text) : found),
      (cause: unknown) => {
        if (!(cause instanceof Fault)) throw cause;
        setAnswer(cause);
      },
    );
  };
  const take = (file: File | undefined) => void file?.text().then(check);
  return (
    <section class="panel receipt">
      <h2>{speech.text(RECEIPT_WORDS.title)}</h2>
      <p class="small">{speech.text(RECEIPT_WORDS.body)}</p>
      <label class="small">
        {speech.text(RECEIPT_WORDS.label)}
        <textarea
          rows={5}
          onDragOver={(event) => event.preventDefault()}
          onDrop={(event) => {
            event.preventDefault();
            take(event.dataTransfer?.files[0]);
          }}
          spellcheck={false}
          value={note}
          onInput={({ currentTarget }) => setNote(currentTarget.value)}
        />
      </label>
      <p class="buttons">
        <button type="button" disabled={note.trim() === ""} onClick={() => check(note)}>
          {speech.text(RECEIPT_WORDS.check)}
        </button>
        <label class="file">
          {speech.text(RECEIPT_WORDS.file)}
          <input
            type="file"
            onChange={({ currentTarget }) => {
              take(currentTarget.files?.[0]);
              // So that the same file, mended, can be chosen again.
              currentTarget.value = "";
            }}
          />
        </label>
      </p>
      <div role="status">
        {answer instanceof Fault && <Trouble fault={answer} kept={false} again={() => check(note)} />}
        {answer !== null && !(answer instanceof Fault) && <Said answer={answer} speech={speech} />}
      </div>
    </section>
  );
}

function Said({ answer, speech }: { answer: Answer; speech: Speech }) {
  if (answer.what === "broken") return null;
  return (
    <p class={answer.what === "kept" ? "verified" : "held-ink"}>
      {speech.text(RECEIPT_WORDS[answer.what])}{" "}
      {answer.what === "kept" && (
        <>
          <code>
            {answer.log} #{answer.index}
          </code>{" "}
          {answer.station !== "" && (
            <a class="target" href={routeTo(answer.contest, answer.station.slice(0, 10), answer.station.slice(10))}>
              {speech.text(WORDS.station)} {answer.station}
            </a>
          )}
        </>
      )}
    </p>
  );
}
