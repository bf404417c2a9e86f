import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { FrameError, FrameJoiner, type FrameReader, FrameWriter, MOST_IN_FRAME } from "./frames.ts";
import { type Answer, type Ask, answersFrame, asksFrame, grownFrame, readAsks, readSaid } from "./wire.ts";

const bytes = (most: number) => fc.uint8Array({ maxLength: most });
const log = fc.constantFrom("pleno/0", "pleno/51", "pleno/5103", "tps/510303");
const u32 = fc.integer({ min: 0, max: 2 ** 32 - 2 });
const id = fc.uint8Array({ minLength: 32, maxLength: 32 });
const fault = fc.record({ code: fc.string(), message: fc.record({ id: fc.string(), en: fc.string() }) });

const ask: fc.Arbitrary<Ask> = fc.oneof(
  fc.record({ kind: fc.constant("sheet" as const), expect: fc.constantFrom("latest", undefined), bytes: bytes(3_000) }),
  fc.record({
    kind: fc.constant("append" as const),
    log,
    after: fc.option(u32, { nil: undefined }),
    bytes: bytes(3_000),
  }),
  fc.record({ kind: fc.constant("see" as const), log, other: log }),
  fc.record({ kind: fc.constant("mirror" as const), log, from: u32, entries: fc.array(bytes(300)) }),
);

const answer: fc.Arbitrary<Answer> = fc.oneof(
  fc.record({ kind: fc.constantFrom("appended" as const, "duplicate" as const), index: u32, id }),
  fc.record({
    kind: fc.constant("conflict" as const),
    latest: fc.option(fc.record({ index: u32, id: id.map((one) => Buffer.from(one).toString("hex")) })),
  }),
  fc.record({ kind: fc.constant("refused" as const), faults: fc.array(fault) }),
  fc.record({ kind: fc.constant("later" as const), why: fault }),
  fc.constant({ kind: "moved" } as const),
  fc.record({ kind: fc.constant("error" as const), name: fc.string(), message: fc.string() }),
  fc.record({ kind: fc.constant("repeated" as const), index: u32 }),
);

/** What comes out of a joiner that is given the frames in pieces of these lengths, over and over. */
function inPieces(frames: readonly Uint8Array[], lengths: readonly number[]): FrameReader[] {
  const joiner = new FrameJoiner();
  const whole = Buffer.concat(frames);
  const found: FrameReader[] = [];
  for (let at = 0, i = 0; at < whole.length; i++) {
    const next = at + (lengths[i % lengths.length] ?? 1);
    found.push(...joiner.join(whole.subarray(at, next)));
    at = next;
  }
  return found;
}

/** The same with every byte array as a list: a Buffer is one too. */
const plain = (value: unknown) =>
  JSON.parse(
    JSON.stringify(value, (_, one) => {
      if (one instanceof Uint8Array) return Array.from(one);
      return one?.type === "Buffer" ? one.data : one;
    }),
  );

test("whatever is asked, answered or told comes out as it went in, however the socket cuts it", () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 5_000 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(fc.array(fc.array(ask, { maxLength: 20 }), { maxLength: 4 }), lengths, (groups, cuts) => {
      const read = inPieces(groups.map(asksFrame), cuts).map(readAsks);
      assert.deepEqual(plain(read), plain(groups));
    }),
  );
  fc.assert(
    fc.property(fc.array(answer, { maxLength: 20 }), fc.array(log), lengths, (answers, logs, cuts) => {
      const [said, grown, ...others] = inPieces([answersFrame(answers), grownFrame(logs)], cuts).map(readSaid);
      assert.deepEqual(plain(said), plain({ kind: "answers", answers }));
      assert.deepEqual(grown, { kind: "grown", logs });
      assert.deepEqual(others, []);
    }),
  );
});

test("any bytes are read or refused as a FrameError, and nothing else happens", () => {
  const framed = bytes(400).map((body) => {
    const frame = new FrameWriter();
    frame.raw(body);
    return frame.finish();
  });
  fc.assert(
    fc.property(framed, (frame) => {
      for (const read of [readAsks, readSaid]) {
        try {
          for (const one of inPieces([frame], [7])) read(one);
        } catch (error) {
          assert.ok(error instanceof FrameError, String(error));
        }
      }
    }),
    { numRuns: 2_000 },
  );
});

test("a frame that is longer than any is neither sent nor waited for", () => {
  const long = { kind: "append", log: "pleno/0", bytes: new Uint8Array(MOST_IN_FRAME) } as const;
  assert.throws(() => asksFrame([long]), FrameError);
  const announced = Buffer.alloc(4);
  announced.writeUInt32BE(MOST_IN_FRAME + 1);
  assert.throws(() => new FrameJoiner().join(announced), FrameError);
});
