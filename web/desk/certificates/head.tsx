/** A result at a glance: stage, totals, fingerprint, its paper, and what does not agree. */
import { FIGURE } from "../../../src/election/figures.ts";
import type { Text } from "../../../src/election/text.ts";
import { shortFingerprint } from "../../../src/recap/wire/typed-fingerprint.ts";
import type { BelowView, DistrictView, RemarkView, ResultView } from "../../../src/recap/wire/views.ts";
import { Changing } from "../../ui/changing.tsx";
import { useSpeech } from "../../ui/language.tsx";
import { contestName } from "../acts/names.ts";
import { printUrl } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { usePrinting } from "./use-printed.ts";
import { fallenWords, stageWords, WORDS } from "./words.ts";

interface Props {
  readonly result: ResultView;
  readonly parts: BelowView | null;
  readonly names: DistrictView | null;
}

export function Head({ result, parts, names }: Props) {
  const speech = useSpeech();
  const { hall, region: own } = useDesk();
  const { contest, district, stage, fingerprint, certificate } = result;
  const printing = usePrinting(result);
  const isCertified = stage === "certified";
  const whole = parts?.total ?? null;
  const rows = [
    [WORDS.valid, whole?.figures[FIGURE.valid] ?? null],
    [WORDS.invalid, whole?.figures[FIGURE.invalid] ?? null],
    [WORDS.sum, whole?.figures[FIGURE.total] ?? null],
  ] as const;
  const pairs = names !== null && names.parties.length === 0 && names.choices.length <= 4 ? names.choices : [];
  return (
    <section class="card-panel">
      <header class="row spread">
        <h2>
          {contestName(hall, contest, speech.text)} <span class="muted">{district.name}</span>
        </h2>
        <span class={`status stage-${stage}`}>{speech.text(stageWords(result))}</span>
      </header>
      {remarksOf(result, parts, speech.text).map((remark) => (
        <p key={remark} class="fault">
          {remark}
        </p>
      ))}
      {!result.inHand && !isCertified && <p class="fault">{speech.text(WORDS.notInHand)}</p>}
      {certificate?.reopened === true && <p class="fault">{speech.text(fallenWords(result, own))}</p>}
      <dl class="figures">
        {pairs.map(({ id, number, name }, i) => (
          <div key={id}>
            <dt>
              {number} {name}
            </dt>
            <dd>{whole === null || whole.votes[i] == null ? "–" : <Changing value={whole.votes[i]} />}</dd>
          </div>
        ))}
        {rows.map(([words, value]) => (
          <div key={words.en}>
            <dt>{speech.text(words)}</dt>
            <dd>{value === null ? "–" : <Changing value={value} />}</dd>
          </div>
        ))}
        <div>
          <dt>{speech.text(WORDS.read)}</dt>
          <dd>
            {speech.number(result.read)}/{speech.number(result.expected)}
          </dd>
        </div>
      </dl>
      <p class="row">
        <a
          class="target"
          href={printUrl(own, `certificate/${contest}/${district.code}.pdf`)}
          target="_blank"
          rel="noopener"
          onClick={printing}
        >
          {speech.text(isCertified ? WORDS.signedPdf : WORDS.draftPdf)}
        </a>
        {fingerprint !== null && (
          <span>
            {speech.text(WORDS.fingerprint)}{" "}
            <strong class="fingerprint" title={fingerprint}>
              {shortFingerprint(fingerprint)}
            </strong>
          </span>
        )}
        {!isCertified && <span class="muted small">{speech.text(WORDS.draftMark)}</span>}
      </p>
    </section>
  );
}

/** What the rules remark: of the plenary's own certificate, and of those from below, which are named. */
function remarksOf(result: ResultView, parts: BelowView | null, say: (text: Text) => string): string[] {
  const said = (from: string, remarks: readonly RemarkView[]) =>
    remarks.map(({ code, text }) => `${code}${from}: ${say(text)}`);
  const below = parts?.children.flatMap(({ region, certificate }) =>
    certificate === null ? [] : said(` (${region.name})`, certificate.remarks),
  );
  return [...said("", result.certificate?.remarks ?? []), ...(below ?? [])];
}
