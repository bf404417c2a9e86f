/** A laptop that holds a plenary alone: how far the centre is, its key, logs on a stick, sheets from phones' screens. */
import { useState } from "preact/hooks";
import { NATION, plenoLog, type RegionCode } from "../../../src/election/codes.ts";
import type { Text } from "../../../src/election/text.ts";
import { Collector } from "../../../src/recap/wire/qr-frames.ts";
import type { HeldView, StickView, SyncView } from "../../../src/recap/wire/sync.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Qr } from "../../ui/qr.tsx";
import { contestName } from "../acts/names.ts";
import { Scroll } from "../acts/scroll.tsx";
import { momentWords } from "../acts/words.ts";
import { ApiFault, STICK_URL } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { hallTitle } from "../shell/words.ts";
import { CodeReader } from "./code-reader.tsx";
import { Contradictions } from "./contradictions.tsx";
import { inFours } from "./forms.ts";
import { Safe } from "./safe.tsx";
import { WORDS } from "./words.ts";

interface Props {
  readonly view: SyncView;
}

/** `turn` changes whenever it is to be looked again. */
export function Laptop({ view, turn }: Props & { readonly turn: number }) {
  const speech = useSpeech();
  const { hindrance, troubles, withheld, forks, apart } = view;
  return (
    <>
      {hindrance === null && <p class="muted">{speech.text(WORDS.laptopLead)}</p>}
      {hindrance !== null && (
        <section class="held-box" role="alert">
          <h2>{speech.text(WORDS.hindrance)}</h2>
          <p>{speech.text(hindrance.message)}</p>
        </section>
      )}
      <Contradictions forks={forks} apart={apart} />
      {(troubles.length > 0 || withheld.length > 0) && (
        <section class="held-box">
          <h2>{speech.text(WORDS.troubles)}</h2>
          <ul class="plain-list">
            {troubles.map(({ log, reason, message }) => (
              <li key={`${log}${reason}`}>
                <code>{log}</code>: {speech.text(message)}
              </li>
            ))}
            {withheld.length > 0 && (
              <li>
                <code>{withheld.join(", ")}</code>: {speech.text(WORDS.withheld)}
              </li>
            )}
          </ul>
        </section>
      )}
      <div class="two">
        <div class="stack">
          <Centre view={view} />
          <Safe turn={turn} />
          <Stick />
        </div>
        <div class="stack">
          <Sheets view={view} />
          <Key view={view} />
        </div>
      </div>
    </>
  );
}

function Centre({ view }: Props) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const { zone } = hall.region;
  const isAway = view.awaySince !== null || view.heardAt === null;
  const own = plenoLog(view.region);
  // Of the logs above nothing is written here: before the centre was heard there is nothing to compare.
  const logs = view.logs.map((one) => (one.log === own ? { ...one, there: one.there ?? 0 } : one));
  const isBehind = view.sheets > 0 || logs.some(({ here, there }) => there !== null && here !== there);
  const moment = (time: number) => momentWords(speech, time, zone);
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.status)}</h2>
      <p>
        <span class={isAway ? "status condition-behind" : "status condition-going"}>
          {speech.text(view.heardAt === null ? WORDS.never : isAway ? WORDS.away : WORDS.connected)}
        </span>{" "}
        {view.awaySince !== null && `${speech.text(WORDS.since)} ${moment(view.awaySince)}`}
      </p>
      {view.heardAt !== null && (
        <p class="small">
          {speech.text(WORDS.heard)}: {moment(view.heardAt)}
        </p>
      )}
      <p class={isBehind ? "held-text" : "good"}>{speech.text(isBehind ? WORDS.behind : WORDS.together)}</p>
      {isAway && <p class="small">{speech.text(view.url === null ? WORDS.noAddress : WORDS.awayDo)}</p>}
      <Scroll label={speech.text(WORDS.status)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{speech.text(WORDS.log)}</th>
              <th scope="col" class="number">
                {speech.text(WORDS.here)}
              </th>
              <th scope="col" class="number">
                {speech.text(WORDS.there)}
              </th>
              <th scope="col">{speech.text(WORDS.difference)}</th>
            </tr>
          </thead>
          <tbody>
            {logs.map(({ log, here, there }) => (
              <tr key={log}>
                <th scope="row">{speech.text(logTitle(log, view.region, hall.above))}</th>
                <td class="number">{speech.number(here)}</td>
                <td class="number">{there === null ? "–" : speech.number(there)}</td>
                <td>{there === null ? "–" : difference(speech, here - there)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {view.sheets > 0 && (
        <p>
          {speech.text(WORDS.heldSheets)}: <strong>{speech.number(view.sheets)}</strong>
        </p>
      )}
    </section>
  );
}

/** `ahead`: how many more entries there are here. */
function difference(speech: ReturnType<typeof useSpeech>, ahead: number): string {
  if (ahead === 0) return speech.text(WORDS.same);
  return `${speech.number(Math.abs(ahead))} ${speech.text(ahead > 0 ? WORDS.toSend : WORDS.toFetch)}`;
}

/** What a log is called here. */
function logTitle(log: string, region: RegionCode, above: readonly { code: RegionCode; name: string }[]): Text {
  if (log === plenoLog(region)) return WORDS.ownLog;
  if (log === plenoLog(NATION)) return WORDS.nationLog;
  const found = above.find(({ code }) => log === plenoLog(code));
  if (found === undefined) return WORDS.sheetLog;
  const name = hallTitle({ level: found.code.length === 2 ? "provinsi" : "kabupaten", name: found.name });
  return { id: `${WORDS.plenaryOf.id} ${name.id}`, en: `${WORDS.plenaryOf.en} ${name.en}` };
}

function Key({ view: { vkey, key } }: Props) {
  const speech = useSpeech();
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    // Where the browser has no clipboard (a plain address), or gives it to nobody, the text stands there to be chosen.
    void navigator.clipboard?.writeText(vkey).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  };
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.keyTitle)}</h2>
      <p class="small muted">{speech.text(WORDS.keyHelp)}</p>
      <p class="compares">{inFours(key)}</p>
      <div class="row pairing">
        <Qr text={vkey} label={speech.text(WORDS.keyTitle)} />
        <div class="stack key-text">
          <code>{vkey}</code>
          <button type="button" onClick={copy}>
            {speech.text(isCopied ? WORDS.copied : WORDS.copy)}
          </button>
        </div>
      </div>
    </section>
  );
}

