/** What requests to the desk say, read from what may be anything. */
import { timingSafeEqual } from "node:crypto";
import { CONTEST_KINDS, type ContestKind, isRegionCode, isStationCode } from "../election/codes.ts";
import { ROLES, type Role } from "../election/statements.ts";
import { utf8 } from "../ledger/bytes.ts";
import { sha256 } from "../ledger/hash.ts";
import { isNewPerson } from "../recap/people.ts";
import type { NewPerson, SignIn } from "../recap/wire/routes.ts";
import { fieldsOf, malformed, raise } from "./desk-http.ts";

const MOST_PEOPLE = 400;

export function peopleIn(value: unknown): NewPerson[] {
  const isList = Array.isArray(value) && value.length > 0 && value.length <= MOST_PEOPLE && value.every(isNewPerson);
  return isList ? (value as NewPerson[]) : raise(malformed());
}

export function isSignInBody(value: unknown): value is SignIn {
  const { region, publicKey, challenge, signature } = fieldsOf(value);
  const isHex = (text: unknown) => typeof text === "string" && /^[0-9a-f]{64}$/.test(text);
  const isRegion = typeof region === "string" && isRegionCode(region);
  return isRegion && isHex(publicKey) && isHex(challenge) && typeof signature === "string";
}

export const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value);
export const contestIn = (text: string | undefined): ContestKind | null =>
  CONTEST_KINDS.find((kind) => kind === text) ?? null;

/** In a time that does not tell how much of it is right. */
export function isSame(a: string, b: string): boolean {
  return timingSafeEqual(sha256(utf8(a)), sha256(utf8(b)));
}

export const withoutPdf = (name: string): string => (name.endsWith(".pdf") ? name.slice(0, -".pdf".length) : "");

/** What a story is asked about: a station if one is named, else the district. @throws Refused */
export function aboutIn(station: string | null, district: string) {
  if (station === null) return { district };
  return isStationCode(station) ? { station } : raise(malformed());
}

/** A whole number from 0; null where none was given. @throws Refused */
export function numberIn(text: string | null): number | null {
  if (text === null) return null;
  return /^\d{1,9}$/.test(text) ? Number(text) : raise(malformed());
}
