import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { concat, utf8 } from "../ledger/bytes.ts";
import { inspectPhoto, MOST_PHOTO_BYTES, type PhotoFault } from "./photo.ts";
import { jpeg, png, pngChunk, segment, webp, webpChunk } from "./testing/photos.ts";

const KINDS = { "image/jpeg": jpeg, "image/png": png, "image/webp": webp } as const;

test("a whole photo is known by its type and size", () => {
  for (const [type, make] of Object.entries(KINDS)) {
    assert.deepEqual(inspectPhoto(make({ width: 1200, height: 1600 })), { type, width: 1200, height: 1600 });
  }
});

const EXIF = concat(utf8("Exif\0\0"), new Uint8Array(20));

/** What each is refused for. */
const REFUSED: Readonly<Record<string, readonly [PhotoFault, Uint8Array]>> = {
  "an empty file": ["not-a-photo", new Uint8Array(0)],
  "a text": ["not-a-photo", utf8("this is a text and no photo at all")],
  "an HTML page that begins as a JPEG": ["not-a-photo", concat(Uint8Array.of(0xff, 0xd8, 0xff), utf8("<script>"))],
  "a PDF": ["not-a-photo", utf8("%PDF-1.7\n")],
  "a GIF": ["not-a-photo", utf8("GIF89a...........")],
  "a JPEG with Exif": ["metadata", jpeg({ extra: [segment(0xe1, EXIF)] })],
  "a JPEG with IPTC": ["metadata", jpeg({ extra: [segment(0xed, EXIF)] })],
  "a JPEG with a comment": ["metadata", jpeg({ extra: [segment(0xfe, utf8("at home"))] })],
  "a JPEG with something after its end": ["not-a-photo", concat(jpeg(), utf8("a clip"))],
  "a JPEG inside a JPEG": ["not-a-photo", jpeg({ extra: [jpeg()] })],
  "a PNG with Exif": ["metadata", png({ extra: [pngChunk("eXIf", EXIF)] })],
  "a PNG with a text": ["metadata", png({ extra: [pngChunk("tEXt", utf8("Author\0me"))] })],
  "a PNG with something after its end": ["not-a-photo", concat(png(), utf8("a clip"))],
  "a WebP with Exif": ["metadata", webp({ extra: [webpChunk("EXIF", EXIF)] })],
  "a WebP with XMP": ["metadata", webp({ extra: [webpChunk("XMP ", EXIF)] })],
  "a WebP with something after its end": ["not-a-photo", concat(webp(), utf8("a clip!"))],
  "a picture of one pixel": ["odd-size", png({ width: 1, height: 1 })],
  "a picture of 4 billion by 4 billion": ["odd-size", png({ width: 2 ** 32 - 1, height: 2 ** 32 - 1 })],
  "a photo of 9 MB": ["too-large", concat(jpeg(), new Uint8Array(MOST_PHOTO_BYTES))],
};

for (const [what, [fault, bytes]] of Object.entries(REFUSED)) {
  test(`${what} is refused as ${fault}`, () => assert.equal(inspectPhoto(bytes), fault));
}

test("no beginning of a photo is a photo, and nothing makes the reader throw", () => {
  for (const make of Object.values(KINDS)) {
    const whole = make();
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.uint8Array({ maxLength: 40 }), (cut, noise) => {
        assert.equal(inspectPhoto(whole.subarray(0, cut)), "not-a-photo");
        inspectPhoto(concat(whole.subarray(0, cut), noise));
      }),
    );
  }
});
