/** The first run: whoever reads the console's code gives the first chair a card. After that nobody comes in by this door. */
import { useState } from "preact/hooks";
import type { RegionCode } from "../../../src/election/codes.ts";
import type { WelcomeView } from "../../../src/recap/wire/people.ts";
import { useSpeech } from "../../ui/language.tsx";
import type { Api } from "../shell/api.ts";
import { CardSheets } from "./cards.tsx";
import "./people.css";
import { hallTitle } from "../shell/words.ts";
import type { Issued } from "./issue.ts";
import { IssueForm } from "./issue-form.tsx";
import { PEOPLE_WORDS as WORDS } from "./words.ts";

interface Props {
  readonly api: Api;
  readonly welcome: WelcomeView;
  readonly onDone: () => void;
}

export function SetUp({ api, welcome, onDone }: Props) {
  const speech = useSpeech();
  const [secret, setSecret] = useState("");
  const [region, setRegion] = useState<RegionCode | undefined>(welcome.halls[0]?.code);
  const [issued, setIssued] = useState<readonly Issued[]>([]);
  if (issued.length > 0) {
    const hallName = (code: string) => {
      const hall = welcome.halls.find((each) => each.code === code);
      return hall === undefined ? code : speech.text(hallTitle(hall));
    };
    return (
      <main id="isi" class="page" tabIndex={-1}>
        <CardSheets issued={issued} hallName={hallName} simulation={welcome.simulation} onDone={onDone} />
      </main>
    );
  }
  return (
    <main id="isi" class="narrow" tabIndex={-1}>
      <h1>{speech.text(WORDS.setUpTitle)}</h1>
      <p>{speech.text(WORDS.setUpLead)}</p>
      <section class="card-panel">
        <div class="field">
          <label for="secret">{speech.text(WORDS.secret)}</label>
          <input
            id="secret"
            class="card-code"
            value={secret}
            autocomplete="off"
            spellcheck={false}
            onInput={(event) => setSecret(event.currentTarget.value)}
          />
          <p class="small muted">{speech.text(WORDS.secretHelp)}</p>
        </div>
        <div class="field">
          <label for="hall">{speech.text(WORDS.hallOf)}</label>
          <select
            id="hall"
            value={region}
            onChange={(event) => setRegion(welcome.halls.find(({ code }) => code === event.currentTarget.value)?.code)}
          >
            {welcome.halls.map((hall) => (
              <option key={hall.code} value={hall.code}>
                {speech.text(hallTitle(hall))}
              </option>
            ))}
          </select>
        </div>
        {region !== undefined && (
          <IssueForm
            key={region}
            origin={welcome.origin}
            region={region}
            roles={["chair"]}
            lines={[{ name: "", role: "chair" }]}
            onIssue={async (made) => {
              await api.setUp(
                secret,
                made.map(({ holder }) => holder),
              );
              setIssued(made);
              return null;
            }}
          />
        )}
      </section>
    </main>
  );
}
