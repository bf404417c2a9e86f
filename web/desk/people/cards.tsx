/** Cards as they are printed: black on A4, six to a page, with lines to cut along. After this page is left their codes are gone. */
import { cardGroups, cardQr } from "../../../src/recap/wire/card.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Qr } from "../../ui/qr.tsx";
import { ROLE_WORDS } from "../shell/words.ts";
import type { Issued } from "./issue.ts";
import { PEOPLE_WORDS as WORDS } from "./words.ts";

interface Props {
  readonly issued: readonly Issued[];
  /** Name of the region by code. */
  readonly hallName: (region: string) => string;
  readonly simulation: boolean;
  readonly onDone: () => void;
}

export function CardSheets({ issued, hallName, simulation, onDone }: Props) {
  const speech = useSpeech();
  return (
    <section class="card-sheets" aria-label={speech.text(WORDS.cardsTitle)}>
      <div class="card-panel no-print">
        <h1>{speech.text(WORDS.cardsTitle)}</h1>
        <p>{speech.text(WORDS.cardsLead)}</p>
        <div class="row">
          <button type="button" class="primary" onClick={() => window.print()}>
            {speech.text(WORDS.print)}
          </button>
          <button type="button" onClick={onDone}>
            {speech.text(WORDS.printed)}
          </button>
        </div>
      </div>
      <div class="cards">
        {issued.map(({ card, key, holder }) => (
          <article key={key} class="key-card">
            <header>
              <strong>Teguh</strong> {speech.text(WORDS.cardHead)}
              {simulation && <b class="mark">SIMULASI</b>}
            </header>
            <div class="key-card-body">
              <Qr text={cardQr(card, key)} label={speech.text(WORDS.cardQr)} />
              <div>
                <p class="holder">{holder.name}</p>
                <p>
                  {speech.text(ROLE_WORDS[holder.role])}
                  <br />
                  {hallName(holder.region)}
                </p>
              </div>
            </div>
            <p class="groups">
              {cardGroups(card).map((group, i) => (
                <span key={`${i}${group}`}>{group}</span>
              ))}
            </p>
            <p class="how">{speech.text(WORDS.cardHow)}</p>
            <p class="how">
              {speech.text(WORDS.cardKey)} {key}
            </p>
          </article>
        ))}
      </div>
    </section>
  );
}
