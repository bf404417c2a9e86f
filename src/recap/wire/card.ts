/**
 * The printed card: a secret that a tired person types, and what a key is sealed with.
 *
 * The secret has 130 random bits, so nobody ever guesses one; it is 26 symbols of Crockford's base32, which has no I, L, O or U.
 * Two symbols more make it a Reed–Solomon code over GF(32): any two wrong symbols are noticed, and of one wrong symbol
 * the group of four that it stands in is known, so that the person looks there and not at all of it again.
 *
 * A PIN has a million values and so protects nothing by itself. It is there for the case that somebody finds a card: with the
 * card and a copy of the desk's disk every PIN can be tried, at scrypt's price for each (see {@link COST}). A card that is
 * lost is therefore revoked, PIN or not.
 */
import { xchacha20poly1305 } from "@noble/ciphers/chacha.js";
import { scryptAsync } from "@noble/hashes/scrypt.js";
import type { Text } from "../../election/text.ts";
import { fromHex, toHex, utf8 } from "../../ledger/bytes.ts";
import type { SealedSeed } from "./people.ts";

/** That many random bytes: `crypto.getRandomValues` in a browser, `randomBytes` of node:crypto, or a test's own. */
export type Random = (count: number) => Uint8Array;

/** The 28 symbols of a card, in capitals, without spaces or hyphens. */
export type Card = string & { readonly __brand: "Card" };

/** A card alone opens a key before its first use; afterwards it takes card and PIN. */
export interface Opening {
  readonly card: Card;
  /** Six digits. */
  readonly pin?: string;
}

const SYMBOLS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const SECRET = 26;
const CHECKS = 2;
const LENGTH = SECRET + CHECKS;
const GROUP = 4;

// ---------------------------------------------------------------- GF(32)

const ORDER = 31;
/** Powers of the generator x of GF(2)[x] / (x^5 + x^2 + 1), and their logarithms. */
const POWERS: number[] = [];
const LOGARITHMS: number[] = new Array<number>(ORDER + 1).fill(0);
for (let i = 0, value = 1; i < ORDER; i++) {
  POWERS.push(value);
  LOGARITHMS[value] = i;
  value = value & 16 ? ((value << 1) ^ 0b100101) & 31 : value << 1;
}

const power = (exponent: number): number => POWERS[((exponent % ORDER) + ORDER) % ORDER] ?? 0;
const logarithm = (value: number): number => LOGARITHMS[value] ?? 0;
const times = (value: number, exponent: number): number => (value === 0 ? 0 : power(logarithm(value) + exponent));

/** The two sums that are 0 of a whole card: of its symbols, and of its symbols times x^place. */
function sums(values: readonly number[]): readonly [number, number] {
  let plain = 0;
  let weighted = 0;
  values.forEach((value, place) => {
    plain ^= value;
    weighted ^= times(value, place);
  });
  return [plain, weighted];
}

/** The two symbols that make both sums 0: c ^ d = plain, c·x^26 ^ d·x^27 = weighted. */
function checksOf(secret: readonly number[]): readonly [number, number] {
  const [plain, weighted] = sums(secret);
  const last = times(weighted ^ times(plain, SECRET), -logarithm(power(SECRET) ^ power(SECRET + 1)));
  return [plain ^ last, last];
}

// ---------------------------------------------------------------- the card

/** A new card. */
export function makeCard(random: Random): Card {
  const secret = Array.from(random(SECRET), (byte) => byte & 31);
  return [...secret, ...checksOf(secret)].map((value) => SYMBOLS[value] ?? "").join("") as Card;
}

/** A card as it is printed: seven groups of four. */
export function cardGroups(card: Card): string[] {
  return Array.from({ length: LENGTH / GROUP }, (_, i) => card.slice(i * GROUP, (i + 1) * GROUP));
}

/** What the card's QR code says: capitals and hyphens only, so that it stays small. `key`: the key's short name, 16 hex. */
export function cardQr(card: Card, key: string): string {
  return ["TEGUH1", key.toUpperCase(), ...cardGroups(card)].join("-");
}

const QR = /^TEGUH1[^0-9A-Z]*([0-9A-F]{16})[^0-9A-Z]*/;

/** What was typed or scanned, read as a card. */
export type ReadCard =
  | {
      readonly card: Card;
      /** Short name of the key, if it was scanned: whose card it is. */
      readonly key: string | null;
    }
  | {
      readonly fault: Text;
      /** Of the seven groups, from 1, the one that does not fit; null where it cannot be told. */
      readonly group: number | null;
    };

/**
 * Reads a card as people type it: small letters, any or no separators, O for 0, I and L for 1; or what a scanner types. Never
 * throws.
 */
