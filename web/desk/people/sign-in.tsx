/** The door of a hall: a name, a card, a PIN. In a simulation, any role with one click. */
import { useState } from "preact/hooks";
import type { Role } from "../../../src/election/statements.ts";
import type { Text } from "../../../src/election/text.ts";
import type { PersonView } from "../../../src/recap/wire/people.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ApiFault } from "../shell/api.ts";
import { useObserved } from "../shell/observable.ts";
import { ROLE_WORDS, SHELL_WORDS } from "../shell/words.ts";
import { KeyFault } from "./key-fault.ts";
import { KeyForm } from "./key-form.tsx";
import type { Keyring } from "./keyring.ts";
import { PEOPLE_WORDS as WORDS } from "./words.ts";

/** The roles that a simulation offers, in the order in which a visitor will want them. */
const TRIED: readonly Role[] = ["chair", "operator", "member", "supervisor", "observer", "projector"];

interface Props {
  readonly keyring: Keyring;
  readonly people: readonly PersonView[];
  readonly hallName: string;
  /** Of a simulation: what anyone may try here. */
  readonly tryRoles: readonly Role[];
}

export function SignIn({ keyring, people, hallName, tryRoles }: Props) {
  const speech = useSpeech();
  const holders = people.filter(({ sealed, standing }) => sealed !== null && standing === "granted");
  return (
    <main id="isi" class="narrow" tabIndex={-1}>
      <h1>{hallName}</h1>
      {tryRoles.length > 0 && <TryRoles keyring={keyring} roles={tryRoles} />}
      <section class="card-panel">
        <h2>{speech.text(WORDS.signIn)}</h2>
        <p class="muted">{speech.text(holders.length === 0 ? WORDS.nobody : WORDS.signInLead)}</p>
        {holders.length > 0 && (
          <KeyForm
            people={holders}
            cardOf={(key) => keyring.cardOf(key)}
            allowsFirstUse
            action={WORDS.signIn}
            onPasskey={(person) => keyring.enterByPasskey(person)}
            onOpen={(person, card, pin, isFirst) =>
              isFirst ? keyring.firstUse(person, card, pin) : keyring.enter(person, card, pin)
            }
          />
        )}
      </section>
      <p>
        <a href="#/">{speech.text(SHELL_WORDS.otherHall)}</a>
      </p>
    </main>
  );
}

function TryRoles({ keyring, roles }: { keyring: Keyring; roles: readonly Role[] }) {
  const speech = useSpeech();
  const [fault, setFault] = useState<Text | null>(null);
  const attempt = (role: Role) => {
    setFault(null);
    keyring.tryRole(role).catch((problem: unknown) => {
      if (!(problem instanceof KeyFault || problem instanceof ApiFault)) throw problem;
      setFault(problem.words);
    });
  };
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.tryTitle)}</h2>
      <p class="muted">{speech.text(WORDS.tryLead)}</p>
      <div class="role-grid">
        {TRIED.filter((role) => roles.includes(role)).map((role) => (
          <button key={role} type="button" onClick={() => attempt(role)}>
            {speech.text(ROLE_WORDS[role])}
          </button>
        ))}
      </div>
      {fault !== null && (
        <p class="fault" role="alert">
          {speech.text(fault)}
        </p>
      )}
    </section>
  );
}

/** Over a locked screen: whoever has shown a card here goes on with the PIN alone, whoever came by a passkey with it. */
export function LockScreen({ keyring, people, tryRoles }: Omit<Props, "hallName">) {
  const speech = useSpeech();
  const present = useObserved(keyring.present);
  const holders = people.filter(({ key }) =>
    present.some(({ person, way }) => person.key === key && way.by !== "trial"),
  );
  const tried = present.filter(({ way }) => way.by === "trial");
  return (
    <main id="isi" class="narrow" tabIndex={-1}>
      <h1>{speech.text(WORDS.locked)}</h1>
      <section class="card-panel">
        <p class="muted">{speech.text(WORDS.lockedLead)}</p>
        {holders.length > 0 && (
          <KeyForm
            people={holders}
            chosen={holders.at(-1)?.key ?? null}
            cardOf={(key) => keyring.cardOf(key)}
            allowsFirstUse={false}
            action={WORDS.unlock}
            onPasskey={(person) => keyring.enterByPasskey(person)}
            onOpen={(person, card, pin) => keyring.enter(person, card, pin)}
          />
        )}
        {tryRoles.length > 0 &&
          tried.map(({ person }) => (
            <button key={person.key} type="button" class="primary" onClick={() => void keyring.tryRole(person.role)}>
              {speech.text(WORDS.unlock)}: {person.name}
            </button>
          ))}
      </section>
      <p>
        <button type="button" class="quiet" onClick={() => void keyring.leave()}>
          {speech.text(WORDS.someoneElse)}
        </button>
      </p>
    </main>
  );
}
