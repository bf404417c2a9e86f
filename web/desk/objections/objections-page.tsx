/** Objections and incidents: filed, answered, decided; and what the supervisor recommends. */
import { useState } from "preact/hooks";
import { type ContestKind, isStationCode, type RegionCode, type StationCode } from "../../../src/election/codes.ts";
import { ADVICE_REASONS, type MinutesActOf } from "../../../src/election/minutes.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import type { AdviceView, ObjectionView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import "../acts/acts.css";
import type { Formed } from "../acts/draft.ts";
import { Radios, SelectField, TextField } from "../acts/fields.tsx";
import { mayDo } from "../acts/may.ts";
import {
  contestName,
  contestOptions,
  desaIn,
  participantName,
  participantOptions,
  stationName,
} from "../acts/names.ts";
import { NO_PHOTOS, PhotoField } from "../acts/photos.tsx";
import { StationSelect } from "../acts/station-select.tsx";
import { useDraft } from "../acts/use-draft.ts";
import { WORDS as COMMON, momentWords } from "../acts/words.ts";
import type { PageProps } from "../page.ts";
import type { Api } from "../shell/api.ts";
import { printUrl } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { Dialog } from "../shell/dialog.tsx";
import { advice, adviceAnswer, objection, reply } from "./forms.ts";
import { ADVICE_WORDS, ANSWER_WORDS, KIND_WORDS, STATUS_WORDS, WORDS } from "./words.ts";

/** `#/R/keberatan`, or `#/R/keberatan/<contest>/<station>` to file one about a station. */
export default function ObjectionsPage({ args }: PageProps) {
  const speech = useSpeech();
  const { hall, region, person } = useDesk();
  const mayAdvise = person !== null && mayDo("advice", [person]).may !== "no";
  const about = {
    contest: hall.contests.find(({ kind }) => kind === args[0])?.kind ?? null,
    station: args[1] !== undefined && isStationCode(args[1]) ? args[1] : null,
  };
  return (
    <div class="page">
      <header class="row spread">
        <h1>{speech.text(WORDS.title)}</h1>
        <a class="target" href={printUrl(region, "incidents.pdf")} target="_blank" rel="noopener">
          {speech.text(WORDS.print)}
        </a>
      </header>
      <p class="muted">{speech.text(WORDS.lead)}</p>
      <div class="two">
        <div class="stack">
          <FileForm about={about} />
          {mayAdvise && <AdviceForm />}
        </div>
        <div class="stack">
          <Filed />
          <Advised />
        </div>
      </div>
    </div>
  );
}

/** Keeps words and photos apart from the log: the list of them is what a statement names. Null if there is nothing to keep. */
async function keepPapers(api: Api, words: string, photos: readonly Hash[]): Promise<Hash | null> {
  const said = words.trim();
  const pages = said === "" ? photos : [(await api.paper("words", said)).hash, ...photos];
  return pages.length === 0 ? null : (await api.paperList(pages)).hash;
}

/** The form's draft with its papers, once it needs nothing else. */
async function withPapers(form: (papers: Hash | null) => Formed, keep: () => Promise<Hash | null>): Promise<Formed> {
  const first = form(null);
  return first.draft === undefined ? first : form(await keep());
}

interface About {
  readonly contest: ContestKind | null;
  readonly station: StationCode | null;
}

interface Typed {
  readonly kind: "objection" | "incident";
  readonly contest: ContestKind | "";
  readonly desa: RegionCode | "";
  readonly station: string;
  readonly participant: string;
  readonly words: string;
  readonly photos: typeof NO_PHOTOS;
}

