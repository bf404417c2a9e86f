/** The first run: whoever reads the console's secret gives the first chair a card. */
import type { WelcomeView } from "../../../src/recap/wire/people.ts";
import { useSpeech } from "../../ui/language.tsx";
import type { Api } from "../shell/api.ts";
import { PEOPLE_WORDS as WORDS } from "./words.ts";

export function SetUp(_props: { api: Api; welcome: WelcomeView; onDone: () => void }) {
  const speech = useSpeech();
  return (
    <main id="isi" class="narrow" tabIndex={-1}>
      <h1>{speech.text(WORDS.signIn)}</h1>
    </main>
  );
}
