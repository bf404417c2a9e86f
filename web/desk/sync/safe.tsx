/** A laptop's own safety on the page of connections: where its copy is and how it stands, and what to do about a wrong clock. */
import { useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import type { CautionView, PlaceView, SafeView } from "../../../src/recap/wire/safe.ts";
import { useSpeech } from "../../ui/language.tsx";
import { SelectField } from "../acts/fields.tsx";
import { momentWords } from "../acts/words.ts";
import { ApiFault } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { useView } from "../shell/use-view.ts";
import { SAFE_WORDS as WORDS } from "./safe-words.ts";

interface Props {
  /** Changes whenever it is to be looked again. */
  readonly turn: number;
}

export function Safe({ turn }: Props) {
  const { api } = useDesk();
  const { view: looked } = useView("safe", turn, () => api.safe());
  const [done, setDone] = useState<{ readonly view: SafeView; readonly turn: number } | null>(null);
  const [fault, setFault] = useState<Text | null>(null);
  // What a deed has answered holds until it is looked again.
  const view = done !== null && done.turn >= turn ? done.view : looked;
  if (view === null) return null;
  const act = async (deed: () => Promise<SafeView>) => {
    setFault(null);
    try {
      setDone({ view: await deed(), turn });
    } catch (problem) {
      if (!(problem instanceof ApiFault)) throw problem;
      setFault(problem.words);
    }
  };
  return (
    <>
      <Clock view={view} onGoOn={() => void act(api.acceptClock)} />
      <Copy view={view} fault={fault} onChoose={(folder) => void act(() => api.copyTo(folder))} />
    </>
  );
}

function Clock({ view, onGoOn }: { readonly view: SafeView; readonly onGoOn: () => void }) {
  const speech = useSpeech();
  const { hall, ahead } = useDesk();
  const doubt = view.cautions.find(({ code }) => code === "clock" || code === "clock-accepted");
  if (doubt === undefined) return null;
  const now = momentWords(speech, Date.now() + ahead, hall.region.zone);
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.clockTitle)}</h2>
      <p>
        {speech.text(WORDS.clockNow)} <strong>{now}</strong>. {speech.text(doubt.message)}
      </p>
      {doubt.code === "clock" ? (
        <div class="row">
          <button type="button" onClick={onGoOn}>
            {speech.text(WORDS.goOn)}
          </button>
        </div>
      ) : (
        <p class="held-text">{speech.text(WORDS.goesOn)}</p>
      )}
    </section>
  );
}

interface CopyProps {
  readonly view: SafeView;
  readonly fault: Text | null;
  readonly onChoose: (folder: string | null) => void;
}

function Copy({ view: { copy, cautions }, fault, onChoose }: CopyProps) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const trouble = cautions.find(({ code }) => code.startsWith("copy-"));
  const moment = (time: number) => momentWords(speech, time, hall.region.zone);
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.title)}</h2>
      <p class="small muted">{speech.text(WORDS.help)}</p>
      <p>
        <span class={copy !== null && trouble === undefined ? "status condition-going" : "status condition-behind"}>
          {speech.text(stateWords(copy, trouble))}
        </span>{" "}
        {trouble?.since != null && moment(trouble.since)}
      </p>
      {trouble !== undefined && <p class="held-text">{speech.text(trouble.message)}</p>}
      {copy !== null && (
        <ul class="plain-list small">
          <li>
            {speech.text(WORDS.folder)}: <code class="copy-folder">{copy.folder}</code>
          </li>
          {copy.at !== null && (
            <li>
              {speech.text(WORDS.at)}: {moment(copy.at)}
            </li>
          )}
          {copy.checkedAt !== null && (
            <li>
              {speech.text(WORDS.checkedAt)}: {moment(copy.checkedAt)}
            </li>
          )}
        </ul>
      )}
      <Places isCopied={copy !== null} onChoose={onChoose} />
      {fault !== null && (
        <p class="fault" role="alert">
          {speech.text(fault)}
        </p>
      )}
    </section>
  );
}

function stateWords(copy: SafeView["copy"], trouble: CautionView | undefined): Text {
  if (copy === null) return WORDS.none;
  if (trouble !== undefined && trouble.since !== null) return WORDS.stopped;
  return copy.at === null ? WORDS.waiting : WORDS.going;
}

/** What is plugged in, once somebody asks: a stick that hangs is not to be asked all the time. */
function Places({ isCopied, onChoose }: Pick<CopyProps, "onChoose"> & { readonly isCopied: boolean }) {
  const speech = useSpeech();
  const { api } = useDesk();
  const [places, setPlaces] = useState<readonly PlaceView[] | null>(null);
  const [folder, setFolder] = useState("");
  const [fault, setFault] = useState<Text | null>(null);
  const find = async () => {
    setFault(null);
    try {
      const found = await api.copyPlaces();
      setPlaces(found);
      setFolder(found[0]?.folder ?? "");
    } catch (problem) {
      if (!(problem instanceof ApiFault)) throw problem;
      setFault(problem.words);
    }
  };
  return (
    <>
      {places !== null && places.length > 0 && (
        <div class="row">
          <SelectField
            name="copy-place"
            label={speech.text(WORDS.choose)}
            empty=""
            value={folder}
            onChange={setFolder}
            options={places.map(({ folder: value, free }) => ({
              value,
              label: `${value} (${speech.text(WORDS.free)} ${speech.number(Math.floor(free / 2 ** 30))} GB)`,
            }))}
          />
          <button type="button" disabled={folder === ""} onClick={() => onChoose(folder)}>
            {speech.text(WORDS.begin)}
          </button>
        </div>
      )}
      {places !== null && places.length === 0 && <p role="status">{speech.text(WORDS.noneFound)}</p>}
      <div class="row">
        <button type="button" onClick={() => void find()}>
          {speech.text(WORDS.find)}
        </button>
        {isCopied && (
          <button type="button" class="quiet" onClick={() => onChoose(null)}>
            {speech.text(WORDS.end)}
          </button>
        )}
      </div>
      {fault !== null && (
        <p class="fault" role="alert">
          {speech.text(fault)}
        </p>
      )}
    </>
  );
}