function FileForm({ about }: { about: About }) {
  const speech = useSpeech();
  const { hall, api } = useDesk();
  const empty: Typed = {
    kind: "objection",
    contest: about.contest ?? "",
    desa: (about.station?.slice(0, 10) ?? "") as RegionCode | "",
    station: about.station ?? "",
    participant: "",
    words: "",
    photos: NO_PHOTOS,
  };
  const place = about.station === null ? "keberatan" : `keberatan/${about.contest}/${about.station}`;
  const [typed, change, clear] = useDraft(place, empty);
  const contest = typed.contest === "" ? null : typed.contest;
  const form = () =>
    withPapers(
      (papers) =>
        objection(
          {
            kind: typed.kind,
            contest,
            station: isStationCode(typed.station) ? typed.station : null,
            participant: typed.participant === "" ? null : typed.participant,
            words: typed.words,
          },
          papers,
        ),
      () => keepPapers(api, typed.words, typed.photos.pages),
    );
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.fileTitle)}</h2>
      <ActForm act="objection" submit={WORDS.fileIt} form={form} onStated={clear}>
        <Radios
          name="kind"
          label={speech.text(WORDS.kind)}
          value={typed.kind}
          onChange={(kind) => change({ kind: kind as Typed["kind"] })}
          options={(["objection", "incident"] as const).map((kind) => ({
            value: kind,
            label: speech.text(KIND_WORDS[kind]),
          }))}
        />
        <SelectField
          name="contest"
          label={speech.text(COMMON.contest)}
          empty={speech.text(COMMON.allContests)}
          value={typed.contest}
          onChange={(value) => change({ contest: value as ContestKind | "", participant: "" })}
          options={contestOptions(hall, speech.text)}
        />
        {hall.boxes.length > 0 ? (
          <div class="pair">
            <SelectField
              name="desa"
              label={speech.text(WORDS.where)}
              empty={speech.text(WORDS.noDesa)}
              value={typed.desa}
              onChange={(desa) => change({ desa: desa as RegionCode | "", station: "" })}
              options={desaIn(hall).map(({ code, name }) => ({ value: code, label: name }))}
            />
            <StationSelect
              desa={typed.desa}
              empty={speech.text(WORDS.noStation)}
              value={typed.station}
              onChange={(station) => change({ station })}
            />
          </div>
        ) : (
          <TextField
            name="station"
            of="count"
            label={speech.text(WORDS.stationCode)}
            help={speech.text(WORDS.noDesa)}
            value={typed.station}
            onInput={(station) => change({ station: station.trim() })}
          />
        )}
        <SelectField
          name="participant"
          label={speech.text(WORDS.for)}
          empty={speech.text(WORDS.forNobody)}
          value={typed.participant}
          onChange={(participant) => change({ participant })}
          options={participantOptions(hall, contest, speech.text)}
        />
        <TextField
          name="words"
          rows={3}
          label={speech.text(WORDS.words)}
          value={typed.words}
          onInput={(words) => change({ words })}
        />
        <PhotoField
          name="photos"
          kind="letter"
          label={speech.text(WORDS.photos)}
          help={speech.text(WORDS.photosHelp)}
          photos={typed.photos}
          onChange={(photos) => change({ photos })}
        />
      </ActForm>
    </section>
  );
}

function Filed() {
  const speech = useSpeech();
  const { hall } = useDesk();
  const [answering, setAnswering] = useState<ObjectionView | null>(null);
  const newest = [...hall.objections].sort((a, b) => b.index - a.index);
  return (
    <section class="card-panel">
      <h2>
        {speech.text(WORDS.list)} ({speech.number(newest.length)})
      </h2>
      {newest.length === 0 && <p class="muted">{speech.text(WORDS.noneFiled)}</p>}
      <ul class="entries">
        {newest.map((one) => (
          <li key={one.id}>
            <p class="row">
              <span class={`status status-${one.status}`}>{speech.text(STATUS_WORDS[one.status])}</span>
              <strong>{speech.text(KIND_WORDS[one.kind])}</strong>
              <span class="muted small">
                {speech.text(WORDS.number)} {speech.number(one.index)} ·{" "}
                {momentWords(speech, one.time, hall.region.zone)}
              </span>
            </p>
            <p>
              {[
                one.station === null ? null : stationName(hall, one.station),
                one.contest === null ? null : contestName(hall, one.contest, speech.text),
                one.participant === null ? null : participantName(hall, one.participant),
              ]
                .filter((part) => part !== null)
                .join(" · ") || speech.text(WORDS.noDesa)}
            </p>
            <p class={one.words === null ? "muted small" : undefined}>{one.words ?? speech.text(WORDS.wordsKept)}</p>
            <button
              type="button"
              aria-label={`${speech.text(WORDS.answer)}: ${speech.text(KIND_WORDS[one.kind])} ${one.index}`}
              onClick={() => setAnswering(one)}
            >
              {speech.text(WORDS.answer)}
            </button>
          </li>
        ))}
      </ul>
      {answering !== null && <Answer about={answering} onClose={() => setAnswering(null)} />}
    </section>
  );
}

