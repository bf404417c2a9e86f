/** What the forms about a certificate state: that its draft was inspected, the certificate itself, who signed the paper, its scan. */
import type { MinutesActOf, SIGNATURE_REASONS } from "../../../src/election/minutes.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import type { BelowView, HallView, LogView, ResultView } from "../../../src/recap/wire/views.ts";
import { type Draft, type Formed, formed, given, minute, type Need } from "../acts/draft.ts";
import { countOf } from "./sums.ts";

type About = Pick<ResultView, "contest"> & { readonly district: Pick<ResultView["district"], "code"> };

export interface InspectionForm {
  /** A participant's saksi, or the supervisor. */
  readonly by: { readonly participant: string } | "supervisor" | null;
  readonly outcome: "agreed" | "remarks" | null;
}

/**
 * That somebody inspected the draft.
 *
 * @param draft the state of the log from which the draft was printed: it stands on the paper
 * @param papers of the remarks, kept apart from the log
 */
export function inspection(
  { contest, district }: About,
  { by, outcome }: InspectionForm,
  { size, root }: Pick<LogView, "size" | "root">,
  papers: Hash | null,
): Formed {
  const needs: (Need | null)[] = [
    by === null ? { field: "by", what: { id: "Pilih siapa yang mencermati.", en: "Choose who inspected it." } } : null,
    outcome === null
      ? { field: "outcome", what: { id: "Pilih hasil pencermatannya.", en: "Choose what they found." } }
      : null,
  ];
  return formed(needs, () =>
    minute({
      what: "inspection",
      contest,
      district: district.code,
      draft: { size, root },
      outcome: given(outcome),
      papers,
      participant: by === "supervisor" ? null : given(by).participant,
      supervisor: by === "supervisor",
    }),
  );
}

/** The certificate of a result as it adds up now. */
export function certificate(
  { contest, district }: About,
  region: HallView["region"]["code"],
  { total: { figures, votes }, children }: Pick<BelowView, "total" | "children">,
): Formed {
  const { read, expected } = countOf(children);
  return {
    draft: {
      type: "certificate",
      body: {
        contest,
        district: district.code,
        region,
        figures: [...figures],
        votes: [...votes],
        read,
        stations: expected,
        papers: null,
      },
    },
  };
}

export interface SignatureForm {
  readonly outcome: MinutesActOf<"signature">["outcome"] | null;
  readonly reason: keyof typeof SIGNATURE_REASONS | null;
}

/** How a participant's saksi answered a certificate. A reason belongs to a refusal; that none was given is one too. */
export function signature(
  { contest, district }: About,
  certificateId: Hash,
  participant: string,
  { outcome, reason }: SignatureForm,
): Formed {
  return formed(
    [
      outcome === null
        ? { field: "outcome", what: { id: "Pilih jawabannya.", en: "Choose how they answered." } }
        : null,
      outcome === "refused" && reason === null
        ? { field: "reason", what: { id: "Pilih alasannya.", en: "Choose the reason." } }
        : null,
    ],
    () =>
      minute({
        what: "signature",
        certificate: certificateId,
        contest,
        district: district.code,
        outcome: given(outcome),
        participant,
        reason: outcome === "refused" ? reason : null,
      }),
  );
}

/** The scanned pages of the paper that was signed by hand. */
export function scan(certificateId: Hash, pages: Hash): Draft {
  return minute({ what: "scan", certificate: certificateId, pages });
}

/** The photographed evidence of a reading that came later. */
export function evidence(reading: Hash, papers: Hash): Draft {
  return minute({ what: "evidence", reading, papers });
}
