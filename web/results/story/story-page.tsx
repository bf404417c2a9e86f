/** Cerita dalam enam ketukan: from "down 312 votes" to the proof, each step a page of this site with a sentence of what is seen there. */
import type { ComponentChildren } from "preact";
import { OUTCOME_LABELS } from "../../../src/election/sheet.ts";
import type { Text } from "../../../src/election/text.ts";
import { type Speech, useSpeech } from "../../ui/language.tsx";
import type { PageProps } from "../page-props.ts";
import { routeTo, routeToPage } from "../route.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import type { Entry } from "../verify/statements.ts";
import { wear } from "../wear.ts";
import { WORDS } from "../words.ts";
import { findStory, type Story, storyContest } from "./find.ts";
import css from "./story.css?inline";

wear(css);

const STORY_WORDS = {
  intro: {
    id: "Suara seorang calon turun. Kenapa? Enam ketukan di bawah ini menjawabnya dari data yang sedang tampil, tanpa harus percaya kepada siapa pun.",
    en: "A candidate's votes went down. Why? The six taps below answer from the data on the screen, without having to believe anybody.",
  },
  notYet: {
    id: "Belum ada suara yang dibetulkan turun, jadi belum ada yang diceritakan. Begitu ada, ceritanya muncul di sini.",
    en: "No votes have been corrected down yet, so there is nothing to tell. As soon as there are, the story appears here.",
  },
  fell: { id: "berkurang", en: "lost" },
  votes: { id: "suara", en: "votes" },
  in: { id: "di", en: "in" },
  step1: { id: "Lihat riwayat suaranya", en: "See the account of these votes" },
  where: { id: "Di TPS mana? Di", en: "At which stations? In" },
  step2: { id: "Lihat per TPS", en: "See it by station" },
  sheet: { id: "C.Hasil-nya dibetulkan", en: "The sheet was corrected" },
  step3: { id: "Buka TPS ini: kedua C.Hasil, berdampingan", en: "Open the station: both sheets, side by side" },
  read: { id: "Rapat pleno membacakannya", en: "The plenary read it aloud" },
  notRead: { id: "Rapat pleno belum membacakan TPS ini.", en: "The plenary has not read this station yet." },
  step4: { id: "Lihat pembacaannya", en: "See the reading" },
  halted: { id: "Pleno dihentikan, lalu dilanjutkan", en: "The plenary was halted, and went on" },
  haltedAt: { id: "Dihentikan", en: "Halted" },
  resumedAt: { id: "Dilanjutkan", en: "Resumed" },
  order: { id: "dengan perintah nomor", en: "by order number" },
  stillHalted: { id: "Belum dilanjutkan.", en: "Not resumed yet." },
  notHalted: { id: "Pleno kecamatan ini tidak dihentikan.", en: "This kecamatan's plenary was not halted." },
  kept: { id: "Yang sudah dibacakan tetap berlaku.", en: "What had been read stands." },
  step5: { id: "Lihat kecamatannya", en: "See the kecamatan" },
  try: { id: "Percaya? Coba ubah satu angka", en: "Convinced? Try to change a number" },
  tryBody: {
    id: "Jadilah pemalsu: ubah satu angka di salinan Anda, dan lihat halaman ini menolaknya.",
    en: "Be the forger: change a number in your own copy, and watch the page refuse it.",
  },
  step6: { id: "Coba ubah", en: "Try it" },
} as const satisfies Readonly<Record<string, Text>>;

export function StoryPage({ reader, snapshot, refresh }: PageProps) {
  const speech = useSpeech();
  const contest = storyContest(snapshot.status.contests);
  const load = async () => {
    const own = contest === snapshot.contest ? snapshot : await reader.load(contest, "0");
    return { story: await findStory(reader, own) };
  };
  const { value, fault } = useLoaded(contest, load, snapshot.edition.id);
  return (
    <>
      <p>{speech.text(STORY_WORDS.intro)}</p>
      {fault && <Trouble fault={fault} kept={value !== null} again={refresh} />}
      {value === null && fault === null && <p class="muted waiting">{speech.text(WORDS.waiting)}</p>}
      {value?.story === null && <p class="panel">{speech.text(STORY_WORDS.notYet)}</p>}
      {value?.story && <Steps story={value.story} />}
    </>
  );
}

