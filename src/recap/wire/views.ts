/**
 * What the desk shows: plain values that the desk's program makes from the logs and the page draws.
 *
 * Names stand beside codes, so that a page needs no definition; figures are as the statements have them. Everything here is
 * read-only knowledge: what a person does goes back as a signed statement, and what the page may offer follows from `refusal`
 * and from {@link ../../tally/powers.ts}.
 */
import type { ChoiceId, ContestKind, DistrictCode, Level, RegionCode, StationCode } from "../../election/codes.ts";
import type { MinutesActOf } from "../../election/minutes.ts";
import type { StationKind } from "../../election/model.ts";
import type { Presidency } from "../../election/president.ts";
import type { DistrictSeats } from "../../election/seats.ts";
import type { Outcome, Recount, Reported } from "../../election/sheet.ts";
import type { RegionVotes } from "../../election/spread.ts";
import type { Body, BodyOf } from "../../election/statements.ts";
import type { Text } from "../../election/text.ts";
import type { Election } from "../../election/winners.ts";
import type { Hash } from "../../ledger/hash.ts";

/** The state of a log that a view was made from: whoever has a larger one has a newer view. */
export interface LogView {
  readonly origin: string;
  readonly size: number;
  readonly root: Hash;
}

export interface Named<C extends string = RegionCode> {
  readonly code: C;
  readonly name: string;
}

/** A plenary as a whole: one request opens the desk. */
export interface HallView {
  readonly election: {
    readonly origin: string;
    /** 32 hex: what every statement names. */
    readonly tag: string;
    readonly title: Text;
    readonly simulation: boolean;
  };
  readonly region: Named & { readonly level: Exclude<Level, "desa">; readonly zone: string };
  /** From the provinsi down to the region's parent. */
  readonly above: readonly Named[];
  readonly log: LogView;
  /** Milliseconds since 1970, by the desk's clock. */
  readonly now: number;
  readonly phase: PhaseView;
  readonly openedAt: number | null;
  readonly schedule: MinutesActOf<"schedule"> | null;
  /** By when this level must have certified, if the hall has been told; milliseconds since 1970. */
  readonly deadline: number | null;
  readonly contests: readonly ContestView[];
  readonly panels: readonly PanelView[];
  /** Of a kecamatan, contest by contest, desa by code; empty above. */
  readonly boxes: readonly BoxView[];
  readonly results: readonly ResultView[];
  /** Of the levels above the kabupaten/kota, councils' results that the level right below declares. */
  readonly listed: readonly ListedView[];
  readonly halts: readonly HaltView[];
  readonly attendance: readonly Timed<MinutesActOf<"attendance">>[];
  readonly mandates: readonly MandateView[];
  readonly received: readonly Timed<MinutesActOf<"box">>[];
  readonly objections: readonly ObjectionView[];
  readonly advice: readonly AdviceView[];
  /** Readings whose photographed evidence has not come yet. */
  readonly evidenceMissing: readonly {
    readonly station: StationCode;
    readonly contest: ContestKind;
    readonly reading: Hash;
  }[];
  /** The newest entries of the log that do nothing, and why; newest first. */
  readonly voids: readonly { readonly index: number; readonly act: string | null; readonly reason: Text }[];
  /** Those who can witness, object, initial: pairs, parties and DPD candidates that stand anywhere in the region. */
  readonly participants: readonly ParticipantView[];
}

export type PhaseView =
  | { readonly phase: "unscheduled" | "open" | "paused" | "read" | "inspected" | "certified" | "reopened" }
  | { readonly phase: "scheduled"; readonly at: number | null }
  | { readonly phase: "halted"; readonly orders: readonly string[] };

/** An act with its place in the log, and the time that it claims. */
export type Timed<A> = A & { readonly index: number; readonly time: number };

export interface ContestView {
  readonly kind: ContestKind;
  readonly name: Text;
}

export interface ParticipantView {
  readonly id: string;
  /** On the ballot. */
  readonly number: number;
  readonly name: string;
  readonly contests: readonly ContestKind[];
}

export interface PanelView {
  readonly panel: number;
  readonly paused: boolean;
  readonly queue: readonly { readonly desa: RegionCode; readonly contest: ContestKind }[];
  /** Place in the queue of the box in hand; the queue's length when it is through. */
  readonly at: number;
  /** The station that comes next in that box; null when the queue is through. */
  readonly station: StationCode | null;
}

