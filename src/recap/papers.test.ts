import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { jpeg, png } from "../election/testing/photos.ts";
import { utf8 } from "../ledger/bytes.ts";
import { asHash, type Hash, hashHex } from "../ledger/hash.ts";
import { type PaperKind, Papers, sayPaperFault } from "./papers.ts";

const data = mkdtempSync(join(tmpdir(), "teguh-papers-"));
const papers = new Papers(data, (count) => new Uint8Array(randomBytes(count)));
after(() => rmSync(data, { recursive: true }));

function hashOf(kind: PaperKind, bytes: Uint8Array): Hash {
  const kept = papers.keep(kind, bytes);
  assert.ok("hash" in kept, JSON.stringify(kept));
  return kept.hash;
}

test("evidence and scans are published under the hash of their bytes, for everyone to read", () => {
  for (const kind of ["evidence", "scan"] as const) {
    const photo = jpeg({ width: kind.length * 100 });
    const hash = hashOf(kind, photo);
    assert.equal(hash, hashHex(photo));
    const path = join(data, "public", "photo", hash);
    assert.deepEqual(new Uint8Array(readFileSync(path)), photo);
    assert.equal(statSync(path).mode & 0o777, 0o644);
    assert.deepEqual(papers.get(hash), { bytes: photo, type: "image/jpeg" });
  }
});

test("letters and words are kept apart, under a name that tells nothing of them, and are gone once deleted", () => {
  const words = utf8("Keberatan saksi: angka di TPS 3 tidak terbaca.");
  const hash = hashOf("words", words);
  assert.notEqual(hash, hashHex(words));
  assert.notEqual(hashOf("words", words), hash, "the same words twice have two names");
  assert.deepEqual(papers.get(hash), { bytes: words, type: "text/plain; charset=utf-8" });
  const path = join(data, "desk", "papers", hash);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.ok(!existsSync(join(data, "public", "photo", hash)));
  rmSync(path);
  assert.equal(papers.get(hash), null);
});

test("a list is published if all of its pages are, and is kept apart otherwise", () => {
  const evidence = hashOf("evidence", png());
  const letter = hashOf("letter", jpeg());
  const published = papers.keepList([evidence]);
  const apart = papers.keepList([evidence, letter]);
  assert.ok("hash" in published && "hash" in apart);
  assert.ok(existsSync(join(data, "public", "photo", published.hash)));
  assert.ok(existsSync(join(data, "desk", "papers", apart.hash)));
  assert.deepEqual(papers.get(published.hash)?.type, "application/json");
  assert.deepEqual(JSON.parse(String(Buffer.from(papers.get(apart.hash)?.bytes ?? []))), [evidence, letter]);
});

test("a list of pages that are not here is refused, and so is an empty one", () => {
  assert.deepEqual(papers.keepList([asHash("0".repeat(64))]), { fault: "pages" });
  assert.deepEqual(papers.keepList([]), { fault: "pages" });
});

test("what is no photo, or no words, is refused in words, and leaves nothing behind", () => {
  const count = () => readdirSync(join(data, "desk", "papers")).length;
  const before = count();
  const refused: readonly (readonly [PaperKind, Uint8Array])[] = [
    ["evidence", utf8("no photo")],
    ["letter", utf8("no photo")],
    ["words", utf8(" \n")],
    ["words", Uint8Array.of(0xff, 0xfe)],
    ["words", utf8("bell \u0007")],
    ["words", new Uint8Array(20_000).fill(65)],
  ];
  for (const [kind, bytes] of refused) {
    const kept = papers.keep(kind, bytes);
    assert.ok("fault" in kept && sayPaperFault(kept.fault).id !== "");
  }
  assert.equal(count(), before);
});

test("a full disk is said to be full, and any other failure of it is not hidden", () => {
  const failing = (code: string) =>
    new Papers(
      data,
      (count) => new Uint8Array(count),
      () => {
        throw Object.assign(new Error(code), { code });
      },
    );
  assert.deepEqual(failing("ENOSPC").keep("evidence", jpeg()), { fault: "full" });
  assert.throws(() => failing("EIO").keep("evidence", jpeg()), /EIO/);
});
