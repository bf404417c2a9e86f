/**
 * The desk's addresses, said once for the program that answers and the page that asks.
 *
 * Everything is JSON under `/api`, but statements, which are signed notes and go as they are. Every request that changes
 * anything carries the header {@link OWN_REQUEST}, which no other site can make a browser send, besides a cookie that it
 * does not send for other sites.
 *
 * | method and path | body → answer |
 * |---|---|
 * | GET  /api/welcome | → WelcomeView |
 * | POST /api/setup | {secret, list: NewPerson[]} → {index}: the first grants, by the root's key; `secret` as the console shows it, read as a card is |
 * | GET  /api/halls/R/people | → PersonView[] (no session needed: keys are sealed) |
 * | POST /api/challenge | {} → {challenge} (64 hex, once, two minutes) |
 * | POST /api/session | SignIn → SessionView; adds the person to the device's session |
 * | GET  /api/session | → SessionView, or 401 |
 * | DELETE /api/session | → ends it |
 * | POST /api/people | NewPerson[] → PersonView[] of the hall; by a chair of their regions. It grants nothing: it is sent before the statement that grants them |
 * | PUT  /api/people/KEY/sealed | {sealed, signature} → 204; only the key itself may seal itself anew, and only once from `card` |
 * | POST /api/people/KEY/passkeys | PasskeyWish → 204; only the key itself, to a challenge; at most five |
 * | DELETE /api/people/KEY/passkeys/ID | → 204; by whoever is signed in with the key |
 * | GET  /api/halls/R | → HallView |
 * | GET  /api/halls/R/events | → server-sent events: `data: {"size":n}` whenever the hall's view may have changed |
 * | GET  /api/halls/R/districts/C/D | → DistrictView |
 * | GET  /api/halls/R/stations/C/S | → StationView |
 * | GET  /api/halls/R/desa/C/D | → DesaView |
 * | GET  /api/halls/R/overview?of=S&level=kecamatan | → OverviewView; with `of` that of a region S within R, as R's hall knows it; with `level`, of a provinsi, every kecamatan of it |
 * | GET  /api/halls/R/below/C/D | → BelowView |
 * | GET  /api/halls/R/seats/C/D | → SeatsView; 404 while the result that seats follow from is not certified |
 * | GET  /api/halls/R/story/C/D?station=S | → StoryView of the district's result, or of the station's |
 * | GET  /api/halls/R/acts?before=N | → ActsView: the newest 200 entries below N, of all without it |
 * | PUT  /api/witnesses/PERSON | {name} → 204; what the saksi of a mandate is called, kept beside the log; by an officer |
 * | DELETE /api/witnesses/PERSON | → 204: the name is forgotten |
 * | POST /api/halls/R/statements | a signed note → {index, id, duplicate}; 409 {refusal} and nothing appended if the fold would refuse it |
 * | POST /api/papers?kind=evidence\|letter\|scan\|words | bytes of one photo (JPEG, PNG, WebP) or text → {hash} |
 * | POST /api/paper-lists | {pages: hash[]} → {hash}: what a statement's `papers`, `evidence`, `scan` or `letter` names |
 * | GET  /api/papers/HASH | → the bytes |
 * | GET  /api/halls/R/certificate/C/D.pdf, night/DESA.pdf, incidents.pdf | → a PDF of the log as it stands |
 * | POST /api/projector | {} → {link} (64 hex, once, ten minutes): by an officer, for a screen of the hall |
 * | POST /api/projector/LINK | {} → SessionView of a screen: it may look at its hall, and nothing else |
 * | POST /api/try | {region, role} → {@link TriedRole}; in a simulation only |
 *
 * A fault is a status and {@link Problem}.
 */
import type { RegionCode } from "../../election/codes.ts";
import type { Role } from "../../election/statements.ts";
import type { Text } from "../../election/text.ts";
import type { SealedSeed, SessionView } from "./people.ts";

/** Name and value of the header that marks a request of the desk's own page. */
export const OWN_REQUEST = ["x-teguh-desk", "1"] as const;

export interface Problem {
  /** A stable code: `no-session`, `not-allowed`, `refused`, `malformed`, `too-large`, `not-a-photo`, `not-paired`, `unknown`, `later`. */
  readonly code: string;
  readonly message: Text;
  /** Of a refusal: the fold's reason; of `not-paired`: see `network.ts`. */
  readonly reason?: string;
}

/** `signature`: Ed25519, base64, over the UTF-8 of `teguh-desk-sign-in\n<origin>\n<region>\n<challenge>`. */
export interface SignIn {
  readonly region: RegionCode;
  readonly publicKey: string;
  readonly challenge: string;
  readonly signature: string;
}

export interface NewPerson {
  readonly person: string;
  readonly name: string;
  readonly role: Role;
  readonly region: RegionCode;
  readonly publicKey: string;
  readonly sealed: SealedSeed;
}

/** A role of a simulation, for whoever asks: the session, and the key in the clear, since it guards nothing. */
export interface TriedRole extends SessionView {
  readonly publicKey: string;
  /** 64 hex. */
  readonly seed: string;
}

export interface Accepted {
  readonly index: number;
  readonly id: string;
  readonly duplicate: boolean;
}