export interface BoxView {
  readonly desa: Named;
  readonly contest: ContestKind;
  readonly district: DistrictCode;
  /** Stations: all, read, put off, with a sheet at hand, whose sheet does not add up. */
  readonly stations: number;
  readonly read: number;
  readonly postponed: number;
  readonly withSheet: number;
  readonly held: number;
  readonly open: boolean;
}

export interface ResultView {
  readonly contest: ContestKind;
  readonly district: Named<DistrictCode>;
  readonly stage: "reading" | "read" | "inspected" | "certified" | "reopened";
  /** Whether the result is in this plenary's hands, for all of its part of the district. */
  readonly inHand: boolean;
  readonly expected: number;
  readonly read: number;
  readonly inspections: readonly MinutesActOf<"inspection">[];
  readonly certificate: CertificateView | null;
  /** What brought the certificate down, while none stands after one was given. */
  readonly reopenedBy: ReopenedView | null;
  /** The certificate's fingerprint, of the figures as they are now; null while nothing is read. */
  readonly fingerprint: string | null;
}

/** Why a certificate stands no longer. */
export interface ReopenedView {
  /** Number of the order or ruling; null of a correction that the plenary itself made after it had certified. */
  readonly order: string | null;
  /** Whose plenary stated it: the level above, which gave the result back, or this one. */
  readonly by: Named;
  /** The region right below whose part this plenary itself gave back. */
  readonly part: Named | null;
}

/** Results that the plenaries of one region right below declare: listed here, certified there. */
export interface ListedView {
  readonly contest: ContestKind;
  readonly region: Named;
  readonly districts: readonly (Named<DistrictCode> & { readonly isCertified: boolean })[];
}

export interface CertificateView {
  readonly id: Hash;
  readonly index: number;
  readonly signatures: readonly MinutesActOf<"signature">[];
  readonly scan: Hash | null;
  /** Where it is not what its log stood on when it was given (X501, X503). */
  readonly remarks: readonly RemarkView[];
  /** Not in force any more: an order gave the result back. */
  readonly reopened: boolean;
}

export interface HaltView {
  readonly order: string;
  /** The region whose plenary gave it; the hall's own, if it was entered from paper. */
  readonly by: Named;
  readonly onPaper: boolean;
}

export interface MandateView {
  readonly participant: string;
  /** Random; the name is kept apart. */
  readonly person: string;
  /** Null where this desk does not keep it, or whoever asks does not work in the hall. */
  readonly name: string | null;
  readonly seated: boolean;
}

export interface ObjectionView {
  readonly id: Hash;
  readonly index: number;
  readonly time: number;
  readonly kind: "objection" | "incident";
  readonly contest: ContestKind | null;
  readonly station: StationCode | null;
  readonly participant: string | null;
  readonly status: BodyOf<"objection">["status"];
  /** What was written about it, kept apart from the log; null where it is not at hand. */
  readonly words: string | null;
}

export interface AdviceView {
  readonly id: Hash;
  readonly index: number;
  readonly time: number;
  readonly advice: MinutesActOf<"advice">;
  readonly answer: MinutesActOf<"advice-answer"> | null;
}

/** Names of a district's columns, in their order; a page keeps it, since its hash never means anything else. */
export interface DistrictView {
  readonly contest: ContestKind;
  readonly code: DistrictCode;
  readonly name: string;
  /** Hash of the definition's object: what sheets and readings name. */
  readonly object: Hash;
  readonly choices: readonly {
    readonly id: string;
    readonly number: number;
    readonly name: string;
    readonly colour: string;
    /** Index into `parties`; -1 where there are none. */
    readonly party: number;
    readonly kind: "pair" | "party" | "candidate";
    readonly withdrawn: boolean;
  }[];
  readonly parties: readonly {
    readonly id: string;
    readonly number: number;
    readonly name: string;
    readonly short: string;
  }[];
}

/** A note of a rule about figures: its code, the place, and what it says. */
export interface RemarkView {
  readonly code: string;
  readonly severity: "E" | "W" | "X" | "P";
  readonly holds: boolean;
  readonly text: Text;
}

