import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, test } from "node:test";
import fc from "fast-check";
import { makeZip, type Packed } from "./testing.ts";
import { readZip, ZipError } from "./zip.ts";

const folder = mkdtempSync(join(tmpdir(), "teguh-zip-"));
after(() => rmSync(folder, { recursive: true }));

function unpackAll(bytes: Uint8Array): Map<string, string> {
  const path = join(folder, "a.zip");
  writeFileSync(path, bytes);
  return new Map(Array.from(readZip(path), (entry) => [entry.name, Buffer.from(entry.read()).toString()]));
}

const FILES: readonly Packed[] = [
  { name: "pemilu/", content: "", stored: true },
  { name: "pemilu/5103032001001.json", content: '{"chart":null}' },
  { name: "pemilu/5103032001002.json", content: "x".repeat(5000) },
  { name: "pemilu/é.json", content: "stored", stored: true },
];

describe("readZip", () => {
  for (const zip64 of [false, true]) {
    test(`unpacks deflated and stored files and leaves folders out (${zip64 ? "ZIP64" : "classic"} directory)`, () => {
      const found = unpackAll(makeZip(FILES, zip64));
      assert.deepEqual(
        [...found],
        FILES.slice(1).map((file) => [file.name, file.content]),
      );
    });
  }

  test("knows the date of each file", () => {
    const path = join(folder, "dated.zip");
    writeFileSync(path, makeZip(FILES));
    assert.equal(readZip(path).next().value?.date, "2024-03-13");
  });

  test("an archive that is cut off anywhere is refused as such, never half read", () => {
    const whole = makeZip(FILES);
    for (let length = 0; length < whole.length; length += 7) {
      assert.throws(() => unpackAll(whole.subarray(0, length)), ZipError, `at ${length}`);
    }
  });

  test("a changed byte gives an error or the same content, and never other content or another kind of error", () => {
    const whole = makeZip(FILES);
    const expected = [...unpackAll(whole)].map(([, content]) => content);
    const property = fc.property(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
      const bytes = Buffer.from(whole);
      bytes[at] = (bytes[at] ?? 0) ^ flip;
      try {
        for (const content of unpackAll(bytes).values()) assert.ok(expected.includes(content) || content === "");
      } catch (error) {
        if (!(error instanceof ZipError)) throw error;
      }
    });
    fc.assert(property, { numRuns: 400 });
  });

  test("names the encrypted entry", () => {
    const bytes = makeZip([{ name: "5103032001001.json", content: "{}" }]);
    const central = bytes.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    bytes.writeUInt16LE(1, central + 8);
    assert.throws(() => unpackAll(bytes), /5103032001001\.json: is encrypted/);
  });
});
