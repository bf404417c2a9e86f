/**
 * How a device gets its pass: it asks for a challenge, signs it with its key, and sends it back. Also how a device recovers whose
 * pass was stolen: the new pass has full buckets and ends the old ones.
 *
 * This is the one place where someone without a pass can make us check a signature, so it has a lane of its own, with a share
 * that cannot grow at the expense of sheets, and a claimed key is first looked up: a stranger's key costs a look-up, not a
 * signature. Whoever reads the published logs knows the short names of granted keys, and can fill that lane with bad signatures
 * under them. So there is a second one, for who shows a pass that was issued here, spent and ended as it may be: nobody comes
 * into it who never had a pass, and a pass comes in a few times a minute. Left open: while strangers fill the first lane, a device
 * that has no pass of this week needs several attempts.
 *
 * How many passes a key is given is counted only once its signature was found good, by the key.
 *
 * The key to which a kecamatan's log was handed gets one as well: its laptop hands on the photos of the hall's phones.
 */

import { notStanding } from "../core/refusals.ts";
import type { Sequencing } from "../core/submission.ts";
import { isStationCode } from "../election/codes.ts";
import { parseVkey } from "../ledger/note.ts";
import { checkSignature, openBody, parseStatement, type Statement, StatementError } from "../ledger/statement.ts";
import type { LogName } from "../store/store.ts";
import {
  type Answer,
  BAD_CHALLENGE,
  BAD_SIGNATURE,
  faultsAnswer,
  jsonAnswer,
  later,
  malformedNote,
  OTHER_ELECTION,
  PASSES_SPENT,
  UNAVAILABLE,
  UNKNOWN_REGION,
} from "./answers.ts";
import { Buckets } from "./bucket.ts";
import type { Door } from "./door.ts";
import { passIn } from "./entrance.ts";
import { patienceOf, type RequestHead } from "./head.ts";
import { PASSES_PER_KEY, RENEWALS_PER_PASS } from "./limits.ts";
import type { PassOffice } from "./pass.ts";
import { logOfPlace } from "./place.ts";
import type { SheetContext } from "./sheet.ts";

/** Line 1 of a signed challenge; body `{by, challenge, election, region, time}`, `region` a region's or station's code. */
export const PASS_TYPE = "teguh/pass/v1";
/** Longest signed challenge, in bytes. */
export const MAX_PASS_BODY = 2_048;

/** Seconds after which a grant may have arrived. */
const GRANT_WAIT = 30;

export interface PassLaneOptions {
  readonly sequencer: Sequencing;
  readonly passes: PassOffice;
  readonly door: Door;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Someone who may send a signed challenge. */
export interface Applicant {
  readonly lane: "renewal" | "pass";
  /** Milliseconds since 1970. */
  readonly deadline: number;
}

export class PassLane {
  readonly #options: PassLaneOptions;
  readonly #perKey: Buckets;
  readonly #perPass: Buckets;

  constructor(options: PassLaneOptions) {
    this.#options = options;
    this.#perKey = new Buckets(PASSES_PER_KEY, options.clock);
    this.#perPass = new Buckets(RENEWALS_PER_PASS, options.clock);
  }

