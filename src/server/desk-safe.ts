/** The desk's addresses for a laptop's own safety: copy, clock, what a browser has seen. See `src/recap/wire/safe.ts`. */
import type { IncomingMessage } from "node:http";
import type { PlaceView, SafeView } from "../recap/wire/safe.ts";
import { type Answer, bodyOf, fieldsOf, jsonIn, malformed, ok, Refused, SMALL, unknown } from "./desk-http.ts";
import { NOT_OFFICER } from "./desk-words.ts";

/** A laptop's safety, as its desk uses it. */
export interface DeskSafe {
  view(): Promise<SafeView>;
  /** A checkpoint that a browser was shown before. */
  seen(note: Uint8Array): Promise<void>;
  /** Goes on with a clock that may be wrong. */
  acceptClock(): Promise<void>;
  places(): Promise<PlaceView[]>;
  /** Makes the copy in a folder from now on; null: none. @throws Refused */
  choose(folder: string | null): void;
}

/** Answers what comes under `/api/safe`; whoever asks is signed in. `isOfficer`: an officer of the hall. @throws Refused */
export async function safeRoute(
  safe: DeskSafe,
  request: IncomingMessage,
  what: string,
  isOfficer: boolean,
): Promise<Answer> {
  const asked = `${request.method} ${what}`;
  if (BY_OFFICERS.has(asked) && !isOfficer) throw new Refused(403, "not-allowed", NOT_OFFICER);
  switch (asked) {
    case "GET ":
      return ok(await safe.view());
    case "POST seen":
      await safe.seen(await bodyOf(request, SMALL));
      return ok(await safe.view());
    case "POST clock":
      await safe.acceptClock();
      return ok(await safe.view());
    case "GET places":
      return ok(await safe.places());
    case "POST copy": {
      const { folder } = fieldsOf(await jsonIn(request, SMALL));
      if (folder !== null && typeof folder !== "string") throw malformed();
      safe.choose(folder);
      return ok(await safe.view());
    }
    default:
      return unknown();
  }
}

const BY_OFFICERS: ReadonlySet<string> = new Set(["POST clock", "GET places", "POST copy"]);
