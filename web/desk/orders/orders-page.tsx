/** Orders: what halts this hall, what it was sent on paper, and what it orders below. */
import type { RegionCode } from "../../../src/election/codes.ts";
import type { ChildView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { Scroll } from "../acts/scroll.tsx";
import "../acts/acts.css";
import { Checks, Radios, SelectField, TextField } from "../acts/fields.tsx";
import { contestName } from "../acts/names.ts";
import { NO_PHOTOS, PhotoField, type Photos } from "../acts/photos.tsx";
import { useDraft } from "../acts/use-draft.ts";
import { useStamp } from "../acts/use-stamp.ts";
import { WORDS as COMMON } from "../acts/words.ts";
import { useDesk } from "../shell/desk.ts";
import { useView } from "../shell/use-view.ts";
import { distinctHalts, halt, haltedBelow, paperOrder, reopen, resume } from "./forms.ts";
import { WORDS } from "./words.ts";

export default function OrdersPage() {
  const speech = useSpeech();
  const { hall, api, region } = useDesk();
  const { view } = useView(`overview/${region}`, useStamp(), () => api.overview(region));
  const children = view?.children ?? [];
  const isAbove = hall.region.level !== "kecamatan";
  return (
    <div class="page">
      <h1>{speech.text(WORDS.title)}</h1>
      <p class="muted">{speech.text(WORDS.lead)}</p>
      <InForce />
      <div class="two">
        {isAbove && (
          <div class="stack">
            <Give regions={children} />
            <Reopen regions={children} />
          </div>
        )}
        <div class="stack">
          {isAbove && <Resume regions={children} />}
          {hall.region.level !== "nation" && <OnPaper />}
        </div>
      </div>
    </div>
  );
}

function InForce() {
  const speech = useSpeech();
  const { hall } = useDesk();
  const halts = distinctHalts(hall.halts);
  return (
    <section class={halts.length > 0 ? "told held" : "card-panel"}>
      <h2>{speech.text(WORDS.inForce)}</h2>
      {halts.length === 0 && <p class="muted">{speech.text(WORDS.noneInForce)}</p>}
      {halts.length > 0 && (
        <>
          <Scroll label={speech.text(WORDS.inForce)}>
            <table>
              <thead>
                <tr>
                  <th scope="col">{speech.text(WORDS.number)}</th>
                  <th scope="col">{speech.text(WORDS.by)}</th>
                  <th scope="col">{speech.text(WORDS.how)}</th>
                </tr>
              </thead>
              <tbody>
                {halts.map(({ order, by, onPaper }) => (
                  <tr key={order}>
                    <th scope="row">{order}</th>
                    <td>{by.name}</td>
                    <td>{speech.text(onPaper ? WORDS.onPaper : WORDS.byWire)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </Scroll>
          <p>{speech.text(WORDS.haltedBody)}</p>
        </>
      )}
    </section>
  );
}

function OnPaper() {
  const speech = useSpeech();
  const { hall } = useDesk();
  const { zone } = hall.region;
  const [typed, change, clear] = useDraft("surat", {
    ...NO_LETTER,
    kind: null as "halt" | "resume" | null,
    at: "",
  });
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.paperTitle)}</h2>
      <p class="small muted">{speech.text(WORDS.paperHelp)}</p>
      <ActForm
        act="paper-order"
        submit={WORDS.statePaper}
        form={() => paperOrder({ ...typed, letter: typed.letter.list }, zone)}
        onStated={clear}
      >
        <Radios
          name="kind"
          label={speech.text(WORDS.says)}
          value={typed.kind}
          onChange={(kind) => change({ kind: kind as "halt" | "resume" })}
          options={(["halt", "resume"] as const).map((kind) => ({ value: kind, label: speech.text(WORDS[kind]) }))}
        />
        <LetterFields letter={typed} onChange={change} />
        {typed.kind === "resume" && (
          <TextField
            name="at"
            of="moment"
            label={`${speech.text(WORDS.at)} (${zone})`}
            help={speech.text(WORDS.atHelp)}
            value={typed.at}
            onInput={(at) => change({ at })}
          />
        )}
      </ActForm>
    </section>
  );
}

interface Letter {
  readonly order: string;
  readonly dated: string;
  readonly letter: Photos;
}
const NO_LETTER: Letter = { order: "", dated: "", letter: NO_PHOTOS };

/** What every order has on its letter: number and date, and the letter itself. */
function LetterFields({ letter, onChange }: { letter: Letter; onChange: (change: Partial<Letter>) => void }) {
  const speech = useSpeech();
  return (
    <>
      <TextField
        name="order"
        of="decree"
        label={speech.text(WORDS.number)}
        help={speech.text(WORDS.numberHelp)}
        value={letter.order}
        onInput={(order) => onChange({ order })}
      />
      <TextField
        name="dated"
        of="moment"
        label={speech.text(WORDS.dated)}
        value={letter.dated}
        onInput={(dated) => onChange({ dated })}
      />
      <PhotoField
        name="letter"
        kind="letter"
        label={speech.text(WORDS.letter)}
        photos={letter.letter}
        onChange={(photos) => onChange({ letter: photos })}
      />
    </>
  );
}

interface RegionsProps {
  readonly regions: readonly ChildView[];
}

interface PickProps {
  readonly of: readonly ChildView["region"][];
  readonly values: readonly RegionCode[];
  readonly onChange: (values: readonly RegionCode[]) => void;
}

/** A list of regions to choose from, with all and none at one press. */
function PickRegions({ of, values, onChange }: PickProps) {
  const speech = useSpeech();
  return (
    <>
      <Checks
        name="regions"
        label={`${speech.text(WORDS.regions)}: ${values.length}/${of.length} ${speech.text(WORDS.chosen)}`}
        values={values}
        onChange={(codes) => onChange(codes as readonly RegionCode[])}
        options={of.map(({ code, name }) => ({ value: code, label: name }))}
      />
      <div class="row">
        <button type="button" onClick={() => onChange(of.map(({ code }) => code))}>
          {speech.text(WORDS.all)}
        </button>
        <button type="button" class="quiet" onClick={() => onChange([])}>
          {speech.text(WORDS.none)}
        </button>
      </div>
    </>
  );
}

function Give({ regions }: RegionsProps) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const { zone } = hall.region;
  const [typed, change, clear] = useDraft("henti", { ...NO_LETTER, regions: [] as readonly RegionCode[] });
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.giveTitle)}</h2>
      <p class="small muted">{speech.text(WORDS.giveHelp)}</p>
      <ActForm
        act="halt"
        submit={WORDS.give}
        form={() => halt({ ...typed, letter: typed.letter.list }, zone)}
        onStated={clear}
      >
        <LetterFields letter={typed} onChange={change} />
        <PickRegions
          of={regions.map(({ region }) => region)}
          values={typed.regions}
          onChange={(chosen) => change({ regions: chosen })}
        />
      </ActForm>
    </section>
  );
}