function Answer({ about, onClose }: { about: ObjectionView; onClose: () => void }) {
  const speech = useSpeech();
  const { api } = useDesk();
  const empty = { status: "answered" as "answered" | "accepted" | "refused", words: "" };
  const [typed, change, clear] = useDraft(`jawab/${about.id}`, empty);
  const form = async () => reply(about, typed.status, await keepPapers(api, typed.words, []));
  return (
    <Dialog
      title={`${speech.text(WORDS.answer)}: ${speech.text(KIND_WORDS[about.kind])} ${about.index}`}
      onClose={onClose}
    >
      {about.words !== null && <p>{about.words}</p>}
      <ActForm
        act="objection"
        submit={WORDS.stateAnswer}
        form={form}
        onStated={() => {
          clear();
          onClose();
        }}
      >
        <Radios
          name="status"
          label={speech.text(WORDS.outcome)}
          value={typed.status}
          onChange={(status) => change({ status: status as typeof typed.status })}
          options={(["answered", "accepted", "refused"] as const).map((status) => ({
            value: status,
            label: speech.text(STATUS_WORDS[status]),
          }))}
        />
        <TextField
          name="words"
          rows={3}
          label={speech.text(WORDS.answerWords)}
          value={typed.words}
          onInput={(words) => change({ words })}
        />
      </ActForm>
    </Dialog>
  );
}

const ADVICE_KINDS = ["correct", "recount", "revote", "other"] as const;

function AdviceForm() {
  const speech = useSpeech();
  const { hall, api } = useDesk();
  const [typed, change, clear] = useDraft("rekomendasi", {
    kind: null as MinutesActOf<"advice">["kind"] | null,
    objection: "",
    contest: "" as ContestKind | "",
    desa: "" as RegionCode | "",
    station: "",
    words: "",
  });
  const on = hall.objections.find(({ id }) => id === typed.objection) ?? null;
  const form = () =>
    withPapers(
      (papers) =>
        advice(
          {
            kind: typed.kind,
            contest: on?.contest ?? (typed.contest === "" ? null : typed.contest),
            station: on?.station ?? (isStationCode(typed.station) ? typed.station : null),
            objection: on?.id ?? null,
            words: typed.words,
          },
          papers,
        ),
      () => keepPapers(api, typed.words, []),
    );
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.adviceNew)}</h2>
      <ActForm act="advice" submit={WORDS.adviceNew} form={form} onStated={clear}>
        <Radios
          name="kind"
          label={speech.text(WORDS.adviceKind)}
          value={typed.kind}
          onChange={(kind) => change({ kind: kind as (typeof ADVICE_KINDS)[number] })}
          options={ADVICE_KINDS.map((kind) => ({ value: kind, label: speech.text(ADVICE_WORDS[kind]) }))}
        />
        <SelectField
          name="objection"
          label={speech.text(WORDS.adviceOn)}
          empty={speech.text(WORDS.adviceAlone)}
          value={typed.objection}
          onChange={(value) => change({ objection: value })}
          options={hall.objections.map(({ id, index, kind }) => ({
            value: id,
            label: `${speech.text(KIND_WORDS[kind])} ${index}`,
          }))}
        />
        {on === null && (
          <>
            <SelectField
              name="contest"
              label={speech.text(COMMON.contest)}
              empty={speech.text(COMMON.allContests)}
              value={typed.contest}
              onChange={(value) => change({ contest: value as ContestKind | "" })}
              options={contestOptions(hall, speech.text)}
            />
            {hall.boxes.length > 0 && (
              <div class="pair">
                <SelectField
                  name="desa"
                  label={speech.text(WORDS.where)}
                  empty={speech.text(WORDS.noDesa)}
                  value={typed.desa}
                  onChange={(desa) => change({ desa: desa as RegionCode | "", station: "" })}
                  options={desaIn(hall).map(({ code, name }) => ({ value: code, label: name }))}
                />
                <StationSelect
                  desa={typed.desa}
                  empty={speech.text(WORDS.noStation)}
                  value={typed.station}
                  onChange={(station) => change({ station })}
                />
              </div>
            )}
          </>
        )}
        <TextField
          name="words"
          rows={3}
          label={speech.text(WORDS.words)}
          value={typed.words}
          onInput={(words) => change({ words })}
        />
      </ActForm>
    </section>
  );
}

