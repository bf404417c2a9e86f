/** Who holds a role in this hall, and the cards of their keys: issued, replaced, revoked, by the chair. */
import { useState } from "preact/hooks";
import type { Role } from "../../../src/election/statements.ts";
import type { Text } from "../../../src/election/text.ts";
import type { PersonView } from "../../../src/recap/wire/people.ts";
import { useSpeech } from "../../ui/language.tsx";
import "../acts/acts.css";
import { Scroll } from "../acts/scroll.tsx";
import { ApiFault } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { Dialog } from "../shell/dialog.tsx";
import { hallTitle, ROLE_WORDS } from "../shell/words.ts";
import { CardSheets } from "./cards.tsx";
import "./people.css";
import { grantOf, type Issued, issueCard } from "./issue.ts";
import { IssueForm } from "./issue-form.tsx";
import { randomBytes } from "./keyring.ts";
import { PEOPLE_WORDS as WORDS } from "./words.ts";

const ROLES: readonly Role[] = ["member", "operator", "chair", "supervisor", "observer", "projector"];
const COMMITTEE = [
  { name: "", role: "member" },
  { name: "", role: "member" },
  { name: "", role: "operator" },
] as const;

/** A question about one person's key. */
interface Asked {
  readonly what: "revoke" | "replace";
  readonly person: PersonView;
}

export default function PeoplePage() {
  const speech = useSpeech();
  const desk = useDesk();
  const { api, region, welcome, hall, people } = desk;
  const [issued, setIssued] = useState<readonly Issued[]>([]);
  const [asked, setAsked] = useState<Asked | null>(null);
  const [fault, setFault] = useState<Text | null>(null);
  const above = people.filter((person) => person.region !== region);

  /** The desk keeps the sealed keys, then the log grants them; cards are shown only of keys that are granted. */
  const grant = async (made: readonly Issued[]): Promise<Text | null> => {
    await api.addPeople(made.map(({ holder }) => holder));
    const stated = await desk.state("grant", grantOf(made));
    if (!stated.ok) return stated.words;
    setIssued(made);
    desk.refreshPeople();
    return null;
  };
  const revoke = async (person: PersonView): Promise<Text | null> => {
    const stated = await desk.state("revoke", { keys: [person.key], undo: false });
    desk.refreshPeople();
    return stated.ok ? null : stated.words;
  };
  const answer = async ({ what, person }: Asked) => {
    setAsked(null);
    try {
      const refused = await revoke(person);
      if (refused !== null || what === "revoke") return setFault(refused);
      setFault(await grant([await issueCard(person, welcome.origin, randomBytes)]));
    } catch (problem) {
      if (!(problem instanceof ApiFault)) throw problem;
      setFault(problem.words);
    }
  };

  if (issued.length > 0) {
    return (
      <div class="page">
        <CardSheets
          issued={issued}
          hallName={() => speech.text(hallTitle(hall.region))}
          simulation={hall.election.simulation}
          onDone={() => setIssued([])}
        />
      </div>
    );
  }
  return (
    <div class="page people-page">
      <h1>{speech.text(WORDS.peopleTitle)}</h1>
      {fault !== null && (
        <p class="fault" role="alert">
          {speech.text(fault)}
        </p>
      )}
      <PeopleTable people={people.filter((person) => person.region === region)} onAsk={setAsked} />
      {above.length > 0 && (
        <details>
          <summary>
            {speech.text(WORDS.fromAbove)} ({speech.number(above.length)})
          </summary>
          <PeopleTable people={above} onAsk={null} />
        </details>
      )}
      <section class="card-panel">
        <h2>{speech.text(WORDS.issueTitle)}</h2>
        <p class="muted">{speech.text(WORDS.issueLead)}</p>
        <IssueForm origin={welcome.origin} region={region} roles={ROLES} lines={COMMITTEE} onIssue={grant} />
      </section>
      {asked !== null && (
        <Dialog
          title={`${speech.text(asked.what === "revoke" ? WORDS.revoke : WORDS.replace)}: ${asked.person.name}`}
          onClose={() => setAsked(null)}
        >
          <p>{speech.text(asked.what === "revoke" ? WORDS.revokeLead : WORDS.replaceLead)}</p>
          <div class="row">
            <button type="button" class="primary" data-first onClick={() => void answer(asked)}>
              {speech.text(asked.what === "revoke" ? WORDS.revoke : WORDS.replace)}
            </button>
            <button type="button" onClick={() => setAsked(null)}>
              {speech.text(WORDS.keep)}
            </button>
          </div>
        </Dialog>
      )}
    </div>
  );
}

interface TableProps {
  readonly people: readonly PersonView[];
  /** Null: they are another plenary's, which replaces and revokes their cards. */
  readonly onAsk: ((asked: Asked) => void) | null;
}

function PeopleTable({ people, onAsk }: TableProps) {
  const speech = useSpeech();
  return (
    <Scroll label={speech.text(WORDS.peopleTitle)}>
      <table>
        <thead>
          <tr>
            <th scope="col">{speech.text(WORDS.who)}</th>
            <th scope="col">{speech.text(WORDS.roleOf)}</th>
            <th scope="col">{speech.text(WORDS.cardState)}</th>
            <th scope="col">{speech.text(WORDS.keyColumn)}</th>
            <th scope="col">
              <span class="unseen">{speech.text(WORDS.actions)}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {people.map((person) => (
            <tr key={person.key} class={person.standing === "revoked" ? "revoked" : undefined}>
              <th scope="row">{person.name}</th>
              <td>
                {speech.text(ROLE_WORDS[person.role])}
                <Elsewhere person={person} />
              </td>
              <td>
                {speech.text(cardState(person))}
                {person.passkeys.length > 0 && ` + ${person.passkeys.length} ${speech.text(WORDS.passkeyCount)}`}
              </td>
              <td class="key-name">{person.key}</td>
              <td>
                {person.standing === "granted" && onAsk !== null && (
                  <div class="row">
                    <button type="button" class="quiet" onClick={() => onAsk({ what: "replace", person })}>
                      {speech.text(WORDS.replace)}
                      <span class="unseen"> {person.name}</span>
                    </button>
                    <button type="button" class="quiet" onClick={() => onAsk({ what: "revoke", person })}>
                      {speech.text(WORDS.revoke)}
                      <span class="unseen"> {person.name}</span>
                    </button>
                  </div>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

/** Of those whose role is in a region above: which. */
function Elsewhere({ person }: { person: PersonView }) {
  const { hall, region } = useDesk();
  if (person.region === region) return null;
  return <span class="muted small"> {hall.above.find(({ code }) => code === person.region)?.name ?? "KPU RI"}</span>;
}

function cardState({ standing, sealed }: PersonView): Text {
  if (standing === "revoked") return WORDS.stateRevoked;
  if (standing === "not-granted") return WORDS.stateNotGranted;
  if (sealed === null) return WORDS.stateElsewhere;
  return sealed.by === "card" ? WORDS.stateUnused : WORDS.stateUsed;
}