function Resume({ regions }: RegionsProps) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const { zone } = hall.region;
  const halted = haltedBelow(regions);
  const every = [...new Map([...halted.values()].flat().map((region) => [region.code, region])).values()];
  const [typed, change, clear] = useDraft("lanjut", {
    ...NO_LETTER,
    at: "",
    regions: null as readonly RegionCode[] | null,
  });
  // Until somebody chooses, a resumption is for all that are halted.
  const chosen = (typed.regions ?? every.map(({ code }) => code)).filter((code) =>
    every.some((region) => region.code === code),
  );
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.resumeTitle)}</h2>
      {every.length === 0 && <p class="muted">{speech.text(WORDS.resumeNone)}</p>}
      {every.length > 0 && (
        <>
          <ul class="plain-list">
            {[...halted].map(([order, list]) => (
              <li key={order}>
                {speech.text(WORDS.halts)} <strong>{order}</strong>: {list.map(({ name }) => name).join(", ")}
              </li>
            ))}
          </ul>
          <p class="small muted">{speech.text(WORDS.resumeHelp)}</p>
          <ActForm
            act="resume"
            submit={WORDS.resumeGive}
            form={() => resume({ ...typed, regions: chosen, letter: typed.letter.list }, zone)}
            onStated={clear}
          >
            <LetterFields letter={typed} onChange={change} />
            <TextField
              name="at"
              of="moment"
              label={`${speech.text(WORDS.at)} (${zone})`}
              help={speech.text(WORDS.atHelp)}
              value={typed.at}
              onInput={(at) => change({ at })}
            />
            <PickRegions of={every} values={chosen} onChange={(codes) => change({ regions: codes })} />
          </ActForm>
        </>
      )}
    </section>
  );
}

function Reopen({ regions }: RegionsProps) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const [{ region, result, order }, change, clear] = useDraft("buka", { region: "", result: "", order: "" });
  // What is given back came up from the region: of this plenary's own results, and of those that it only lists.
  const listed = hall.listed
    .filter((one) => region === "" || one.region.code === region)
    .flatMap(({ contest, districts }) => districts.map((district) => ({ contest, district })));
  const results = [...hall.results, ...listed];
  const chosen = results.find((one) => `${one.contest}/${one.district.code}` === result) ?? null;
  const form = () =>
    reopen({
      region: regions.find((one) => one.region.code === region)?.region.code ?? null,
      result: chosen === null ? null : { contest: chosen.contest, district: chosen.district.code },
      order,
    });
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.reopenTitle)}</h2>
      <p class="small muted">{speech.text(WORDS.reopenHelp)}</p>
      <ActForm act="reopen" submit={WORDS.reopen} form={form} onStated={clear}>
        <SelectField
          name="region"
          label={speech.text(WORDS.region)}
          empty={speech.text(COMMON.choose)}
          value={region}
          onChange={(code) => change({ region: code })}
          options={regions.map((one) => ({ value: one.region.code, label: one.region.name }))}
        />
        <SelectField
          name="result"
          label={speech.text(WORDS.result)}
          empty={speech.text(COMMON.choose)}
          value={result}
          onChange={(key) => change({ result: key })}
          options={results.map(({ contest, district }) => ({
            value: `${contest}/${district.code}`,
            label: `${contestName(hall, contest, speech.text)} · ${district.name}`,
          }))}
        />
        <TextField
          name="order"
          of="decree"
          label={speech.text(WORDS.number)}
          help={speech.text(WORDS.numberHelp)}
          value={order}
          onInput={(number) => change({ order: number })}
        />
      </ActForm>
    </section>
  );
}