  /** 200 `{challenge}`, to be signed within two minutes. */
  challenge(): Answer {
    return jsonAnswer(200, { challenge: this.#options.passes.challenge() });
  }

  /** Judges a request by its headers alone. */
  admit(head: RequestHead): { readonly applicant: Applicant } | { readonly refused: Answer } {
    const { door, clock } = this.#options;
    const shape = door.checkShape(head, MAX_PASS_BODY);
    if (typeof shape !== "number") return { refused: shape };
    const known = this.#oldPass(head.authorization);
    const lane = known === null ? "pass" : "renewal";
    if (!door.hasRoomFor(lane, known)) return { refused: this.#refused(door.busy(lane)) };
    return { applicant: { lane, deadline: clock() + patienceOf(head.patience) } };
  }

  /** 200 `{pass, until}` for a signed challenge; `until` in milliseconds since 1970. */
  async issue(bytes: Uint8Array, { lane, deadline }: Applicant): Promise<Answer> {
    const { sequencer, passes, door } = this.#options;
    const context = door.context();
    if (context === null) return this.#refused(later(UNAVAILABLE, GRANT_WAIT));
    const asked = readRequest(bytes, context);
    if ("status" in asked) return this.#refused(asked);
    const { statement, challenge, key, place, log } = asked;
    if (!passes.isOpenChallenge(challenge)) return this.#refused(BAD_CHALLENGE);
    await sequencer.standings.load(log);
    const known = sequencer.standings.grantOf(log, key)?.key ?? this.#writerOf(log, key);
    if (known === null) return this.#refused(this.#notGranted(log, key));
    const good = await door.inLane(lane, deadline, () => checkSignature(statement, 0, known));
    if (good === null) return this.#refused(door.busy(lane));
    if (!good) return this.#refused(faultsAnswer(403, [BAD_SIGNATURE]));
    // Asked again: it may have been answered while this one waited for its turn.
    if (!passes.isOpenChallenge(challenge)) return this.#refused(BAD_CHALLENGE);
    const wait = this.#perKey.take(key);
    if (wait > 0) return this.#refused(later(PASSES_SPENT, Math.ceil(wait / 1000)));
    door.countPass(true);
    return jsonAnswer(200, { pass: passes.issue(key, place, challenge), until: passes.goodUntil() });
  }

  /** The old pass that was shown, if it was issued here and has been shown for this only a few times. */
  #oldPass(authorization: string | undefined): string | null {
    const pass = passIn(authorization);
    const holder = pass === null ? null : this.#options.passes.genuine(pass);
    return holder !== null && this.#perPass.take(holder.bucket) === 0 ? holder.bucket : null;
  }

  /** The key with this short name, if the log is in its hands. */
  #writerOf(log: LogName, key: string): Uint8Array | null {
    const custody = this.#options.sequencer.standings.custodies(log).at(-1);
    return custody?.writer === key ? parseVkey(custody.vkey).publicKey : null;
  }

  #notGranted(log: LogName, key: string): Answer {
    return this.#options.sequencer.standings.isKnown(log, key)
      ? faultsAnswer(403, [notStanding("revoked")])
      : later(faultsAnswer(425, [notStanding("unknown")]), GRANT_WAIT);
  }

  #refused(answer: Answer): Answer {
    this.#options.door.countPass(false);
    return answer;
  }
}

interface PassRequest {
  readonly statement: Statement;
  readonly challenge: string;
  /** Short name of the key. */
  readonly key: string;
  /** Code of a region or station. */
  readonly place: string;
  /** In whose view the key is judged. */
  readonly log: LogName;
}

function readRequest(bytes: Uint8Array, { model, election, electionTag }: SheetContext): PassRequest | Answer {
  let statement: Statement;
  let body: ReturnType<typeof openBody>;
  try {
    statement = parseStatement(bytes);
    body = openBody(statement);
  } catch (error) {
    if (error instanceof StatementError) return faultsAnswer(400, [malformedNote(error.message)]);
    throw error;
  }
  const { challenge, region } = body;
  const key = /\/k\/([0-9a-f]{16})$/.exec(statement.signatures[0]?.name ?? "")?.[1];
  if (statement.type !== PASS_TYPE || typeof challenge !== "string" || typeof region !== "string") {
    return faultsAnswer(400, [
      malformedNote(`a signed challenge reads ${PASS_TYPE} with challenge, election, region, time`),
    ]);
  }
  if (body.election !== electionTag || statement.signatures[0]?.name !== `${election}/k/${key}`) {
    return faultsAnswer(400, [OTHER_ELECTION]);
  }
  const log = logOfPlace(region);
  const known = isStationCode(region) ? model.station(region) : model.region(region);
  return log === null || known === undefined
    ? faultsAnswer(400, [UNKNOWN_REGION])
    : { statement, challenge, key: key ?? "", place: region, log };
}
