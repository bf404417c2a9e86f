/** How each participant's saksi answered the certificate. None of the answers blocks anything. */
import { useState } from "preact/hooks";
import { SIGNATURE_REASONS } from "../../../src/election/minutes.ts";
import type { CertificateView, ParticipantView, ResultView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { useActing } from "../acts/act-form.tsx";
import { Scroll } from "../acts/scroll.tsx";
import { WORDS as COMMON } from "../acts/words.ts";
import { useDesk } from "../shell/desk.ts";
import { type SignatureForm, signature } from "./forms.ts";
import { SIGNATURE_WORDS, WORDS } from "./words.ts";

interface Props {
  readonly result: ResultView;
  readonly certificate: CertificateView;
}

export function Signatures({ result, certificate }: Props) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const participants = hall.participants
    .filter(({ contests }) => contests.includes(result.contest))
    .sort((a, b) => a.number - b.number);
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.signatures)}</h2>
      <p class="small muted">{speech.text(WORDS.signaturesHelp)}</p>
      <Scroll label={speech.text(WORDS.signatures)}>
        <table class="signatures">
          <thead>
            <tr>
              <th scope="col">{speech.text(COMMON.participant)}</th>
              <th scope="col">{speech.text(WORDS.answer)}</th>
              <th scope="col">{speech.text(WORDS.record)}</th>
            </tr>
          </thead>
          <tbody>
            {participants.map((participant) => (
              <Row key={participant.id} result={result} certificate={certificate} participant={participant} />
            ))}
          </tbody>
        </table>
      </Scroll>
    </section>
  );
}

const OUTCOMES = ["signed-wet", "refused", "absent"] as const;
const REASONS = Object.keys(SIGNATURE_REASONS) as (keyof typeof SIGNATURE_REASONS)[];

function Row({ result, certificate, participant: { id, number, name } }: Props & { participant: ParticipantView }) {
  const speech = useSpeech();
  const [refuses, setRefuses] = useState(false);
  const { state, fault, isBusy, isAllowed, why } = useActing("signature", () => setRefuses(false));
  const given = certificate.signatures.find(({ participant }) => participant === id);
  const record = (form: SignatureForm) => void state(() => signature(result, certificate.id, id, form));
  const reason = given?.reason ?? null;
  return (
    <tr>
      <th scope="row">
        {number} {name}
      </th>
      <td class={given === undefined ? "muted" : given.outcome === "refused" ? "held-text" : undefined}>
        {given === undefined ? speech.text(WORDS.notAsked) : speech.text(SIGNATURE_WORDS[given.outcome])}
        {reason !== null && (
          <span class="small">: {speech.text(SIGNATURE_REASONS[reason as keyof typeof SIGNATURE_REASONS])}</span>
        )}
        {fault !== null && (
          <span class="small need" role="alert">
            {speech.text(fault)}
          </span>
        )}
      </td>
      <td>
        <div class="row tight" title={why === null ? undefined : speech.text(why)}>
          {OUTCOMES.map((outcome) => (
            <button
              key={outcome}
              type="button"
              class="quiet"
              disabled={!isAllowed || isBusy}
              aria-pressed={given?.outcome === outcome || (outcome === "refused" && refuses)}
              aria-label={`${speech.text(SIGNATURE_WORDS[outcome])}: ${number} ${name}`}
              onClick={() => (outcome === "refused" ? setRefuses(!refuses) : record({ outcome, reason: null }))}
            >
              {speech.text(SIGNATURE_WORDS[outcome])}
            </button>
          ))}
          {refuses && (
            <select
              aria-label={`${speech.text(WORDS.reason)}: ${number} ${name}`}
              value=""
              disabled={isBusy}
              onChange={(event) => {
                const reason = REASONS.find((code) => code === event.currentTarget.value) ?? null;
                if (reason !== null) record({ outcome: "refused", reason });
              }}
            >
              <option value="">{speech.text(WORDS.chooseReason)}</option>
              {REASONS.map((code) => (
                <option key={code} value={code}>
                  {speech.text(SIGNATURE_REASONS[code])}
                </option>
              ))}
            </select>
          )}
        </div>
      </td>
    </tr>
  );
}
