/** Where a certificate stands: the scans of the signed paper, found in the plenary's log and checked before they are shown. */
import { useSpeech } from "../../ui/language.tsx";
import { Soon } from "../figures/soon.tsx";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { readHeads } from "../verify/heads.ts";
import { withLists } from "../verify/lists.ts";
import type { ResultObject } from "../verify/objects.ts";
import { searchLog } from "../verify/search-log.ts";
import { actIn, type Entry } from "../verify/statements.ts";
import type { Reader, Snapshot } from "../verify/verify.ts";
import { wear } from "../wear.ts";
import css from "./papers.css?inline";
import { loadPaper } from "./soon-paper.ts";
import { PAPER_WORDS } from "./words.ts";

wear(css);

interface Props {
  readonly object: ResultObject;
  readonly snapshot: Snapshot;
  readonly reader: Reader;
}

export function Scans({ object, snapshot, reader }: Props) {
  const speech = useSpeech();
  const { value, fault } = useLoaded(
    `${object.contest}/${object.region}`,
    () => findScans(reader, snapshot, object),
    snapshot.edition.id,
  );
  return (
    <section class="panel">
      <h2>{speech.text(PAPER_WORDS.scans)}</h2>
      <p class="small muted">{speech.text(PAPER_WORDS.scansBody)}</p>
      {fault && <Trouble fault={fault} kept={value !== null} again={() => location.reload()} />}
      {value === null && fault === null && <p class="muted waiting">{speech.text(PAPER_WORDS.searching)}</p>}
      {value?.length === 0 && <p>{speech.text(PAPER_WORDS.noScans)}</p>}
      <ul class="paper-groups scans">
        {value?.map(({ entry, pages, district }) => (
          <li key={entry.id}>
            <p class="small">
              {speech.text(PAPER_WORDS.district)} {district} · {speech.time(entry.time, object.zone)} ·{" "}
              <code>
                {entry.log} #{entry.index}
              </code>
            </p>
            <Soon
              load={loadPaper}
              props={{ fetch: reader.fetch, hash: pages, title: `${speech.text(PAPER_WORDS.scans)}, ${object.name}` }}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Scan {
  readonly entry: Entry;
  /** Hash of the list of pages. */
  readonly pages: string;
  readonly district: string;
}

/**
 * Read from the newest entry back to the newest certificate of each district of the region: scans come after their certificate,
 * and a region that was opened anew has a newer one.
 */
async function findScans(reader: Reader, snapshot: Snapshot, object: ResultObject): Promise<readonly Scan[]> {
  const log = `pleno/${object.region}`;
  const head = (await readHeads(reader, snapshot.edition, object.region)).get(log);
  if (head === undefined) return [];
  const isOwn = ({ type, body }: Entry) =>
    type === "certificate" && body.contest === object.contest && body.region === object.region;
  const districts = (await withLists(reader, object)).recap.lists.map(({ district }) => district);
  const found = await searchLog(
    reader,
    head,
    (entry) => isOwn(entry) || actIn(entry, "scan") !== null,
    (entries) => districts.every((code) => entries.some((entry) => isOwn(entry) && entry.body.district === code)),
  );
  const newest = new Map(found.filter(isOwn).map((entry) => [String(entry.body.district), entry.id]));
  const districtOf = new Map([...newest].map(([district, id]) => [id, district]));
  return found.flatMap((entry) => {
    const act = actIn(entry, "scan");
    const district = districtOf.get(String(act?.certificate));
    return act === null || district === undefined ? [] : [{ entry, pages: String(act.pages), district }];
  });
}
