/** The rules about one station's figures, in words for the plenary, from what the page knows of the district. */

import { say } from "../../../src/election/messages.ts";
import { evaluate, facts, flagCodes, type RuleContext, ruleOf } from "../../../src/election/rules.ts";
import type { Reported } from "../../../src/election/sheet.ts";
import type { Text } from "../../../src/election/text.ts";
import type { DistrictView, StationView } from "../../../src/recap/wire/views.ts";
import { partyGroups, type StationFigures } from "./form.ts";

export interface Remark {
  readonly code: string;
  readonly fact: Text;
  /** The fact with what to do about it. */
  readonly message: Text;
  /** The votes would be kept out of the sums: only two persons, with a note, may let them stand. */
  readonly holds: boolean;
}

export interface Judgement {
  readonly remarks: readonly Remark[];
  /** The figures cannot stand as they are, but by two persons with a note. */
  readonly held: boolean;
}

const plain = (list: readonly Reported[]): number[] => list.map((value) => value ?? -1);

/** Judges figures as the plenary's fold will. Pure; fast enough for every keystroke. */
export function judge(
  station: Pick<StationView, "contest" | "kind" | "noken" | "archive">,
  district: DistrictView,
  { figures, votes, parties }: StationFigures,
): Judgement {
  const sheet = {
    figures: plain(figures),
    votes: plain(votes ?? []),
    voteCount: votes?.some((value) => value !== null) ? votes.length : -1,
    parties: plain(parties),
    partyCount: parties.length,
  };
  const context: RuleContext = {
    kind: station.contest,
    district: {
      choices: district.choices,
      partyOf: Int16Array.from(district.choices, ({ party }) => party),
      parties: partyGroups(district).map(({ party, columns }) => ({ name: party.name, columns })),
    },
    stationKind: station.kind,
    noken: station.noken,
    archive: station.archive,
  };
  const verdict = evaluate(sheet, context);
  const codes = flagCodes(verdict.flags);
  const remarks = codes.flatMap((code): Remark[] => {
    const rule = ruleOf(code);
    if (rule === undefined || (rule.supersededBy !== null && codes.includes(rule.supersededBy))) return [];
    return facts(rule, sheet, context).map((fact) => ({
      code,
      fact,
      message: say(rule, "plenary", fact),
      holds: rule.holds !== null,
    }));
  });
  return { remarks, held: verdict.hold || verdict.heldParties.length > 0 };
}