interface FiguresView {
  readonly id: Hash;
  readonly index: number;
  readonly time: number;
  /** Hash of the district's object that its columns follow. */
  readonly district: Hash;
  readonly figures: readonly Reported[];
  readonly votes: readonly Reported[] | null;
  readonly parties: readonly Reported[];
}

export interface SheetView extends FiguresView {
  /** Short name (16 hex) of the phone's key. */
  readonly by: string;
  /** Pages photographed, as hashes of published images, in the order of the form. Empty: none has come. */
  readonly pages: readonly Hash[];
  readonly remarks: readonly RemarkView[];
  /** Not added to the count, since its votes do not add up. */
  readonly held: boolean;
}

export interface ReadingView extends FiguresView {
  readonly outcome: Outcome;
  readonly reason: string | null;
  readonly fields: readonly string[];
  readonly incident: number | null;
  /** Of a recount: who asked and who counted. */
  readonly recount: Recount | null;
  readonly initialled: readonly string[];
  readonly refused: readonly string[];
  readonly sheet: Hash | null;
  readonly evidence: Hash | null;
  /** What is remarked beside what its figures say by themselves: X504, where they are not those of the sheet that stands. */
  readonly remarks: readonly RemarkView[];
  /** Of a plenary above, where this hall's reading was replaced there. */
  readonly region: RegionCode;
}

/** One station in one contest, with all that is needed to read it aloud. */
export interface StationView {
  readonly station: StationCode;
  /** As on the door: `001`. */
  readonly number: string;
  readonly kind: StationKind;
  readonly desa: Named;
  readonly contest: ContestKind;
  readonly district: Named<DistrictCode>;
  readonly districtObject: Hash;
  readonly registered: number | null;
  readonly noken: boolean;
  readonly archive: boolean;
  /** The current sheet; null where none has come. */
  readonly sheet: SheetView | null;
  /** Other sheets of the same station, that did not name the current one: newest first. */
  readonly rivals: readonly SheetView[];
  /** Of a hall on its own, while {@link sheet} is null: one that is held here and that the centre has yet to put into its log. */
  readonly held: SheetView | null;
  /** The reading that stands. */
  readonly reading: ReadingView | null;
  readonly postponed: MinutesActOf<"postpone"> | null;
  /** Why a reading of it would do nothing now, whoever signs; null if it would stand. */
  readonly refusal: Text | null;
}

/** One station's line within its desa. */
export interface StationLine {
  readonly station: StationCode;
  readonly number: string;
  readonly sheet: "none" | "incomplete" | "posted" | "held";
  readonly read: Outcome | null;
  readonly postponed: boolean;
}

/** A desa in one contest: its stations, and what has been read so far, added up. For the queue and for the projector. */
export interface DesaView {
  readonly desa: Named;
  readonly contest: ContestKind;
  readonly district: DistrictCode;
  readonly districtObject: Hash;
  readonly lines: readonly StationLine[];
  /** Sums over the readings that stand. */
  readonly sums: { readonly figures: readonly Reported[]; readonly votes: readonly Reported[] };
  readonly log: LogView;
}

/** How a plenary gets on: *papan sisa kotak* of a kecamatan, and of the regions below any other. */
export interface OverviewView {
  readonly region: Named;
  readonly now: number;
  readonly deadline: number | null;
  readonly pace: PaceView;
  /** From the provinsi down to the region's parent. */
  readonly above: readonly Named[];
  /** Of the levels above a kecamatan: each plenary right below, or every kecamatan of a provinsi where they were asked for. */
  readonly children: readonly ChildView[];
  readonly postponed: readonly Timed<MinutesActOf<"postpone">>[];
  readonly papersMissing: number;
}

export interface PaceView {
  readonly boxes: number;
  readonly boxesLeft: number;
  readonly stations: number;
  readonly stationsLeft: number;
  /** Over the last hours of sitting, pauses and halts taken out; null before anything can be said. */
  readonly secondsPerBox: number | null;
  /** At this pace and without pauses, milliseconds since 1970. */
  readonly forecast: number | null;
}

