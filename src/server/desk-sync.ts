/**
 * The desk's addresses for a laptop that works on its own: how far the centre is, logs carried by hand, sheets brought to the desk,
 * devices of the hall's network. See `src/recap/wire/sync.ts` and `network.ts`.
 */
import type { IncomingMessage } from "node:http";
import { MAX_STATEMENT } from "../ledger/statement.ts";
import type { InviteView, NetworkView } from "../recap/wire/network.ts";
import { type HeldView, MOST_STICK_BYTES, STICK_ENDING, type StickView, type SyncView } from "../recap/wire/sync.ts";
import { type Answer, bodyOf, ok, orUnknown, Refused, unknown } from "./desk-http.ts";
import { NOT_OFFICER } from "./desk-words.ts";

/** A laptop's exchange, as its desk uses it. */
export interface DeskSync {
  readonly region: string;
  view(): Promise<SyncView>;
  /** The logs of the hall and of those above it, as one file; or why not now. */
  stick(): Promise<Uint8Array | Refused>;
  bring(file: Uint8Array): Promise<StickView>;
  /** Takes in a sheet, or says why not. */
  hold(note: Uint8Array): Promise<HeldView | Refused>;
  /** Null where the laptop is on no network. */
  readonly network: DeskNetwork | null;
}

/** The hall's network, as the desk shows it and an officer changes it. */
export interface DeskNetwork {
  view(): NetworkView;
  invite(): InviteView;
  /** Whether there was such a device. */
  putOut(id: string): boolean;
}

/** Answers what comes under `/api/sync`; whoever asks is signed in. `isOfficer`: an officer of the hall. @throws Refused */
export async function syncRoute(
  sync: DeskSync,
  request: IncomingMessage,
  [what = "", id = ""]: readonly string[],
  isOfficer: boolean,
): Promise<Answer> {
  const { network } = sync;
  const asked = `${request.method} ${what}`;
  if (BY_OFFICERS.has(asked) && !isOfficer) throw new Refused(403, "not-allowed", NOT_OFFICER);
  switch (asked) {
    case "GET ":
      return ok(await sync.view());
    case "GET stick": {
      const bytes = await sync.stick();
      if (bytes instanceof Refused) throw bytes;
      const headers = { "content-disposition": `attachment; filename="${sync.region}${STICK_ENDING}"` };
      return { status: 200, bytes, type: "application/octet-stream", headers };
    }
    case "POST stick":
      return ok(await sync.bring(await bodyOf(request, MOST_STICK_BYTES)));
    case "POST sheets": {
      const held = await sync.hold(await bodyOf(request, MAX_STATEMENT));
      if (held instanceof Refused) throw held;
      return ok(held);
    }
    case "GET network":
      return orUnknown(network?.view() ?? null);
    case "POST network":
      return orUnknown(network?.invite() ?? null);
    case "DELETE network":
      return network?.putOut(id) === true ? { status: 204 } : unknown();
    default:
      return unknown();
  }
}

const BY_OFFICERS: ReadonlySet<string> = new Set(["POST network", "DELETE network"]);
