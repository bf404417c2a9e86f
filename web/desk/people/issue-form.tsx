/** A list of those who get a card: a name and a role on each line. */
import { useState } from "preact/hooks";
import type { RegionCode } from "../../../src/election/codes.ts";
import type { Role } from "../../../src/election/statements.ts";
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ApiFault } from "../shell/api.ts";
import { ROLE_WORDS } from "../shell/words.ts";
import { type Issued, issueCard, type Wanted } from "./issue.ts";
import { randomBytes } from "./keyring.ts";
import { PEOPLE_WORDS as WORDS } from "./words.ts";

interface Line {
  readonly name: string;
  readonly role: Role;
}

interface Props {
  readonly origin: string;
  readonly region: RegionCode;
  readonly roles: readonly Role[];
  readonly lines: readonly Line[];
  /** Grants the keys. The words of what it returns, or of an ApiFault that it throws, are shown; null: granted. */
  readonly onIssue: (issued: readonly Issued[]) => Promise<Text | null>;
}

export function IssueForm({ origin, region, roles, lines: initial, onIssue }: Props) {
  const speech = useSpeech();
  const [lines, setLines] = useState(initial);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<Text | null>(null);
  const named = lines.filter(({ name }) => name.trim() !== "");
  const change = (at: number, some: Partial<Line>) =>
    setLines(lines.map((line, i) => (i === at ? { ...line, ...some } : line)));

  const submit = async () => {
    if (named.length === 0) return setFault(WORDS.noNames);
    setBusy(true);
    setFault(null);
    try {
      const issued: Issued[] = [];
      // One after the other: each takes all the memory that sealing is meant to take.
      for (const line of named) issued.push(await issueCard({ ...line, region } satisfies Wanted, origin, randomBytes));
      setFault(await onIssue(issued));
    } catch (problem) {
      if (!(problem instanceof ApiFault)) throw problem;
      setFault(problem.words);
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      class="issue-form"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {lines.map(({ name, role }, i) => (
        <div key={i} class="issue-line">
          <input
            aria-label={`${speech.text(WORDS.nameOf)} ${i + 1}`}
            placeholder={speech.text(WORDS.nameOf)}
            value={name}
            autocomplete="off"
            onInput={(event) => change(i, { name: event.currentTarget.value })}
          />
          <select
            aria-label={`${speech.text(WORDS.roleOf)} ${i + 1}`}
            value={role}
            onChange={(event) => change(i, { role: roles.find((each) => each === event.currentTarget.value) ?? role })}
          >
            {roles.map((each) => (
              <option key={each} value={each}>
                {speech.text(ROLE_WORDS[each])}
              </option>
            ))}
          </select>
        </div>
      ))}
      <div class="row">
        <button
          type="button"
          class="quiet"
          onClick={() => setLines([...lines, { name: "", role: roles[0] ?? "member" }])}
        >
          + {speech.text(WORDS.anotherLine)}
        </button>
      </div>
      {fault !== null && (
        <p class="fault" role="alert">
          {speech.text(fault)}
        </p>
      )}
      <button type="submit" class="primary" disabled={isBusy}>
        {speech.text(isBusy ? WORDS.making : WORDS.issue)}
      </button>
    </form>
  );
}
