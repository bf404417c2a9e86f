/** Results by district (dapil): which there are in a region, and one of them with its candidates and the regions it is made of. */
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Books } from "../figures/books.tsx";
import { Held } from "../figures/notices.tsx";
import type { PageProps } from "../page-props.ts";
import { routeTo, routeToPage } from "../route.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { withLists } from "../verify/lists.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";
import { WORDS } from "../words.ts";
import { type District, type DistrictName, readDistrict, readDistrictNames, readGroup, readGroups } from "./load.ts";

const DISTRICT_WORDS = {
  which: { id: "Daerah pemilihan", en: "Electoral districts" },
  provinces: { id: "Dapil menurut provinsi", en: "Districts by province" },
  seats: { id: "kursi", en: "seats" },
  parts: { id: "Wilayah dapil ini, suara sah", en: "Regions of this district, valid votes" },
  account: { id: "Riwayat perubahan suara dapil ini", en: "Account of this district's votes" },
  none: { id: "Belum ada dapil yang melaporkan suara di wilayah ini.", en: "No district here has reported votes yet." },
  others: { id: "Dapil lain di wilayah ini", en: "Other districts here" },
  checked: {
    id: "Suara dapil ini sama dengan yang dicatat wilayah yang memuatnya, dan dihitung ulang di sana.",
    en: "This district's votes are those of the region around it, where they were recomputed.",
  },
} as const satisfies Readonly<Record<string, Text>>;

interface Choice {
  readonly districts: readonly DistrictName[];
  /** Provinces that have districts, above them. */
  readonly provinces: readonly { readonly code: string; readonly name: string }[];
  readonly chosen: District | null;
}

export function DistrictPage({ reader, snapshot, route, refresh }: PageProps) {
  const speech = useSpeech();
  const { contest, region, ask } = route;
  const load = async (): Promise<Choice> => {
    const groups = await readGroups(reader, snapshot);
    const group = groups.get(region.slice(0, 2)) ?? groups.get("0");
    if (group === undefined) {
      const provinces = (snapshot.path[0]?.children ?? []).filter(({ code }) => groups.has(code));
      return { districts: [], provinces, chosen: null };
    }
    const [hashes, names] = await Promise.all([readGroup(reader, group), readDistrictNames(reader, snapshot)]);
    const reported = names.filter(({ code }) => hashes.has(code));
    const own = await carriedIn(reader, snapshot);
    // Those that lie in one part of a regency are not carried by it; their codes begin with its own.
    const within = reported.filter(({ code }) => own.has(code) || (contest === "dprdk" && code.startsWith(region)));
    // Where nobody has reported yet those of others around it would be no answer.
    const districts = within.length > 0 || !snapshot.place?.reported ? within : reported;
    const code = ask.dapil ?? (districts.length === 1 ? districts[0]?.code : undefined);
    const hash = hashes.get(code ?? "");
    const chosen = hash === undefined ? null : await readDistrict(reader, snapshot.edition, contest, hash);
    return { districts, provinces: [], chosen };
  };
  const { value, fault } = useLoaded(`${contest}/${region}/${ask.dapil}`, load, snapshot.edition.id);
  if (fault) return <Trouble fault={fault} kept={value !== null} again={refresh} />;
  if (value === null) return <p class="muted waiting">{speech.text(WORDS.waiting)}</p>;
  const { districts, provinces, chosen } = value;
  return (
    <>
      {chosen && <Shown district={chosen} />}
      {provinces.length > 0 && (
        <Links
          title={DISTRICT_WORDS.provinces}
          links={provinces.map(({ code, name }) => [routeToPage(contest, code, "dapil"), name])}
        />
      )}
      {districts.length === 0 && provinces.length === 0 && (
        <p class="panel muted">{speech.text(DISTRICT_WORDS.none)}</p>
      )}
      {districts.length > 1 && (
        <Links
          title={chosen === null ? DISTRICT_WORDS.which : DISTRICT_WORDS.others}
          links={districts.map(({ code, name }) => [routeToPage(contest, region, "dapil", { dapil: code }), name])}
        />
      )}
    </>
  );
}

/** The districts whose candidates the region on the page carries; none in a province, with all of whose districts it has to do. */
async function carriedIn(reader: Reader, { place }: Snapshot): Promise<ReadonlySet<string>> {
  if (!place?.reported || place.object.region.length <= 2) return new Set();
  const { count, recap } = await withLists(reader, place.object);
  return new Set([...count.lists, ...recap.lists].map(({ district }) => district));
}

function Links({ title, links }: { title: Text; links: readonly (readonly [href: string, name: string])[] }) {
  const speech = useSpeech();
  return (
    <section class="panel">
      <h2>{speech.text(title)}</h2>
      <ul class="plain">
        {links.map(([href, name]) => (
          <li key={href}>
            <a class="target" href={href}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** The account of the first choice of a district, in the region that holds all of it: there its votes are kept. */
function accountOf({ code, object, names }: District): string {
  const [own] = names.values();
  return routeToPage(object.contest, object.region, "riwayat", { pilihan: own?.choices[0]?.id, dapil: code });
}

function Shown({ district }: { district: District }) {
  const speech = useSpeech();
  const { object, names, seats, parts } = district;
  return (
    <>
      <h2>
        {object.name} · {speech.number(seats)} {speech.text(DISTRICT_WORDS.seats)}
      </h2>
      <p class="preliminary">{speech.text(WORDS.preliminary)}</p>
      <Books object={object} names={names} />
      <Held object={object} names={names} />
      <p>
        <a class="target" href={accountOf(district)}>
          {speech.text(DISTRICT_WORDS.account)}
        </a>
      </p>
      <section class="panel">
        <table class="parts">
          <caption>
            {speech.text(DISTRICT_WORDS.parts)}
            <span class="small muted"> {speech.text(DISTRICT_WORDS.checked)}</span>
          </caption>
          <thead>
            <tr>
              <th scope="col">{speech.text(WORDS.path)}</th>
              <th scope="col" class="number">
                {speech.text(WORDS.countShort)}
              </th>
              <th scope="col" class="number">
                {speech.text(WORDS.recapShort)}
              </th>
            </tr>
          </thead>
          <tbody>
            {parts.map(({ region, name, count, recap, contest }) => (
              <tr key={region}>
                <th scope="row">
                  <a class="target" href={routeTo(contest, region)}>
                    {region === "0" ? speech.text(WORDS.national) : name}
                  </a>
                </th>
                <td class="number count-column figure">{speech.number(count.valid)}</td>
                <td class="number recap-column figure">{speech.number(recap.valid)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </>
  );
}
