/** A region's progress over time: a dashed line for the count, a solid one for the recapitulation, and the table behind it. */
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import type { ResultObject } from "../verify/objects.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";
import { wear } from "../wear.ts";
import { WORDS } from "../words.ts";
import { readCourse, type Step } from "./course.ts";
import css from "./map.css?inline";

wear(css);

const COURSE_WORDS = {
  body: {
    id: "Bagian TPS yang masuk (putus-putus) dan yang dibaca (garis penuh), dari data yang masih disimpan.",
    en: "Share of stations reported (dashed) and read (solid), from the editions that are kept.",
  },
  few: { id: "Baru ada satu data. Perjalanannya tampak setelah ada beberapa.", en: "There is one edition so far." },
  table: { id: "Tabel di balik gambar", en: "The table behind the picture" },
  time: { id: "Waktu", en: "Time" },
} as const satisfies Readonly<Record<string, Text>>;

interface Props {
  readonly object: ResultObject;
  readonly snapshot: Snapshot;
  readonly reader: Reader;
}

export function Course({ object, snapshot, reader }: Props) {
  const speech = useSpeech();
  const { value: steps, fault } = useLoaded(
    `${object.contest}/${object.region}`,
    () => readCourse(reader, snapshot, object.region),
    snapshot.edition.id,
  );
  if (fault) return <Trouble fault={fault} kept={false} again={() => location.reload()} />;
  if (steps === null) return <p class="muted">{speech.text(WORDS.waiting)}</p>;
  if (steps.length < 2) return <p class="muted">{speech.text(COURSE_WORDS.few)}</p>;
  return (
    <div class="course">
      <p class="small muted">{speech.text(COURSE_WORDS.body)}</p>
      <Picture steps={steps} object={object} />
      <details>
        <summary>{speech.text(COURSE_WORDS.table)}</summary>
        <StepTable steps={steps} zone={object.zone} />
      </details>
    </div>
  );
}

const WIDTH = 640;
const HEIGHT = 220;
const LEFT = 46;
const BOTTOM = 26;

function Picture({ steps, object }: { steps: readonly Step[]; object: ResultObject }) {
  const speech = useSpeech();
  const [first, last] = [steps[0], steps.at(-1)];
  if (first === undefined || last === undefined) return null;
  const x = (time: number) => LEFT + ((time - first.time) / Math.max(1, last.time - first.time)) * (WIDTH - LEFT);
  const y = (part: number) => 8 + (1 - part) * (HEIGHT - BOTTOM - 8);
  const line = (value: (step: Step) => number, whole: number) =>
    steps.map((step) => `${x(step.time).toFixed(1)},${y(value(step) / Math.max(1, whole)).toFixed(1)}`).join(" ");
  const clock = (time: number) => speech.time(time, object.zone).replace(/.*(?:pukul |, )/, "");
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {[0, 0.5, 1].map((part) => (
        <g key={part}>
          <line class="grid" x1={LEFT} x2={WIDTH} y1={y(part)} y2={y(part)} />
          <text x={LEFT - 6} y={y(part) + 4} text-anchor="end">
            {part * 100}%
          </text>
        </g>
      ))}
      <polyline class="line count" points={line((step) => step.in, object.count.stations.expected ?? 0)} />
      <polyline class="line recap" points={line((step) => step.read, object.recap.stations.expected ?? 0)} />
      <text x={LEFT} y={HEIGHT - 6}>
        {clock(first.time)}
      </text>
      <text x={WIDTH} y={HEIGHT - 6} text-anchor="end">
        {clock(last.time)}
      </text>
    </svg>
  );
}

function StepTable({ steps, zone }: { steps: readonly Step[]; zone: string }) {
  const speech = useSpeech();
  return (
    <table class="small">
      <thead>
        <tr>
          <th scope="col">{speech.text(COURSE_WORDS.time)}</th>
          <th scope="col" class="number wrap">
            {speech.text(WORDS.stationsIn)}
          </th>
          <th scope="col" class="number wrap">
            {speech.text(WORDS.stationsRead)}
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step) => (
          <tr key={step.number}>
            <th scope="row">
              {speech.text(WORDS.edition)}
              {speech.number(step.number)} <span class="muted">{speech.time(step.time, zone)}</span>
            </th>
            <td class="number">{speech.number(step.in)}</td>
            <td class="number">{speech.number(step.read)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
