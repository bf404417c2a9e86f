/**
 * How a device gets its pass: it asks for a challenge, signs it with its key, and sends it back.
 *
 * This is the one place where someone without a pass can make us check a signature, so it has a lane of its own, with a share
 * that cannot grow at the expense of sheets, and a claimed key is first looked up: a stranger's key costs a look-up, not a
 * signature. Known hole: who reads the published logs knows the short names of granted keys, and can fill this lane
 * with bad signatures under them. Devices that hold a pass (for a week) are not touched by it.
 */

import { notStanding } from "../core/refusals.ts";
import type { Sequencing } from "../core/submission.ts";
import { isRegionCode, isStationCode, kecamatanOf, plenoLog, type RegionCode, tpsLog } from "../election/codes.ts";
import { checkSignature, openBody, parseStatement, type Statement, StatementError } from "../ledger/statement.ts";
import type { LogName } from "../store/store.ts";
import {
  type Answer,
  BAD_CHALLENGE,
  BAD_SIGNATURE,
  faultsAnswer,
  jsonAnswer,
  malformedNote,
  OTHER_ELECTION,
  UNAVAILABLE,
  UNKNOWN_REGION,
} from "./answers.ts";
import type { Door, RequestHead } from "./door.ts";
import type { PassOffice } from "./pass.ts";
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
}

export class PassLane {
  readonly #options: PassLaneOptions;

  constructor(options: PassLaneOptions) {
    this.#options = options;
  }

  /** 200 `{challenge}`, to be signed within two minutes. */
  challenge(): Answer {
    return jsonAnswer(200, { challenge: this.#options.passes.challenge() });
  }

  /** Judges a request by its headers alone; null: read the body. */
  admit(head: RequestHead): Answer | null {
    return this.#options.door.checkShape(head, MAX_PASS_BODY);
  }

  /** 200 `{pass, until}` for a signed challenge; `until` in milliseconds since 1970. */
  async issue(bytes: Uint8Array): Promise<Answer> {
    const { sequencer, passes, door } = this.#options;
    const context = door.context();
    if (context === null) return faultsAnswer(503, [UNAVAILABLE], GRANT_WAIT);
    const asked = readRequest(bytes, context);
    if ("status" in asked) return asked;
    if (!passes.isOwnChallenge(asked.challenge)) return faultsAnswer(401, [BAD_CHALLENGE]);
    await sequencer.standings.load(asked.log);
    const grant = sequencer.standings.grantOf(asked.log, asked.key);
    if (grant === null) return faultsAnswer(425, [notStanding("unknown")], GRANT_WAIT);
    const checked = door.inLane("pass", () => checkSignature(asked.statement, 0, grant.key));
    if (checked === null) return door.busy();
    if (!(await checked)) return faultsAnswer(403, [BAD_SIGNATURE]);
    return jsonAnswer(200, { pass: passes.issue(asked.key), until: passes.goodUntil() });
  }
}

interface PassRequest {
  readonly statement: Statement;
  readonly challenge: string;
  /** Short name of the key. */
  readonly key: string;
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
  const log = logOf(region);
  const known = isStationCode(region) ? model.station(region) : model.region(region);
  return log === null || known === undefined
    ? faultsAnswer(400, [UNKNOWN_REGION])
    : { statement, challenge, key: key ?? "", log };
}

function logOf(where: string): LogName | null {
  if (isStationCode(where)) return tpsLog(kecamatanOf(where));
  if (!isRegionCode(where)) return null;
  return plenoLog(where.length === 10 ? (where.slice(0, 6) as RegionCode) : where);
}