export interface ChildView {
  readonly region: Named;
  /** Right above it. */
  readonly parent: Named;
  readonly phase: PhaseView;
  readonly pace: PaceView;
  /** Stations whose sheet waits to be matched. */
  readonly held: number;
  readonly openObjections: number;
  /** When its log last moved; milliseconds since 1970 as its own statements claim. */
  readonly lastAct: number | null;
  readonly isBehind: boolean;
}

/**
 * What a certificate is made from: the sums of each part. The levels above read there the certificate from below beside the
 * sum of what the logs say; of a kecamatan the parts are its desa, which have no certificate.
 */
export interface BelowView {
  readonly contest: ContestKind;
  readonly district: Named<DistrictCode>;
  readonly districtObject: Hash;
  /** What everything below adds up to now, and the rulings of this plenary: the figures that it certifies. */
  readonly total: { readonly figures: readonly Reported[]; readonly votes: readonly Reported[] };
  /** Regions right below; of a kecamatan its desa, which certify nothing. */
  readonly children: readonly {
    readonly region: Named;
    readonly certificate:
      | (CertificateView & { readonly figures: readonly Reported[]; readonly votes: readonly Reported[] })
      | null;
    /** What the readings add up to now, corrections of this level included. */
    readonly sums: { readonly figures: readonly Reported[]; readonly votes: readonly Reported[] };
    readonly fingerprint: string | null;
    readonly expected: number;
    readonly read: number;
  }[];
}

/** One entry of the plenary's own log, for the minutes that people read. */
export interface ActView {
  readonly index: number;
  readonly id: Hash;
  /** What it states; `by` and `time` are in its body. Null: it cannot be read. */
  readonly stated: Body | null;
  /** Why it does nothing; null: it stands. */
  readonly refusal: Text | null;
}

/** A stretch of the minutes. */
export interface ActsView {
  readonly log: LogView;
  /** Newest first; the last one's index is 0 where there are no older ones. */
  readonly acts: readonly ActView[];
}

/**
 * Seats and winners with their whole working, from a certificate alone: of the nation for president, DPR and DPD, of the provinsi
 * and the kabupaten/kota for their councils. Choices and parties are named by their ids.
 */
export interface SeatsView {
  readonly contest: ContestKind;
  readonly district: Named<DistrictCode>;
  readonly seats: number;
  /** The certificate that it follows from. */
  readonly certificate: Hash;
  /** Entries of the plenary's log with the last of the certificates that it needs. */
  readonly size: number;
  readonly working:
    | {
        readonly kind: "parties";
        /** Share of all votes of the nation that a party needs, in basis points; null where the contest has none. */
        readonly threshold: number | null;
        /** Every party's votes in the whole nation, where there is a threshold. */
        readonly national: readonly { readonly party: ChoiceId; readonly votes: number }[] | null;
        readonly result: DistrictSeats;
      }
    | { readonly kind: "candidates"; readonly result: Election }
    | {
        readonly kind: "pairs";
        /** Shares in basis points that a pair needs of the nation, and in over half of the provinces; null: the most votes are enough. */
        readonly majority: number | null;
        readonly spread: number | null;
        /** The regions right below the nation with their votes by pair. */
        readonly regions: readonly { readonly region: Named; readonly votes: RegionVotes["votes"] }[];
        readonly result: Presidency;
      };
}

/** What was done to a station's or a district's result by ruling, revote or correction, as one story. */
export interface StoryView {
  readonly contest: ContestKind;
  readonly district: Named<DistrictCode>;
  readonly station: StationCode | null;
  /** By the times that the statements claim, those of one log in its order. */
  readonly entries: readonly StoryEntry[];
}

export interface StoryEntry {
  readonly log: string;
  readonly index: number;
  readonly id: Hash;
  readonly time: number;
  readonly what: "definition" | "sheet" | "annul" | "reading" | "ruling" | "certificate" | "reopen";
  readonly text: Text;
  /** Number of the decree or order; null where the act needs none. */
  readonly decree: string | null;
  readonly station: StationCode | null;
  /** Of the result of a recount: who asked and who counted. */
  readonly recount: Recount | null;
  /** What a ruling adds and takes away: pairs of column and votes. */
  readonly deltas: readonly (readonly [column: number, delta: number])[];
  /** Why it does nothing; null if it stands. */
  readonly refusal: Text | null;
}
