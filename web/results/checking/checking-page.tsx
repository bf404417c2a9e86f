/** Periksa: everything that stands behind the mark, done again step by step, with how to do it without this page. */
import { useSpeech } from "../../ui/language.tsx";
import controls from "../controls.css?inline";
import { zoneOf } from "../figures/seal.tsx";
import type { PageProps } from "../page-props.ts";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { wear } from "../wear.ts";
import { WORDS } from "../words.ts";
import css from "./checking.css?inline";
import { Commands } from "./commands.tsx";
import { ReceiptCheck } from "./receipt-check.tsx";
import { type CheckedFile, type Recheck, recheck, regionOf } from "./steps.ts";
import { TamperBox } from "./tamper-box.tsx";
import { CHECK_WORDS } from "./words.ts";

wear(controls);
wear(css);

export function CheckingPage(props: PageProps) {
  const { reader, snapshot, route, refresh } = props;
  const speech = useSpeech();
  const subject = `${snapshot.contest}/${regionOf(snapshot)}`;
  const { value, fault } = useLoaded(subject, () => recheck(reader, snapshot), snapshot.edition.id);
  return (
    <>
      <p>{speech.text(CHECK_WORDS.intro)}</p>
      {fault && <Trouble fault={fault} kept={true} again={refresh} />}
      {value === null && fault === null && <p class="muted waiting">{speech.text(WORDS.waiting)}</p>}
      {value && <Steps found={value} since={snapshot.checks.since} />}
      <section class="panel">
        <h2>{speech.text(CHECK_WORDS.notTitle)}</h2>
        <p>{speech.text(CHECK_WORDS.notBody)}</p>
      </section>
      <TamperBox
        key={`${snapshot.edition.id}/${subject}`}
        reader={reader}
        snapshot={snapshot}
        isWanted={route.ask.langkah === "ubah" && value !== null}
      />
      <Commands snapshot={snapshot} />
      <ReceiptCheck reader={reader} snapshot={snapshot} />
    </>
  );
}

function Steps({ found, since }: { found: Recheck; since: number | null }) {
  const speech = useSpeech();
  const { snapshot, cosigners, files, root } = found;
  const { edition, head, status, checks } = snapshot;
  const n = speech.number;
  const sums = files.reduce((total, file) => total + file.sums, 0);
  return (
    <ol class="steps">
      <li class="panel">
        <h2>{speech.text(CHECK_WORDS.keyTitle)}</h2>
        <p>{speech.text(CHECK_WORDS.keyBody)}</p>
        <Facts
          rows={[
            [speech.text(CHECK_WORDS.key), status.editionsVkey],
            [speech.text(CHECK_WORDS.genesis), status.genesis],
          ]}
        />
      </li>
      <li class="panel">
        <h2>{speech.text(CHECK_WORDS.headTitle)}</h2>
        <p>{speech.text(CHECK_WORDS.headBody)}</p>
        <Facts
          rows={[
            [speech.text(CHECK_WORDS.size), n(head.size)],
            [speech.text(CHECK_WORDS.root), root],
            [
              speech.text(CHECK_WORDS.cosigners),
              cosigners.length === 0 ? speech.text(CHECK_WORDS.noCosigners) : cosigners.join(", "),
            ],
          ]}
        />
        <p class="small">
          {since === null
            ? speech.text(CHECK_WORDS.firstVisit)
            : speech.text(CHECK_WORDS.continued).replace("{n}", n(since))}
        </p>
        <details class="small">
          <summary>{speech.text(CHECK_WORDS.note)}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <pre tabIndex={0}>{head.note}</pre>
        </details>
      </li>
      <li class="panel">
        <h2>{speech.text(CHECK_WORDS.editionTitle)}</h2>
        <p>{speech.text(CHECK_WORDS.editionBody)}</p>
        <Facts
          rows={[
            [speech.text(CHECK_WORDS.number), `${n(edition.number)}, ${speech.time(edition.time, zoneOf(snapshot))}`],
            [speech.text(CHECK_WORDS.id), edition.id],
          ]}
        />
      </li>
      <li class="panel">
        <h2>{speech.text(CHECK_WORDS.filesTitle)}</h2>
        <p>{speech.text(CHECK_WORDS.filesBody)}</p>
        <Files files={files} />
      </li>
      <li class="panel">
        <h2>{speech.text(CHECK_WORDS.sumsTitle)}</h2>
        <p>{speech.text(CHECK_WORDS.sumsBody).replace("{n}", n(sums))}</p>
        <p class="small">{speech.text(CHECK_WORDS.checkedCandidates)}</p>
      </li>
      <li class="panel verified-all">
        <p>
          <strong>
            {speech.text(CHECK_WORDS.done).replace("{files}", n(checks.objects)).replace("{sums}", n(sums))}
          </strong>
        </p>
      </li>
    </ol>
  );
}

function Facts({ rows }: { rows: readonly (readonly [string, string])[] }) {
  return (
    <dl class="check-facts small">
      {rows.map(([word, value]) => (
        <div key={word}>
          <dt>{word}</dt>
          <dd>
            <code>{value}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Files({ files }: { files: readonly CheckedFile[] }) {
  const speech = useSpeech();
  return (
    <table class="small check-files">
      <thead>
        <tr>
          <th scope="col">{speech.text(WORDS.path)}</th>
          <th scope="col">{speech.text(CHECK_WORDS.fingerprint)}</th>
          <th scope="col" class="number wrap">
            {speech.text(CHECK_WORDS.sums)}
          </th>
        </tr>
      </thead>
      <tbody>
        {files.map(({ region, name, file, hash, isOfCandidates, sums }) => (
          <tr key={file}>
            <th scope="row">
              {region === "0" ? speech.text(WORDS.national) : name}
              {isOfCandidates && `, ${speech.text(CHECK_WORDS.candidates)}`}
            </th>
            <td>
              <a class="target" href={file}>
                <code>{hash.slice(0, 16)}…</code>
              </a>
            </td>
            <td class="number">{speech.number(sums)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
