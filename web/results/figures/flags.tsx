/** The notes on sheets in plain words, fetched once the reader comes near them: a first view has no room for the catalogue. */
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import type { ResultObject } from "../verify/objects.ts";
import { WORDS } from "../words.ts";
import { RULE_WORDS } from "./rule-words.ts";

const FLAG_WORDS = {
  flagsTitle: { id: "Catatan pada C.Hasil", en: "Notes on the sheets" },
  flagsBody: {
    id: "Tiap catatan menyebut angka pada formulir yang perlu diperiksa. Tanpa tanda “menunggu”, suaranya tetap dihitung.",
    en: "Each note names figures of the form to be looked at. Unless it says “waiting”, the votes are counted.",
  },
  code: { id: "Kode", en: "Code" },
  meaning: { id: "Yang perlu diperiksa", en: "What is to be looked at" },
  holds: { id: "suaranya menunggu", en: "votes are waiting" },
} as const satisfies Readonly<Record<string, Text>>;

/** What a flag means in plain words, with whether the votes wait. */
export function FlagWords({ code }: { code: string }) {
  const speech = useSpeech();
  const rule = RULE_WORDS[code];
  if (rule === undefined) return <>{code}</>;
  const [id, en, holds] = rule;
  return (
    <>
      {speech.text({ id, en })}
      {holds && <span class="tag held"> {speech.text(FLAG_WORDS.holds)}</span>}
    </>
  );
}

/** The notes of one station. */
export function StationNotes({ codes }: { codes: readonly string[] }) {
  return (
    <>
      {codes.map((code) => (
        <span key={code} class="note">
          <b>{code}</b> <FlagWords code={code} />
        </span>
      ))}
    </>
  );
}

/** The notes on the sheets of a region, by how many stations have them. */
export function Flags({ object }: { object: ResultObject }) {
  const speech = useSpeech();
  const flags = Object.entries(object.count.flags).filter(([, stations]) => stations > 0);
  if (flags.length === 0) return null;
  return (
    <section class="panel">
      <table>
        <caption>
          {speech.text(FLAG_WORDS.flagsTitle)}
          <span class="small muted"> {speech.text(FLAG_WORDS.flagsBody)}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{speech.text(FLAG_WORDS.code)}</th>
            <th scope="col">{speech.text(FLAG_WORDS.meaning)}</th>
            <th scope="col" class="number">
              {speech.text(WORDS.station)}
            </th>
          </tr>
        </thead>
        <tbody>
          {flags.map(([code, stations]) => (
            <tr key={code}>
              <th scope="row">{code}</th>
              <td>
                <FlagWords code={code} />
              </td>
              <td class="number">{speech.number(stations)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