function Advised() {
  const speech = useSpeech();
  const { hall } = useDesk();
  const [answering, setAnswering] = useState<AdviceView | null>(null);
  const newest = [...hall.advice].sort((a, b) => b.index - a.index);
  return (
    <section class="card-panel">
      <h2>
        {speech.text(WORDS.adviceTitle)} ({speech.number(newest.length)})
      </h2>
      {newest.length === 0 && <p class="muted">{speech.text(WORDS.adviceNone)}</p>}
      <ul class="entries">
        {newest.map((one) => {
          const { advice: given, answer } = one;
          const reason = answer?.reason ?? null;
          const said =
            answer === null ? WORDS.adviceOpen : answer.followed ? ANSWER_WORDS.followed : ANSWER_WORDS.notFollowed;
          return (
            <li key={one.id}>
              <p class="row">
                <span class={`status status-${answer === null ? "filed" : answer.followed ? "accepted" : "refused"}`}>
                  {speech.text(said)}
                </span>
                <strong>{speech.text(ADVICE_WORDS[given.kind])}</strong>
                <span class="muted small">
                  {speech.text(WORDS.number)} {speech.number(one.index)} ·{" "}
                  {momentWords(speech, one.time, hall.region.zone)}
                </span>
              </p>
              <p>
                {[
                  given.station === null ? null : stationName(hall, given.station),
                  given.contest === null ? null : contestName(hall, given.contest, speech.text),
                  reason === null ? null : speech.text(ADVICE_REASONS[reason as keyof typeof ADVICE_REASONS]),
                ]
                  .filter((part) => part !== null)
                  .join(" · ")}
              </p>
              {answer === null && (
                <button
                  type="button"
                  aria-label={`${speech.text(WORDS.adviceAnswer)}: ${speech.text(ADVICE_WORDS[given.kind])} ${one.index}`}
                  onClick={() => setAnswering(one)}
                >
                  {speech.text(WORDS.adviceAnswer)}
                </button>
              )}
            </li>
          );
        })}
      </ul>
      {answering !== null && <AnswerAdvice about={answering} onClose={() => setAnswering(null)} />}
    </section>
  );
}

function AnswerAdvice({ about, onClose }: { about: AdviceView; onClose: () => void }) {
  const speech = useSpeech();
  const [followed, setFollowed] = useState<boolean | null>(null);
  const [reason, setReason] = useState("");
  const form = () =>
    adviceAnswer(about.id, { followed, reason: reason === "" ? null : (reason as keyof typeof ADVICE_REASONS) });
  return (
    <Dialog
      title={`${speech.text(WORDS.adviceAnswer)}: ${speech.text(ADVICE_WORDS[about.advice.kind])}`}
      onClose={onClose}
    >
      <ActForm act="advice-answer" submit={WORDS.stateAdviceAnswer} form={form} onStated={onClose}>
        <Radios
          name="followed"
          label={speech.text(WORDS.adviceAnswer)}
          value={followed === null ? null : followed ? "yes" : "no"}
          onChange={(value) => setFollowed(value === "yes")}
          options={[
            { value: "yes", label: speech.text(ANSWER_WORDS.followed) },
            { value: "no", label: speech.text(ANSWER_WORDS.notFollowed) },
          ]}
        />
        {followed === false && (
          <SelectField
            name="reason"
            label={speech.text(COMMON.reason)}
            empty={speech.text(COMMON.choose)}
            value={reason}
            onChange={setReason}
            options={Object.entries(ADVICE_REASONS).map(([value, words]) => ({ value, label: speech.text(words) }))}
          />
        )}
      </ActForm>
    </Dialog>
  );
}
