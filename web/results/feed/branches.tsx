/** The parts of a region in which votes were corrected down, the most first; each leads to its own list. */
import { useSpeech } from "../../ui/language.tsx";
import { routeToPage } from "../route.ts";
import type { ResultObject } from "../verify/objects.ts";
import { CHILD_LEVEL, LEVEL_WORDS, WORDS } from "../words.ts";
import { fallsOf } from "./falls.ts";
import type { FeedProps } from "./props.ts";
import { FEED_WORDS } from "./words.ts";

export function Branches({ object, book, choice }: FeedProps & { readonly object: ResultObject }) {
  const speech = useSpeech();
  const level = LEVEL_WORDS[CHILD_LEVEL[object.level] ?? ""];
  const title = level === undefined ? "" : speech.text(level);
  const rows = object.children
    .map((child) => ({ child, fallen: fallsOf(child[book], choice) }))
    .filter(({ fallen }) => fallen > 0)
    .sort((a, b) => b.fallen - a.fallen);
  const ask = { buku: book, pilihan: choice?.key };
  return (
    <section class="panel">
      <table class="falls">
        <caption>
          {speech.text(FEED_WORDS.branches)} {title.toLowerCase()}
          <span class="small muted">
            {" "}
            {speech.text(rows.length === 0 ? FEED_WORDS.noFalls : FEED_WORDS.branchesBody)}
          </span>
        </caption>
        {rows.length > 0 && (
          <thead>
            <tr>
              <th scope="col">{title}</th>
              <th scope="col" class="number">
                {speech.text(WORDS.voteColumn)}
              </th>
            </tr>
          </thead>
        )}
        <tbody>
          {rows.map(({ child, fallen }) => (
            <tr key={child.code}>
              <th scope="row">
                <a class="target" href={routeToPage(object.contest, child.code, "perubahan", ask)}>
                  {child.name}
                </a>
              </th>
              <td class="number figure">−{speech.number(fallen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
