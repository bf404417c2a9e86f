/** What the door does with a sheet, without the door: no passes, no limits, the same judgement and the same receipt. */
import type { Sequencer } from "../src/core/sequence.ts";
import { submissionIn } from "../src/core/sheet-facts.ts";
import type { Receipts } from "../src/intake/receipt.ts";
import { toHex } from "../src/ledger/bytes.ts";
import { checkSignature, parseStatement } from "../src/ledger/statement.ts";
import type { SheetAnswer } from "../src/sync/messages.ts";

/** Takes a sheet in, and gives what its phone is told. */
export async function takeSheet(sequencer: Sequencer, receipts: Receipts, note: Uint8Array): Promise<SheetAnswer> {
  const submission = submissionIn(note, undefined, sequencer.standings);
  const { log, facts } = submission;
  const id = toHex(facts.id);
  await sequencer.standings.load(log);
  const key = sequencer.standings.publicKey(log, facts.key);
  if (key === null) return { id, later: true };
  if (!checkSignature(parseStatement(note), 0, key)) return { id, refused: ["signature"] };
  const [result] = await sequencer.sequence([submission]);
  switch (result?.kind) {
    case "appended":
    case "duplicate":
      return { id, receipt: receipts.give(result) };
    case "refused": {
      // What is stored is stored, whatever was revoked since.
      const index = await sequencer.find(log, facts.chain, facts.id);
      return index === null
        ? { id, refused: result.faults.map(({ code }) => code.toLowerCase()) }
        : { id, receipt: receipts.give({ id: facts.id, log, index }) };
    }
    default:
      return { id, later: true };
  }
}