export function readCard(typed: string): ReadCard {
  const text = typed.toUpperCase().trim();
  const key = QR.exec(text)?.[1] ?? null;
  const symbols = text
    .replace(QR, "")
    .replace(/[^0-9A-Z]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
  const strange = [...symbols].findIndex((symbol) => !SYMBOLS.includes(symbol));
  if (strange >= 0) return wrongGroup(strange);
  if (symbols.length !== LENGTH) {
    const fault = {
      id: `Kode kartu terdiri dari ${LENGTH} huruf dan angka; yang diketik ${symbols.length}.`,
      en: `A card's code has ${LENGTH} letters and digits; ${symbols.length} were typed.`,
    };
    return { fault, group: null };
  }
  const [plain, weighted] = sums([...symbols].map((symbol) => SYMBOLS.indexOf(symbol)));
  if (plain === 0 && weighted === 0) return { card: symbols as Card, key: key?.toLowerCase() ?? null };
  const place = (logarithm(weighted) - logarithm(plain) + ORDER) % ORDER;
  if (plain !== 0 && weighted !== 0 && place < LENGTH) return wrongGroup(place);
  const fault = {
    id: "Ada beberapa huruf atau angka yang salah. Ketik ulang kode kartu.",
    en: "Several letters or digits are wrong. Type the card's code again.",
  };
  return { fault, group: null };
}

function wrongGroup(place: number): ReadCard {
  const group = Math.floor(place / GROUP) + 1;
  const fault = {
    id: `Ada yang salah ketik, kemungkinan di kelompok ke-${group}. Periksa lagi.`,
    en: `There is a slip, probably in group ${group}. Check it again.`,
  };
  return { fault, group };
}

// ---------------------------------------------------------------- the PIN

const PIN = /^\d{6}$/;

/** Why six digits make no PIN, in words; null if they do. Birthdays are not looked for: nobody here knows them. */
export function pinFault(pin: string): Text | null {
  if (!PIN.test(pin)) return { id: "PIN terdiri dari 6 angka.", en: "A PIN has 6 digits." };
  const steps = [...pin].slice(1).map((digit, i) => (Number(digit) - Number(pin[i]) + 10) % 10);
  const isRun = steps.every((step) => step === steps[0]) && [0, 1, 9].includes(steps[0] ?? 0);
  const isRepeated = pin.slice(0, 3) === pin.slice(3) || pin === pin.slice(0, 2).repeat(3);
  const isPaired = pin[0] === pin[1] && pin[2] === pin[3] && pin[4] === pin[5];
  if (!isRun && !isRepeated && !isPaired) return null;
  return {
    id: "PIN ini terlalu mudah ditebak. Pilih angka yang tidak berurutan dan tidak berulang.",
    en: "This PIN is too easy to guess. Choose digits that neither run nor repeat.",
  };
}

// ---------------------------------------------------------------- sealing

/**
 * What one try costs: 32 MB and 0.13 s in this project's slowest test machine (measured, one core that others use as well; a
 * cheap laptop's browser takes up to three times that). Part of the format: a sealed key names it nowhere.
 */
export const COST = { N: 2 ** 15, r: 8, p: 1 } as const;
const SALT_BYTES = 16;
export const NONCE_BYTES = 24;
/** A seed of 32 bytes and the cipher's tag. */
export const SEALED_BYTES = 32 + 16;

const kindOf = ({ pin }: Opening): SealedSeed["by"] => (pin === undefined ? "card" : "card+pin");

/** Seals a seed of 32 bytes. Takes {@link COST}, in slices that leave a page alive. @throws RangeError on a weak PIN */
export async function seal(seed: Uint8Array, opening: Opening, random: Random): Promise<SealedSeed> {
  const weak = opening.pin === undefined ? null : pinFault(opening.pin);
  if (weak !== null) throw new RangeError(weak.en);
  const salt = random(SALT_BYTES);
  const nonce = random(NONCE_BYTES);
  const box = (await cipherOf(opening, salt, nonce)).encrypt(seed);
  return { by: kindOf(opening), salt: toHex(salt), nonce: toHex(nonce), box: toHex(box) };
}

/** The seed, or null: another card, another PIN, sealed the other way, or damaged. Takes {@link COST}. */
export async function open(sealed: SealedSeed, opening: Opening): Promise<Uint8Array | null> {
  if (!isSealedSeed(sealed) || sealed.by !== kindOf(opening)) return null;
  const cipher = await cipherOf(opening, fromHex(sealed.salt), fromHex(sealed.nonce));
  try {
    return cipher.decrypt(fromHex(sealed.box));
  } catch {
    // With all sizes right the cipher refuses for one reason only: the box was not sealed so.
    return null;
  }
}

const SEALED: Readonly<Record<keyof SealedSeed, RegExp>> = {
  by: /^card(\+pin)?$/,
  salt: hexOf(SALT_BYTES),
  nonce: hexOf(NONCE_BYTES),
  box: hexOf(SEALED_BYTES),
};

/** Lower-case hex of so many bytes. */
export function hexOf(bytes: number): RegExp {
  return new RegExp(`^[0-9a-f]{${2 * bytes}}$`);
}

/** Whether a value that came from elsewhere has the form of a sealed seed, and nothing besides. */
export const isSealedSeed = (value: unknown): value is SealedSeed => hasForm<SealedSeed>(SEALED, value);

/** Whether a value has exactly these fields, each a text of its form. */
export function hasForm<T>(form: Readonly<Record<keyof T & string, RegExp>>, value: unknown): value is T {
  if (typeof value !== "object" || value === null) return false;
  const fields = Object.entries(value);
  const fits = (name: string, text: unknown) =>
    Object.hasOwn(form, name) && typeof text === "string" && form[name as keyof T & string].test(text);
  return fields.length === Object.keys(form).length && fields.every(([name, text]) => fits(name, text));
}

async function cipherOf(opening: Opening, salt: Uint8Array, nonce: Uint8Array) {
  const secret = `teguh/card/v1 ${opening.card}${opening.pin === undefined ? "" : ` ${opening.pin}`}`;
  const key = await scryptAsync(utf8(secret), salt, { ...COST, dkLen: 32 });
  return xchacha20poly1305(key, nonce, utf8(`teguh/sealed/v1 ${kindOf(opening)}`));
}