function Stick() {
  const speech = useSpeech();
  const { api, hall } = useDesk();
  const [isBusy, setBusy] = useState(false);
  const [brought, setBrought] = useState<StickView | null>(null);
  const [fault, setFault] = useState<Text | null>(null);
  const bring = async (file: File | undefined) => {
    if (file === undefined) return;
    setBusy(true);
    setFault(null);
    try {
      setBrought(await api.bringStick(file));
    } catch (problem) {
      if (!(problem instanceof ApiFault)) throw problem;
      setFault(problem.words);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.stickTitle)}</h2>
      <p class="small muted">{speech.text(WORDS.stickHelp)}</p>
      <div class="row photos">
        <a class="photo-button" href={STICK_URL} download>
          {speech.text(WORDS.takeStick)}
        </a>
        <input
          id="stick-file"
          class="unseen"
          type="file"
          disabled={isBusy}
          onChange={(event) => {
            void bring(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
        <label for="stick-file" class="photo-button">
          {speech.text(isBusy ? WORDS.bringing : WORDS.bringStick)}
        </label>
      </div>
      {fault !== null && (
        <p class="fault" role="alert">
          {speech.text(fault)}
        </p>
      )}
      {brought !== null && (
        <div role="status">
          <h3>{speech.text(WORDS.brought)}</h3>
          {brought.trouble !== null && <p class="held-text">{speech.text(brought.trouble)}</p>}
          <ul class="plain-list">
            {brought.logs.map(({ log, before, after, trouble }) => (
              <li key={log}>
                {speech.text(logTitle(log, hall.region.code, hall.above))}:{" "}
                {after === before
                  ? speech.text(WORDS.nothingNew)
                  : `${speech.number(after - before)} ${speech.text(WORDS.entries)}`}
                {trouble !== null && <span class="held-text">. {speech.text(trouble)}</span>}
              </li>
            ))}
          </ul>
        </div>
      )}
    </section>
  );
}

/** How many of the last sheets are listed. */
const LISTED = 8;

function Sheets({ view }: Props) {
  const speech = useSpeech();
  const { api, hall } = useDesk();
  const [collector] = useState(() => new Collector());
  const [told, setTold] = useState<Text | null>(null);
  const [taken, setTaken] = useState<readonly HeldView[]>([]);
  const read = async (text: string) => {
    const collected = collector.take(text);
    switch (collected.kind) {
      case "other":
        return setTold(WORDS.otherCode);
      case "broken":
        return setTold(WORDS.brokenCodes);
      case "part":
        return setTold(progress(collected.have, collected.count));
      case "whole":
        return keep(collected.note);
    }
  };
  const keep = async (note: Uint8Array) => {
    try {
      const held = await api.bringSheet(note);
      const isSame = (one: HeldView) => one.station === held.station && one.contest === held.contest;
      setTold(held.by === "held" ? WORDS.sheetHeld : WORDS.sheetThere);
      setTaken((before) => [held, ...before.filter((one) => !isSame(one))].slice(0, LISTED));
    } catch (problem) {
      if (!(problem instanceof ApiFault)) throw problem;
      setTold(problem.words);
    }
  };
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.sheetsTitle)}</h2>
      <p class="small muted">{speech.text(WORDS.sheetsHelp)}</p>
      <CodeReader onText={(text) => void read(text)} open={WORDS.openCamera} />
      <p class="read-now" role="status">
        {told !== null && speech.text(told)}
      </p>
      {taken.length > 0 && (
        <>
          <h3>{speech.text(WORDS.receivedSheets)}</h3>
          <ul class="plain-list">
            {taken.map(({ station, contest, by }) => (
              <li key={`${station}${contest}`}>
                TPS {station.slice(-3)} {placeOf(hall, station)} · {contestName(hall, contest, speech.text)}:{" "}
                <span class="good">{speech.text(by === "held" ? WORDS.sheetHeld : WORDS.sheetThere)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {view.sheets > 0 && (
        <p class="small">
          {speech.text(WORDS.heldSheets)}: {speech.number(view.sheets)}
        </p>
      )}
    </section>
  );
}

const progress = (have: number, count: number): Text => ({
  id: `${have} ${WORDS.codesRead.id} ${count}`,
  en: `${have} ${WORDS.codesRead.en} ${count}`,
});

const placeOf = ({ boxes }: ReturnType<typeof useDesk>["hall"], station: string): string =>
  boxes.find(({ desa }) => station.startsWith(desa.code))?.desa.name ?? "";
