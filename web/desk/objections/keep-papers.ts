/** What was written and photographed goes to the desk before the statement that names it; a statement itself carries no free text. */
import type { Hash } from "../../../src/ledger/hash.ts";
import type { Formed } from "../acts/draft.ts";
import type { Api } from "../shell/api.ts";

/** Keeps words and photos apart from the log: the list of them is what a statement names. Null if there is nothing to keep. */
export async function keepPapers(api: Api, words: string, photos: readonly Hash[]): Promise<Hash | null> {
  const said = words.trim();
  const pages = said === "" ? photos : [(await api.paper("words", said)).hash, ...photos];
  return pages.length === 0 ? null : (await api.paperList(pages)).hash;
}

/** The form's draft with its papers, once it needs nothing else. */
export async function withPapers(
  form: (papers: Hash | null) => Formed,
  keep: () => Promise<Hash | null>,
): Promise<Formed> {
  const first = form(null);
  return first.draft === undefined ? first : form(await keep());
}
