/** The certificate itself: the chair and a second person. While stations are unread the page says so, and the desk takes none. */
import { shortFingerprint } from "../../../src/recap/wire/typed-fingerprint.ts";
import type { BelowView, ResultView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { useDesk } from "../shell/desk.ts";
import { certificate } from "./forms.ts";
import { WORDS } from "./words.ts";

export function Certify({ result, parts }: { result: ResultView; parts: BelowView }) {
  const speech = useSpeech();
  const { region } = useDesk();
  const isWhole = result.read >= result.expected;
  if (!result.inHand) return null;
  const { fingerprint } = result;
  const compares =
    fingerprint === null ? undefined : `${speech.text(WORDS.fingerprint)} ${shortFingerprint(fingerprint)}`;
  const form = () =>
    isWhole ? certificate(result, region, parts) : { needs: [{ field: "read", what: WORDS.certifyIncomplete }] };
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.certify)}</h2>
      <p>{speech.text(WORDS.certifyHelp)}</p>
      {!isWhole && <p class="fault">{speech.text(WORDS.certifyIncomplete)}</p>}
      <ActForm act="certificate" submit={WORDS.certify} form={form} compares={compares} />
    </section>
  );
}
