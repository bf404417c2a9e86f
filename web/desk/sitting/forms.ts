/** What the forms of the sitting state: its schedule, who is there, mandates of saksi, boxes received, the order of reading. */
import type { ContestKind, RegionCode, StationCode } from "../../../src/election/codes.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import type { HallView } from "../../../src/recap/wire/views.ts";
import { type Formed, formed, given, minute, type Need } from "../acts/draft.ts";
import { countIn, momentIn } from "../acts/fields.ts";

export interface ScheduleForm {
  /** As the browser's field has it, on the hall's clock; empty: not said. */
  readonly at: string;
  /** Of the words that name the place, kept apart. */
  readonly place: Hash | null;
}

export function schedule({ at, place }: ScheduleForm, zone: string): Formed {
  const moment = momentIn(at, zone);
  const need: Need = { field: "at", what: { id: "Tulis tanggal dan jamnya.", en: "Write the date and the hour." } };
  return formed([moment === null ? need : null], () => minute({ what: "schedule", at: moment, place }));
}

export interface AttendanceForm {
  readonly panel: number;
  /** Participants whose saksi is in the room. */
  readonly participants: readonly string[];
  readonly supervisors: string;
  readonly observers: string;
}

export function attendance({ panel, participants, supervisors, observers }: AttendanceForm): Formed {
  const counts = { supervisors: countIn(supervisors), observers: countIn(observers) };
  const need = (field: "supervisors" | "observers"): Need | null =>
    counts[field] !== null
      ? null
      : {
          field,
          what: { id: "Tulis berapa orang; 0 bila tidak ada.", en: "Write how many; 0 if there are none." },
        };
  return formed([need("supervisors"), need("observers")], () =>
    minute({
      what: "attendance",
      panel,
      participants: [...new Set(participants)].sort(),
      supervisors: given(counts.supervisors),
      observers: given(counts.observers),
    }),
  );
}

export interface MandateForm {
  readonly participant: string;
  /** Kept beside the log; no part of what is stated. */
  readonly name: string;
  /** Random: made when the form is opened, so that it is the same however often it is sent. */
  readonly person: string;
  readonly seated: boolean;
  readonly letter: Hash | null;
}

export function mandate(
  { participant, name, person, seated, letter }: MandateForm,
  hall: Pick<HallView, "mandates">,
): Formed {
  return formed(
    [
      participant === ""
        ? { field: "participant", what: { id: "Pilih pesertanya.", en: "Choose the participant." } }
        : mandateLimit(participant, seated, hall),
      nameNeed(name),
      letterNeed(letter),
    ],
    () => minute({ what: "mandate", participant, person, seated, letter: given(letter), withdrawn: false }),
  );
}

/** The law's limits, said before the letter is stated: two mandates of a participant, one of them in the room. */
function mandateLimit(participant: string, seated: boolean, { mandates }: Pick<HallView, "mandates">): Need | null {
  const standing = mandates.filter((mandate) => mandate.participant === participant);
  if (standing.length >= 2) {
    const what = {
      id: "Peserta ini sudah mempunyai dua saksi bermandat. Cabut satu dahulu.",
      en: "This participant has two mandated witnesses already. Withdraw one first.",
    };
    return { field: "participant", what };
  }
  if (seated && standing.some((mandate) => mandate.seated)) {
    const what = {
      id: "Saksi lain dari peserta ini sudah duduk di dalam. Catat yang ini sebagai pengganti di luar.",
      en: "Another witness of this participant is seated. Record this one as waiting outside.",
    };
    return { field: "seated", what };
  }
  return null;
}

/** Takes a mandate back, or changes who of a participant's two sits inside. */
export function changedMandate(
  { participant, person }: HallView["mandates"][number],
  { withdrawn, seated }: { readonly withdrawn: boolean; readonly seated: boolean },
  letter: Hash | null,
  { mandates }: Pick<HallView, "mandates">,
): Formed {
  const others = mandates.filter((one) => one.participant === participant && one.person !== person);
  return formed([withdrawn ? null : mandateLimit(participant, seated, { mandates: others }), letterNeed(letter)], () =>
    minute({ what: "mandate", participant, person, letter: given(letter), withdrawn, seated }),
  );
}

/** What is still needed of a saksi's name; it is held against the program's own form of a name when it is sent. */
export const nameNeed = (name: string): Need | null =>
  name.trim() === ""
    ? {
        field: "name",
        what: { id: "Tulis nama saksi seperti di surat mandat.", en: "Write the witness's name as on the letter." },
      }
    : null;

const letterNeed = (letter: Hash | null): Need | null =>
  letter === null
    ? { field: "letter", what: { id: "Potret surat mandatnya.", en: "Photograph the letter of mandate." } }
    : null;

export interface BoxForm {
  readonly desa: RegionCode | null;
  /** Null: one box for all contests. */
  readonly contest: ContestKind | null;
  /** Null: the boxes of all stations of the desa. */
  readonly station: StationCode | null;
  readonly received: string;
  readonly seal: "whole" | "broken" | null;
  readonly photo: Hash | null;
}

export function box({ desa, contest, station, received, seal, photo }: BoxForm, zone: string): Formed {
  const moment = momentIn(received, zone);
  return formed(
    [
      desa === null ? { field: "desa", what: { id: "Pilih desanya.", en: "Choose the desa." } } : null,
      moment === null
        ? { field: "received", what: { id: "Tulis jam diterima.", en: "Write when it was received." } }
        : null,
      seal === null
        ? { field: "seal", what: { id: "Periksa segelnya: utuh atau rusak.", en: "Check the seal: whole or broken." } }
        : null,
      seal === "broken" && photo === null
        ? { field: "photo", what: { id: "Potret segel yang rusak.", en: "Photograph the broken seal." } }
        : null,
    ],
    () =>
      minute({
        what: "box",
        contest,
        desa: given(desa),
        from: "pps",
        photo,
        received: given(moment),
        seal: given(seal),
        station,
      }),
  );
}

/** The queue of one panel. */
export function agenda(panel: number, queue: readonly { readonly desa: RegionCode; readonly contest: ContestKind }[]) {
  return minute({
    what: "agenda",
    panel,
    queue: queue.map(({ desa, contest }) => ({ contest, desa })),
  });
}
