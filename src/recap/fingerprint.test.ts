import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { RegionCode } from "../election/codes.ts";
import { fingerprint } from "./fingerprint.ts";
import { HEADING, kecamatanForm, listChoices, saksiOf } from "./testing/forms.ts";
import { matchesFingerprint, shortFingerprint } from "./wire/typed-fingerprint.ts";

const choices = listChoices("pairs", ["Pasangan A", "Pasangan B", "Pasangan C"]);
const form = kecamatanForm({ choices, desa: [["Desa Satu", 4]] });
const whole = fingerprint(form);
const short = shortFingerprint(whole);

test("a fingerprint is 13 groups of four without look-alikes, of which the first two are typed", () => {
  assert.match(whole, /^(?:[0-9A-HJKMNP-TV-Z]{4}-){12}[0-9A-HJKMNP-TV-Z]{4}$/);
  assert.equal(short, whole.slice(0, 9));
});

test("a fingerprint never changes: certificates on paper carry it", () => {
  // Made by another program (Python: json, hashlib) from the same figures.
  assert.equal(whole, "KCA4-CDPX-RYXV-PPMC-NZ98-4WBH-K7KK-9SGH-T23M-S6KY-TYWJ-NYR4-ADXG");
});

test("the draft and the certificate signed without a change have one fingerprint", () => {
  const signed = { ...form, state: "signed", saksi: saksiOf(1, () => ({ kind: "absent" })) } as const;
  assert.equal(fingerprint({ ...signed, log: { ...form.log, size: 99_999 } }), whole);
});

test("another number anywhere, an absent one, or another region gives another fingerprint", () => {
  const cells = 4 * (25 + 3);
  const changed = (at: number, to: number | null) =>
    kecamatanForm({
      choices,
      desa: [["Desa Satu", 4]],
      cell: (_, station, row) => (station * 28 + row === at ? to : (station * 37 + row * 17) % 300),
    });
  fc.assert(
    fc.property(fc.nat(cells - 1), fc.option(fc.integer({ min: 300, max: 999 })), (at, to) => {
      assert.notEqual(fingerprint(changed(at, to)), whole);
    }),
  );
  assert.equal(fingerprint(changed(-1, null)), whole, "nothing changed");
  const elsewhere = { ...form, heading: { ...HEADING, region: "710102" as RegionCode } };
  assert.notEqual(fingerprint(elsewhere), whole);
});

test("two groups match as people type them, and one group does not suffice", () => {
  assert(matchesFingerprint(short, whole));
  assert(matchesFingerprint(` ${short.toLowerCase().replace("-", " ")} `, whole));
  assert(matchesFingerprint(short.replaceAll("0", "o").replaceAll("1", "l"), whole));
  assert(matchesFingerprint(whole, whole));
  assert(!matchesFingerprint(short.slice(0, 4), whole));
  assert(!matchesFingerprint("", whole));
  assert(!matchesFingerprint(`${short.slice(0, 8)}${short.endsWith("7") ? "8" : "7"}`, whole));
});
