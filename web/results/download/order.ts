/** What every order of the page of downloads says: which edition, which region, in which language. */
import type { ContestKind, RegionCode } from "../../../src/election/codes.ts";
import type { Book } from "../../../src/export/table.ts";
import type { PageProps } from "../page-props.ts";
import type { Order } from "./messages.ts";

export function commonOrder({ snapshot, route }: PageProps, book: Book, language: "id" | "en") {
  const { edition, status } = snapshot;
  return {
    base: new URL("./", location.href).href,
    edition: {
      number: edition.number,
      time: edition.time,
      definition: edition.definition,
      results: Object.fromEntries(edition.results),
    },
    editionId: edition.id,
    election: status.election,
    subject: { contest: route.contest as ContestKind, region: route.region as RegionCode, book },
    language,
  } satisfies Partial<Order>;
}
