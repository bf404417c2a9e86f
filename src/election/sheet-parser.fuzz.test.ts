/**
 * The byte parser of sheets and readings against `JSON.parse` with canonical re-serialisation, on broken bodies: it accepts nothing
 * that is not in the one canonical form, reads what it accepts as JSON does, and refuses nothing that is plain.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { fromUtf8, utf8 } from "../ledger/bytes.ts";
import { CanonicalError, canonical, type JsonObject, parseCanonical } from "../ledger/canonical.ts";
import { broken, fuzzing } from "../ledger/testing/fuzz.ts";
import { HotSheet } from "./sheet.ts";
import { parseHot } from "./sheet-parser.ts";
import { BodyError, bodyFaults, decodeBody } from "./statements.ts";
import { readings, sheets, written } from "./testing/hot-sheets.ts";

const TOKENS = [
  ...["null", "0", "00", "-1", "1e3", "1.5", "999999999", "9999999999", "[]", "{}", "[", "]", '"', ",", ",,", ":", " "],
  ...["\\u0041", "\\", "é", "\u0000", "true", '"papers":null', '"votes":', '"by":[', '"station":"', "ppwp", "same"],
];
const hot = new HotSheet();

const BODIES: readonly (readonly ["sheet" | "reading", fc.Arbitrary<object>])[] = [
  ["sheet", sheets],
  ["reading", readings],
];

for (const [type, bodies] of BODIES) {
  const seeds = fc.sample(bodies, { numRuns: 40, seed: 1 }).map((body) => utf8(canonical(body as JsonObject)));

  test(`of broken bodies those are read as a ${type} that strict JSON reads to the same, and no others`, (context) => {
    const options = fuzzing(context, 5_000);
    let accepted = 0;
    fc.assert(
      fc.property(broken(seeds, TOKENS), (bytes) => {
        if (!parseHot(type, bytes, hot)) return assertUnusual(type, bytes);
        accepted++;
        const text = fromUtf8(bytes);
        assert.equal(canonical(JSON.parse(text)), text);
        assert.equal(canonical(written(type, hot)), text);
        assert.equal(canonical(parseCanonical(bytes)), text);
      }),
      options,
    );
    assert.ok(accepted > options.numRuns / 50, `only ${accepted} were accepted: the fuzzer breaks too much`);
  });
}

/** An escape, other than ASCII, a number below 0 or of more than nine digits: the slow path judges what has such a thing. */
const UNUSUAL = /[^ -~]|\\|[[,:](-|\d{10})/;

/** What the byte parser refuses is refused by the strict decoder too, or unusual. The time is a number of many digits anyway. */
function assertUnusual(type: "sheet" | "reading", bytes: Uint8Array): void {
  let text: string;
  try {
    decodeBody(type, bytes);
    text = fromUtf8(bytes);
  } catch (error) {
    assert.ok(error instanceof BodyError || error instanceof CanonicalError, String(error));
    return;
  }
  assert.deepEqual(bodyFaults(type, JSON.parse(text)), []);
  assert.match(text.replace(/"time":\d+/, ""), UNUSUAL, `a plain ${type} is refused`);
}
