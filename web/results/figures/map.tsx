/**
 * How far each part of a region is, as tiles of one size: an outline that fills for the count, a solid bar for the recapitulation.
 * No map, since a map shows land and not people. Who leads is told only once the region's recapitulation is certified. The
 * table of parts says the same in words.
 */
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import { routeTo } from "../route.ts";
import type { Names } from "../verify/names.ts";
import { BOOKS, type Book, type ChildRow, type ResultObject } from "../verify/objects.ts";
import { wear } from "../wear.ts";
import { WORDS } from "../words.ts";
import css from "./map.css?inline";

wear(css);

const MAP_WORDS = {
  legend: {
    id: "Garis tepi: TPS yang masuk (hitung suara). Bidang penuh: TPS yang dibaca (rekapitulasi).",
    en: "Outline: stations reported (count). Solid: stations read (recapitulation).",
  },
  leaders: {
    id: "Nama di bawahnya: perolehan terbanyak dalam rekapitulasi yang sudah ditandatangani.",
    en: "The name below: most votes in the signed recapitulation.",
  },
  noLeaders: {
    id: "Siapa yang unggul baru ditampilkan setelah D.Hasil wilayah ini ditandatangani.",
    en: "Who leads is shown once this region's D.Hasil is signed.",
  },
} as const satisfies Readonly<Record<string, Text>>;

interface Props {
  readonly object: ResultObject;
  readonly names: ReadonlyMap<string, Names>;
}

export function ProgressMap({ object, names }: Props) {
  const speech = useSpeech();
  const certified = object.status === "certified";
  return (
    <>
      <p class="small muted">
        {speech.text(MAP_WORDS.legend)} {speech.text(certified ? MAP_WORDS.leaders : MAP_WORDS.noLeaders)}
      </p>
      <ul class="tiles">
        {object.children.map((child) => (
          <li key={child.code}>
            <a href={routeTo(object.contest, child.code)}>
              <span class="tile-name">{child.name.replace(/^Kabupaten /i, "")}</span>
              {BOOKS.map((book) => (
                <TileBar key={book} child={child} book={book} />
              ))}
              {certified && <Leader child={child} object={object} names={names} />}
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function TileBar({ child, book }: { child: ChildRow; book: Book }) {
  const speech = useSpeech();
  const { stations } = child[book];
  const arrived = (book === "count" ? stations.in : stations.read) ?? 0;
  const share = speech.share(arrived, stations.expected ?? 0);
  return (
    <span class={`tile-bar ${book}`} style={{ "--share": `${(arrived / Math.max(1, stations.expected ?? 0)) * 100}%` }}>
      <span class="unseen">{speech.text(book === "count" ? WORDS.stationsIn : WORDS.stationsRead)} </span>
      <span class="bar">
        <span />
      </span>
      <span class="tile-share">{share}</span>
    </span>
  );
}

function Leader({ child, object, names }: Props & { child: ChildRow }) {
  const own = child.recap;
  const votes = own.parties?.votes ?? own.lists[0]?.votes ?? [];
  const most = Math.max(0, ...votes);
  const place = votes.indexOf(most);
  if (most === 0 || votes.lastIndexOf(most) !== place) return null;
  const [district] = names.values();
  const found =
    own.parties === null
      ? district?.choices[place]
      : [...names.values()].flatMap(({ parties }) => parties).find(({ id }) => id === object.parties[place]);
  if (found === undefined) return null;
  return (
    <span class="chip small" style={{ "--colour": found.colour }}>
      {found.number} {"short" in found ? found.short : found.name}
    </span>
  );
}
