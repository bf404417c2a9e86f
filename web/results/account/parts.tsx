/** Where an account comes from: a line for each part of the region, each opening to its own account; of a desa its stations. */
import { useSpeech } from "../../ui/language.tsx";
import { routeTo, routeToPage } from "../route.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { readDetail } from "../verify/detail.ts";
import { CHILD_LEVEL, LEVEL_WORDS, WORDS } from "../words.ts";
import { type Account, partAccounts } from "./account.ts";
import type { ShownProps } from "./props.ts";
import { stationAccounts } from "./stations.ts";
import { ACCOUNT_WORDS } from "./words.ts";

export function Parts(props: ShownProps) {
  const { object } = props.between.after;
  if (object === null) return null;
  return object.stations === null ? <Regions {...props} /> : <Stations {...props} />;
}

interface Line {
  readonly key: string;
  readonly name: string;
  readonly href: string | null;
  readonly account: Account | null;
  /** Shown where there is no whole account. */
  readonly closing: number | null;
}

/** The lines of an account as columns, all but the closing. */
const COLUMNS = [
  { of: "opening", word: ACCOUNT_WORDS.opening, sign: "" },
  { of: "first", word: ACCOUNT_WORDS.stations, sign: "+" },
  { of: "raised", word: ACCOUNT_WORDS.up, sign: "+" },
  { of: "removed", word: ACCOUNT_WORDS.down, sign: "−" },
] as const;

function Lines({ title, lines, note }: { title: string; lines: readonly Line[]; note: string }) {
  const speech = useSpeech();
  const cell = (value: number | undefined, sign = "") =>
    value === undefined ? "–" : value === 0 ? "0" : `${sign}${speech.number(value)}`;
  return (
    <section class="panel">
      <table class="account-parts">
        <caption>
          {speech.text(ACCOUNT_WORDS.parts)} {title === speech.text(WORDS.station) ? title : title.toLowerCase()}
          <span class="small muted"> {note}</span>
        </caption>
        <thead>
          <tr>
            <th scope="col">{title}</th>
            {COLUMNS.map(({ of, word }) => (
              <th key={of} scope="col" class="number">
                {speech.text(word)}
              </th>
            ))}
            <th scope="col" class="number">
              {speech.text(ACCOUNT_WORDS.closing)}
            </th>
          </tr>
        </thead>
        <tbody>
          {lines.map(({ key, name, href, account, closing }) => (
            <tr key={key} class={(account?.removed ?? 0) > 0 ? "fell-row" : ""}>
              <th scope="row">
                {href === null ? (
                  name
                ) : (
                  <a class="target" href={href}>
                    {name}
                  </a>
                )}
              </th>
              {COLUMNS.map(({ of, word, sign }) => (
                <td key={of} class={`number ${of}`} data-word={speech.text(word)}>
                  {cell(account?.[of], sign)}
                </td>
              ))}
              <td class="number" data-word={speech.text(ACCOUNT_WORDS.closing)}>
                <b>{cell(account?.closing ?? closing ?? undefined)}</b>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function Regions({ between, book, choice, snapshot, route }: ShownProps) {
  const speech = useSpeech();
  const { before, after } = between;
  if (after.object === null) return null;
  const level = LEVEL_WORDS[CHILD_LEVEL[after.object.level] ?? ""];
  const parts = partAccounts(before.object, after.object, choice, book);
  const ask = { ...route.ask, buku: book, pilihan: choice.key };
  const lines = parts.map(({ code, name, reported, account }) => ({
    key: code,
    name,
    href: reported ? routeToPage(snapshot.contest, code, "riwayat", ask) : null,
    account,
    closing: null,
  }));
  const carried = parts.some(({ account }) => account !== null);
  const note = speech.text(carried ? ACCOUNT_WORDS.partsOpen : ACCOUNT_WORDS.notCarried);
  return <Lines title={level === undefined ? "" : speech.text(level)} lines={lines} note={note} />;
}

function Stations({ between, book, choice, snapshot, reader, route, refresh }: ShownProps) {
  const speech = useSpeech();
  const { before, after, postings } = between;
  const desa = after.object;
  const needsDetail = desa !== null && "column" in choice.at ? desa.detail : null;
  const { value: detail, fault } = useLoaded(
    `${snapshot.contest}/${route.region}`,
    async () => (desa === null || needsDetail === null ? null : readDetail(reader, desa, needsDetail)),
    needsDetail ?? "",
  );
  if (fault) return <Trouble fault={fault} kept={false} again={refresh} />;
  if (desa === null || (needsDetail !== null && detail === null)) return null;
  const [names] = snapshot.names.values();
  const then = before.edition === null ? null : (before.object ?? (before.figures === null ? null : undefined));
  const own = postings?.[book] ?? [];
  const stations = stationAccounts({ before: then, after: desa, detail, postings: own, choice, book, names });
  const lines = stations
    .filter(({ n, closing, postings }) =>
      route.station === null ? closing !== null || postings.length > 0 : n === route.station,
    )
    .map(({ n, account, closing }) => ({
      key: n,
      name: `${speech.text(WORDS.station)} ${n}`,
      href: routeTo(snapshot.contest, desa.region, n),
      account,
      closing,
    }));
  const known = lines.every(({ account }) => account !== null);
  const note = known ? "" : speech.text(ACCOUNT_WORDS.unknownOpening);
  return <Lines title={speech.text(WORDS.station)} lines={lines} note={note} />;
}
