/** The file of evidence in a worker: fetches what it needs, and sends the script along that verifies it. */

import script from "../../../docs/verify-by-hand.py?raw";
import { evidenceZip } from "../../../src/export/evidence.ts";
import { gatherEvidence } from "../../../src/export/evidence-files.ts";
import { httpFetch } from "../verify/files.ts";
import { settled } from "../verify/signatures.ts";
import type { Order } from "./messages.ts";

/** The bytes of the ZIP. `progress` is told how many files were read. */
export async function makeEvidence(
  { base, subject, choice, vkey }: Order & { what: "evidence" },
  progress: (files: number) => void,
): Promise<Uint8Array> {
  const { contest, region } = subject;
  const gathered = await gatherEvidence(httpFetch(base), { contest, region, vkey }, progress, settled);
  return evidenceZip(gathered, { contest, region, vkey, choice, script });
}
