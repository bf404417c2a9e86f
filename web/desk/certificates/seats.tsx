/** Seats and winners, where the certificate that they follow from stands: every step of the working, as it can be done by hand. */
import { SEAT_RULES, type SeatRuleCode, type Tie } from "../../../src/election/seat-rules.ts";
import type { DistrictView, ResultView, SeatsView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Scroll } from "../acts/scroll.tsx";
import { ApiFault, printUrl } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { useView } from "../shell/use-view.ts";
import { WORDS } from "./words.ts";

interface Props {
  readonly result: ResultView;
  readonly names: DistrictView | null;
}

export function Seats({ result, names }: Props) {
  const speech = useSpeech();
  const { api, region } = useDesk();
  const { contest, district, certificate } = result;
  // Nothing follows from it yet, or it is not for this plenary to say: then there is nothing to show.
  const { view } = useView(`seats/${certificate?.id}`, 0, () =>
    api.seats(region, contest, district.code).catch((fault: unknown) => {
      if (fault instanceof ApiFault && fault.code === "unknown") return null;
      throw fault;
    }),
  );
  if (view === null) return null;
  return (
    <section class="card-panel">
      <h2>{speech.text(contest === "ppwp" ? WORDS.winner : WORDS.seats)}</h2>
      <p class="small muted">{speech.text(WORDS.seatsHelp)}</p>
      <Working working={view.working} name={namesOf(names)} />
      <p>
        <a
          class="target"
          href={printUrl(region, `seats/${contest}/${district.code}.pdf`)}
          target="_blank"
          rel="noopener"
        >
          {speech.text(contest === "ppwp" ? WORDS.winnerPdf : WORDS.seatsPdf)}
        </a>
      </p>
    </section>
  );
}

/** Basis points of all. */
const WHOLE = 10_000;

type Name = (id: string) => string;

/** A choice or a party by its number and name. */
function namesOf(names: DistrictView | null): Name {
  const known = new Map([...(names?.choices ?? []), ...(names?.parties ?? [])].map((one) => [one.id, one]));
  return (id) => {
    const found = known.get(id);
    return found === undefined ? id : `${found.number} ${found.name}`;
  };
}

function Rule({ code }: { code: SeatRuleCode }) {
  const speech = useSpeech();
  const { text, ground } = SEAT_RULES[code];
  return (
    <span>
      {speech.text(text)} <span class="small muted">({ground})</span>
    </span>
  );
}

function Tied({ tie, name }: { tie: Tie; name: Name }) {
  return (
    <p class="fault">
      {tie.between.map(name).join(", ")}: <Rule code={tie.rule} />
    </p>
  );
}

function Working({ working, name }: { working: SeatsView["working"]; name: Name }) {
  if (working.kind === "parties") return <Parties result={working.result} name={name} />;
  return working.kind === "candidates" ? (
    <Elected election={working.result} name={name} />
  ) : (
    <President working={working} name={name} />
  );
}

type Of<K extends SeatsView["working"]["kind"]> = Extract<SeatsView["working"], { readonly kind: K }>["result"];

function Parties({ result, name }: { result: Of<"parties">; name: Name }) {
  const speech = useSpeech();
  return (
    <>
      <Scroll label={speech.text(WORDS.seats)}>
        <table>
          <thead>
            <tr>
              <th scope="col" class="number">
                {speech.text(WORDS.seat)}
              </th>
              <th scope="col">{speech.text(WORDS.party)}</th>
              <th scope="col" class="number">
                {speech.text(WORDS.quotient)}
              </th>
              <th scope="col">{speech.text(WORDS.rule)}</th>
            </tr>
          </thead>
          <tbody>
            {result.seats.map((seat) => (
              <tr key={seat.seat}>
                <td class="number">{speech.number(seat.seat)}</td>
                <th scope="row">
                  {seat.kind === "given"
                    ? name(seat.won.party)
                    : seat.kind === "tied"
                      ? seat.tie.between.map(name).join(" / ")
                      : "–"}
                </th>
                <td class="number">
                  {seat.kind === "given"
                    ? `${speech.number(seat.won.votes)} ÷ ${speech.number(seat.won.divisor)}`
                    : "–"}
                </td>
                <td>
                  <Rule code={seat.kind === "tied" ? seat.tie.rule : seat.rule} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {result.parties
        .filter(({ seats, excluded }) => seats > 0 || excluded !== null)
        .map(({ party, votes, seats, excluded, election }) => (
          <div key={party}>
            <h3>
              {name(party)} · {speech.number(votes)} · {speech.number(seats)} {speech.text(WORDS.seatUnit)}
            </h3>
            {excluded === null ? <Elected election={election} name={name} /> : <Rule code={excluded} />}
          </div>
        ))}
    </>
  );
}

function Elected({ election, name }: { election: Of<"candidates">; name: Name }) {
  const speech = useSpeech();
  return (
    <>
      <ol class="plain-list">
        {election.elected.map(({ candidate, votes, rule }) => (
          <li key={candidate}>
            <strong>{name(candidate)}</strong> · {speech.number(votes)} · <Rule code={rule} />
          </li>
        ))}
      </ol>
      {election.tie !== null && <Tied tie={election.tie} name={name} />}
    </>
  );
}

type Pairs = Extract<SeatsView["working"], { readonly kind: "pairs" }>;

function President({ working: { majority: more, spread: wide, result }, name }: { working: Pairs; name: Name }) {
  const speech = useSpeech();
  const { outcome, pairs, total, provinceCount } = result;
  const said = (holds: boolean) => speech.text(holds ? WORDS.yes : WORDS.no);
  return (
    <>
      {outcome.kind === "elected" && (
        <p class="notice-line">
          <strong>{name(outcome.pair)}</strong>: <Rule code={outcome.rule} />
        </p>
      )}
      {outcome.kind === "second-round" && (
        <p class="notice-line">
          <strong>{outcome.pairs.map(name).join(" · ")}</strong>: <Rule code={outcome.rule} />
        </p>
      )}
      {outcome.kind === "tied" && <Tied tie={outcome.tie} name={name} />}
      {outcome.kind === "none" && (
        <p class="fault">
          <Rule code={outcome.rule} />
        </p>
      )}
      <Scroll label={speech.text(WORDS.winner)}>
        <table>
          <thead>
            <tr>
              <th scope="col">{speech.text(WORDS.pair)}</th>
              <th scope="col" class="number">
                {speech.text(WORDS.votes)}
              </th>
              {more !== null && (
                <th scope="col">
                  {speech.text(WORDS.majority)} {speech.share(more, WHOLE)}
                </th>
              )}
              {wide !== null && (
                <th scope="col">
                  {speech.share(wide, WHOLE)} {speech.text(WORDS.spread)}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {pairs.map(({ pair, votes, majority, provinces, spread }) => (
              <tr key={pair}>
                <th scope="row">{name(pair)}</th>
                <td class="number">
                  {speech.number(votes)} <span class="small muted">{speech.share(votes, total)}</span>
                </td>
                {more !== null && <td>{said(majority)}</td>}
                {wide !== null && (
                  <td>
                    {said(spread)}{" "}
                    <span class="small muted">
                      {speech.number(provinces.length)}/{speech.number(provinceCount)}
                    </span>
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </>
  );
}
