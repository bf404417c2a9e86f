/** What the door does with a sheet, without the door: no passes, no limits, the same judgement and the same receipt. */
import type { Sequencer } from "../src/core/sequence.ts";
import { submissionIn } from "../src/core/sheet-facts.ts";
import { receiptAnswer, textOf } from "../src/intake/answers.ts";
import type { Receipts, Stored } from "../src/intake/receipt.ts";
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
  const given = (stored: Stored) => textOf(receiptAnswer(receipts.give(stored)));
  const [result] = await sequencer.sequence([submission]);
  switch (result?.kind) {
    case "appended":
    case "duplicate":
      return { id, receipt: given(result) };
    case "refused": {
      // What is stored is stored, whatever was revoked since.
      const index = await sequencer.find(log, facts.chain, facts.id);
      return index === null
        ? { id, refused: result.faults.map(({ code }) => code.toLowerCase()) }
        : { id, receipt: given({ id: facts.id, log, index }) };
    }
    default:
      return { id, later: true };
  }
}
