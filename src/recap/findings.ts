/**
 * What a certificate says beside what its log stood on when it was given: rules X501 and X503. None blocks; whoever reads the
 * certificate above sees it.
 *
 * X502 (a level below changed after a certificate) cannot come about in these logs: while a certificate stands, the pen is not
 * below, and whoever gives it back reopens the certificate by an order with a number. The nation's own, which stays in its hands,
 * falls with whatever moves its result.
 */
import type { ContestKind, RegionCode } from "../election/codes.ts";
import { FIGURES, figureLabel } from "../election/figures.ts";
import type { District } from "../election/model.ts";
import { ruleOf } from "../election/rules.ts";
import type { Text } from "../election/text.ts";
import type { Hash } from "../ledger/hash.ts";
import type { Tally } from "../tally/fold.ts";
import type { HallLogs } from "./hall-logs.ts";
import type { Certificate } from "./plenary-record.ts";
import { orZeros, type RecapSums, recapSums } from "./sums.ts";
import { countRows, desaIn } from "./views/sources.ts";
import type { RemarkView } from "./wire/views.ts";
import { written } from "./words.ts";

export class Findings {
  readonly #logs: HallLogs;
  /** What was found of a certificate never changes. */
  readonly #known = new Map<Hash, readonly RemarkView[]>();

  constructor(logs: HallLogs) {
    this.#logs = logs;
  }

  /** Remarks on all certificates of a region's plenary, by their ids. Its log is gone through once for those that are new. */
  async of(region: RegionCode): Promise<ReadonlyMap<Hash, readonly RemarkView[]>> {
    const given = [...this.#logs.record(region).certificates].flatMap(([key, list]) => {
      const slash = key.indexOf("/");
      const [contest, district] = [key.slice(0, slash) as ContestKind, key.slice(slash + 1)];
      return list.map((certificate) => ({ certificate, contest, district }));
    });
    const fresh = given.filter(({ certificate }) => !this.#known.has(certificate.id));
    fresh.sort((a, b) => a.certificate.index - b.certificate.index);
    const sizes = fresh.map(({ certificate }) => certificate.index + 1);
    let at = 0;
    for await (const tally of this.#logs.atSizes(region, sizes)) {
      const one = fresh[at++];
      const named = one && tally.model?.contest(one.contest)?.district(one.district);
      if (one && named) this.#known.set(one.certificate.id, remarksOn(tally, region, one.certificate, named));
    }
    return this.#known;
  }
}

function remarksOn(tally: Tally, region: RegionCode, certificate: Certificate, district: District): RemarkView[] {
  const unread = desaIn(district, region).reduce(
    (sum, { code, stations }) => sum + stations.length - countRows(tally, code, district.contest.kind, "recap").stated,
    0,
  );
  const differs = difference(certificate, orZeros(recapSums(tally, region, district), district), district);
  return [
    ...(differs ? [remark("X501", differs)] : []),
    ...(unread > 0 ? [remark("X503", { id: `${written(unread)} TPS`, en: `${unread} stations` })] : []),
  ];
}

/** The first figure of a certificate that is not the sum of the level below, and how many more there are. */
function difference({ figures, votes }: Certificate, sums: RecapSums, { choices }: District): Text | null {
  const labels: Text[] = [...FIGURES.map(figureLabel), ...choices.map(({ name }) => ({ id: name, en: name }))];
  const said = [...FIGURES.map((_, i) => figures[i] ?? 0), ...choices.map((_, i) => votes[i] ?? 0)];
  const added = [...sums.figures, ...sums.votes];
  const places = labels.flatMap((_, i) => (said[i] === added[i] ? [] : [i]));
  const [first] = places;
  const label = first === undefined ? undefined : labels[first];
  if (first === undefined || !label) return null;
  const [a, b, more] = [said[first] ?? 0, added[first] ?? 0, places.length - 1];
  return {
    id: `${label.id} ${written(a)}, jumlahnya ${written(b)}${more > 0 ? `, dan ${more} angka lain` : ""}`,
    en: `${label.en} ${a}, the sum is ${b}${more > 0 ? `, and ${more} more` : ""}`,
  };
}

function remark(code: "X501" | "X503", fact: Text): RemarkView {
  const formula = ruleOf(code)?.formula ?? fact;
  return {
    code,
    severity: "X",
    holds: false,
    text: { id: `${formula.id}: ${fact.id}`, en: `${formula.en}: ${fact.en}` },
  };
}
