/** The desk's addresses of papers: photographs, scans and words that statements name by their hashes. */
import { paperHash } from "../election/page-list.ts";
import { MOST_PHOTO_BYTES } from "../election/photo.ts";
import type { Desk } from "../recap/desk.ts";
import { PAPER_KINDS, type PaperFault, sayPaperFault } from "../recap/papers.ts";
import { type Asked, doing, routeOf, sessionOf } from "./desk-asked.ts";
import { type Answer, bodyOf, fieldsOf, jsonIn, malformed, ok, Refused, raise, SMALL, unknown } from "./desk-http.ts";
import { NOT_OFFICER } from "./desk-words.ts";

/** Answers what is asked about papers; null: it is about something else. */
export function paperRoutes(desk: Desk): (asked: Asked) => Promise<Answer> | null {
  return (asked) => {
    switch (routeOf(asked)) {
      case "POST papers":
        return keepPaper(asked);
      case "POST paper-lists":
        return keepList(asked);
      case "GET papers":
        return paper(asked, asked.path[1] ?? "");
      default:
        return null;
    }
  };

  async function handingIn(asked: Asked): Promise<void> {
    if (!desk.mayHandIn(await doing(desk, asked))) throw new Refused(403, "not-allowed", NOT_OFFICER);
  }

  async function keepPaper(asked: Asked): Promise<Answer> {
    await handingIn(asked);
    const kind = PAPER_KINDS.find((one) => one === asked.query.get("kind"));
    if (kind === undefined) throw malformed();
    return kept(desk.papers.keep(kind, await bodyOf(asked.request, MOST_PHOTO_BYTES)));
  }

  async function keepList(asked: Asked): Promise<Answer> {
    await handingIn(asked);
    const { pages } = fieldsOf(await jsonIn(asked.request, SMALL));
    const hashes = Array.isArray(pages) ? pages.map((page) => paperHash(String(page))) : [null];
    return kept(desk.papers.keepList(hashes.map((hash) => hash ?? raise(malformed()))));
  }

  async function paper(asked: Asked, name: string): Promise<Answer> {
    const session = await sessionOf(desk, asked);
    const hash = paperHash(name);
    const found = hash === null || session.isProjector ? null : desk.papers.get(hash);
    if (found === null) return unknown();
    // Its name fixes its bytes for ever, but it may be deleted, and then it is to be gone.
    return { status: 200, ...found, headers: { "cache-control": "private, max-age=600" } };
  }
}

function kept(result: { readonly hash: string } | { readonly fault: PaperFault }): Answer {
  if ("hash" in result) return ok(result);
  const { fault } = result;
  const status = fault === "full" ? 507 : fault === "too-large" ? 413 : 400;
  const code = fault === "full" ? "later" : fault === "too-large" ? fault : "not-a-photo";
  throw new Refused(status, code, sayPaperFault(fault));
}
