/** On a device that the hall's laptop does not know yet: the code that the main laptop shows lets it in. */
import { useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { pairingIn } from "../../../src/recap/wire/network.ts";
import { useSpeech } from "../../ui/language.tsx";
import { type Api, ApiFault } from "../shell/api.ts";
import { NETWORK_WORDS as WORDS } from "./network-words.ts";

interface Props {
  readonly api: Api;
  /** The address's hash, which has the code if it was scanned. */
  readonly hash: string;
  readonly onDone: () => void;
}

export function PairDevice({ api, hash, onDone }: Props) {
  const speech = useSpeech();
  const [name, setName] = useState(ownKind);
  const [code, setCode] = useState(pairingIn(hash)?.code ?? "");
  const [fault, setFault] = useState<Text | null>(null);
  const pair = async () => {
    setFault(null);
    try {
      await api.pairDevice({ code, name: name.trim() });
      onDone();
    } catch (problem) {
      if (!(problem instanceof ApiFault)) throw problem;
      setFault(problem.words);
    }
  };
  return (
    <main id="isi" class="narrow" tabIndex={-1}>
      <h1>{speech.text(WORDS.pairTitle)}</h1>
      <p>{speech.text(WORDS.pairLead)}</p>
      <form
        class="card-panel"
        onSubmit={(event) => {
          event.preventDefault();
          void pair();
        }}
      >
        <div class="field">
          <label for="device-name">{speech.text(WORDS.name)}</label>
          <input
            id="device-name"
            value={name}
            required
            maxLength={120}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <p class="small muted">{speech.text(WORDS.nameHelp)}</p>
        </div>
        <div class="field">
          <label for="device-code">{speech.text(WORDS.code)}</label>
          <input
            id="device-code"
            class="card-code"
            value={code}
            required
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            onInput={(event) => setCode(event.currentTarget.value)}
          />
        </div>
        {fault !== null && (
          <p class="fault" role="alert">
            {speech.text(fault)}
          </p>
        )}
        <button type="submit">{speech.text(WORDS.enter)}</button>
      </form>
    </main>
  );
}

/** What a browser says that it runs on; whoever sits there knows a better name. */
const ownKind = (): string => /Android|iPhone|iPad|Windows|Macintosh|CrOS|Linux/.exec(navigator.userAgent)?.[0] ?? "";
