/**
 * What headers may say.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { checkShape, MOST_PATIENCE, PATIENCE, patienceOf, type RequestHead } from "./head.ts";

const head = (change: Partial<RequestHead>): RequestHead => ({
  contentLength: "5",
  transferEncoding: undefined,
  contentEncoding: undefined,
  authorization: undefined,
  patience: undefined,
  ...change,
});
const shapeOf = (change: Partial<RequestHead>) => {
  const shape = checkShape(head(change), 100);
  return typeof shape === "number" ? shape : shape.status;
};

test("a body has a stated length within the bound and is sent as it is", () => {
  const cases: [Partial<RequestHead>, number][] = [
    [{}, 5],
    [{ contentLength: "100" }, 100],
    [{ contentLength: "101" }, 413],
    [{ contentLength: undefined }, 411],
    [{ transferEncoding: "chunked" }, 411],
    [{ contentEncoding: "gzip" }, 415],
    [{ contentLength: "05" }, 400],
    [{ contentLength: "1e1" }, 400],
    [{ contentLength: "99999999999" }, 400],
  ];
  for (const [change, expected] of cases) assert.equal(shapeOf(change), expected, JSON.stringify(change));
});

test("no header makes a length that is not a whole number within the bound", () => {
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+ .0-9ex]{0,12}$/)), (contentLength) => {
      const shape = checkShape(head({ contentLength }), 100);
      if (typeof shape === "number") assert.equal(String(shape), contentLength);
    }),
  );
});

test("patience is what was said within a minute, and half a minute where nothing sensible was", () => {
  const cases: [string | undefined, number][] = [
    [undefined, PATIENCE],
    ["", PATIENCE],
    ["-1", PATIENCE],
    ["0", PATIENCE],
    ["1.5", PATIENCE],
    ["8000", 8_000],
    ["999999999", MOST_PATIENCE],
    ["9999999999", PATIENCE],
  ];
  for (const [header, expected] of cases) assert.equal(patienceOf(header), expected, header);
});