interface StepProps {
  readonly title: string;
  readonly children: ComponentChildren;
  readonly link: Text;
  readonly href: string;
}

function Step({ title, children, link, href }: StepProps) {
  const speech = useSpeech();
  return (
    <li class="panel">
      <h2>{title}</h2>
      <p>{children}</p>
      <a class="step-link" href={href}>
        {speech.text(link)}
      </a>
    </li>
  );
}

const stationName = (station: string, speech: Speech) => `${speech.text(WORDS.station)} ${station.slice(10)}`;

function Steps({ story }: { story: Story }) {
  const speech = useSpeech();
  const { snapshot, choice, kecamatan, desa, fallen, stations } = story;
  const { contest } = snapshot;
  const [first] = stations;
  if (first === undefined) return null;
  const ask = { buku: "count", pilihan: choice.key };
  const account = (region: string) => routeToPage(contest, region, "riwayat", ask);
  const station = routeTo(contest, desa.region, first.station.slice(10));
  const say = speech.text;
  const time = (at: number) => speech.time(at, kecamatan.zone);
  const change = ({ before, after }: { before: number; after: number }) =>
    `${speech.number(before)} → ${speech.number(after)}`;
  return (
    <ol class="story">
      <Step
        title={`${choice.number}. ${choice.name} ${say(STORY_WORDS.fell)} ${speech.number(fallen)} ${say(STORY_WORDS.votes)}`}
        link={STORY_WORDS.step1}
        href={account(kecamatan.region)}
      >
        {say(WORDS.count)}, {say(STORY_WORDS.in)} {kecamatan.name}.
      </Step>
      <Step title={`${say(STORY_WORDS.where)} ${desa.name}`} link={STORY_WORDS.step2} href={account(desa.region)}>
        {stations.map((each) => `${stationName(each.station, speech)}: ${change(each)}`).join("; ")}.
      </Step>
      <Step
        title={`${say(STORY_WORDS.sheet)}, ${stationName(first.station, speech)}`}
        link={STORY_WORDS.step3}
        href={station}
      >
        {change(first)}, {time(first.corrected)}.
      </Step>
      <Step title={say(STORY_WORDS.read)} link={STORY_WORDS.step4} href={station}>
        {first.reading === null ? (
          say(STORY_WORDS.notRead)
        ) : (
          <>
            {time(first.reading.time)}: {speech.number(first.reading.votes)} {say(STORY_WORDS.votes)},{" "}
            {outcomeWords(first.reading.outcome, speech)}.
          </>
        )}
      </Step>
      <Step title={say(STORY_WORDS.halted)} link={STORY_WORDS.step5} href={routeTo(contest, kecamatan.region)}>
        <Halt story={story} />
      </Step>
      <Step
        title={say(STORY_WORDS.try)}
        link={STORY_WORDS.step6}
        href={routeToPage(contest, kecamatan.region, "periksa", { langkah: "ubah" })}
      >
        {say(STORY_WORDS.tryBody)}
      </Step>
    </ol>
  );
}

function outcomeWords(outcome: string | null, speech: Speech): string {
  const labels: Readonly<Record<string, Text>> = OUTCOME_LABELS;
  const words = labels[outcome ?? ""];
  return words === undefined ? "" : speech.text(words).replace(/^./, (letter) => letter.toLowerCase());
}

function Halt({ story: { halt, resume, kecamatan } }: { story: Story }) {
  const speech = useSpeech();
  if (halt === null) return <>{speech.text(STORY_WORDS.notHalted)}</>;
  const order = ({ body }: Entry) => String(body.order ?? "");
  const at = (time: number) => speech.time(time, kecamatan.zone);
  return (
    <>
      {speech.text(STORY_WORDS.haltedAt)} {at(halt.time)}, {speech.text(STORY_WORDS.order)} {order(halt)}.{" "}
      {resume === null
        ? speech.text(STORY_WORDS.stillHalted)
        : `${speech.text(STORY_WORDS.resumedAt)} ${at(resume.time)}, ${speech.text(STORY_WORDS.order)} ${order(resume)}.`}{" "}
      {speech.text(STORY_WORDS.kept)}
    </>
  );
}
