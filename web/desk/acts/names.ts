/** How pages name those who take part: participants by number and name, regions and stations as they are called in the hall. */
import {
  CONTEST_KINDS,
  type ContestKind,
  desaOf,
  type RegionCode,
  type StationCode,
} from "../../../src/election/codes.ts";
import type { Text } from "../../../src/election/text.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import type { PersonView } from "../../../src/recap/wire/people.ts";
import type { HallView, ParticipantView } from "../../../src/recap/wire/views.ts";

/** One of a list to choose from. */
export interface Option {
  readonly value: string;
  readonly label: string;
  /** Heading under which it stands in a list. */
  readonly group?: string;
}

/** `1 Nama Pasangan`; the id itself where it is not on the ballot any more. */
export function participantName({ participants }: Pick<HallView, "participants">, id: string): string {
  const found = participants.find((one) => one.id === id);
  return found === undefined ? id : `${found.number} ${found.name}`;
}

/** The name of a person as it is kept at this desk; where it is not, what the log calls them. */
export function personName(people: readonly PersonView[], person: string): string {
  return people.find((one) => one.person === person)?.name ?? person.slice(0, 8);
}

/** The number of an objection or incident on D.Kejadian Khusus: they stand there in the order of the log. */
export function incidentNumber({ objections }: Pick<HallView, "objections">, id: Hash): number {
  return objections.findIndex((one) => one.id === id) + 1;
}

/** Participants of a contest, or all, as choices of a list, under what they stand for. */
export function participantOptions(
  hall: Pick<HallView, "participants" | "contests">,
  contest: ContestKind | null,
  say: (text: Text) => string,
): Option[] {
  const inOrder = [...hall.participants].sort((a, b) => order(a) - order(b) || a.number - b.number);
  return inOrder
    .filter(({ contests }) => contest === null || contests.includes(contest))
    .map((one) => ({
      value: one.id,
      label: `${one.number} ${one.name}`,
      group: one.contests.map((kind) => contestName(hall, kind, say)).join(", "),
    }));
}

const order = ({ contests }: ParticipantView) => Math.min(...contests.map((kind) => CONTEST_KINDS.indexOf(kind)));

export function contestName(
  { contests }: Pick<HallView, "contests">,
  kind: ContestKind,
  say: (text: Text) => string,
): string {
  const found = contests.find((one) => one.kind === kind);
  return found === undefined ? kind.toUpperCase() : say(found.name);
}

export function contestOptions(hall: Pick<HallView, "contests">, say: (text: Text) => string): Option[] {
  return hall.contests.map(({ kind, name }) => ({ value: kind, label: say(name) }));
}

/** The desa of a hall, each once, by code. */
export function desaIn(hall: Pick<HallView, "boxes">): HallView["boxes"][number]["desa"][] {
  const byCode = new Map(hall.boxes.map(({ desa }) => [desa.code, desa]));
  return [...byCode.values()].sort((a, b) => a.code.localeCompare(b.code));
}

export function desaName(hall: Pick<HallView, "boxes">, code: RegionCode): string {
  return hall.boxes.find(({ desa }) => desa.code === code)?.desa.name ?? code;
}

/** `Sanur · TPS 003`. */
export function stationName(hall: Pick<HallView, "boxes">, station: StationCode): string {
  return `${desaName(hall, desaOf(station))} · TPS ${station.slice(-3)}`;
}
