/**
 * The published heads of the newest edition against the editions' own advances, and every log's signed checkpoint against
 * its head. Gives the key of every log.
 */
import { fromHex, toHex } from "../../ledger/bytes.ts";
import { NoteError, parseVkey, type Verifier } from "../../ledger/note.ts";
import { verifyConsistency } from "../../ledger/proof.ts";
import type { SignedEdition } from "../../publish/edition.ts";
import { checkpointPath, logFolder, originOf } from "../../publish/layout.ts";
import { LogFiles, mustGet } from "../log-files.ts";
import { type Head, type Reader, readCheckpoint } from "../reader.ts";
import type { Faults } from "./faults.ts";

export async function checkHeads(
  reader: Reader,
  newest: SignedEdition,
  sizes: ReadonlyMap<string, number>,
  roots: ReadonlyMap<string, string>,
  faults: Faults,
): Promise<Map<string, string>> {
  const vkeys = new Map<string, string>();
  try {
    for await (const head of reader.heads(newest)) {
      vkeys.set(head.log, head.vkey);
      if (sizes.get(head.log) !== head.size || roots.get(head.log) !== head.root) {
        faults.add(
          `edition ${newest.edition.number}`,
          `its heads show another size or root of ${head.log} than its advances`,
        );
      }
      await checkLogCheckpoint(reader, head, faults);
    }
  } catch (error) {
    faults.addError(error);
  }
  for (const log of sizes.keys()) {
    if (!vkeys.has(log)) faults.add(`edition ${newest.edition.number}`, `its heads leave out ${log}`);
  }
  return vkeys;
}

async function checkLogCheckpoint(reader: Reader, head: Head, faults: Faults): Promise<void> {
  const path = checkpointPath(head.log);
  try {
    const verifier = openVkey(reader, head, faults);
    if (verifier === null) return;
    const { size, root } = readCheckpoint(path, await mustGet(reader.files, path), verifier);
    if (size < head.size) {
      faults.add(path, `was rolled back: it covers ${size} entries, the newest edition covers ${head.size}`);
    } else if (size === head.size) {
      if (toHex(root) !== head.root) faults.add(path, "is a fork: it signs another root than the newest edition");
    } else if (!(await isLonger(new LogFiles(reader.files, logFolder(head.log)), head, size, root))) {
      faults.add(path, "is a fork: the log that it signs does not begin with the one of the newest edition");
    }
  } catch (error) {
    faults.addError(error);
  }
}

function openVkey(reader: Reader, head: Head, faults: Faults): Verifier | null {
  try {
    const verifier = parseVkey(head.vkey);
    if (verifier.name === originOf(reader.election, head.log)) return verifier;
    faults.add(`log/${head.log}`, `its key is of ${verifier.name}`);
  } catch (error) {
    if (!(error instanceof NoteError)) throw error;
    faults.add(`log/${head.log}`, error.message);
  }
  return null;
}

/** The log has moved on since the edition (its publication is under way): then it must still begin the same. */
async function isLonger(log: LogFiles, head: Head, size: number, root: Uint8Array): Promise<boolean> {
  const proof = await log.consistency(head.size, size);
  return verifyConsistency(head.size, size, proof, fromHex(head.root), root);
}
