/** What attackers send: requests made beforehand, many enough that none is told apart by its bytes. */
import { randomBytes } from "node:crypto";
import { requestOf } from "../wire.ts";

/** Bytes of an ordinary sheet. */
const SHEET = 800;
const VARIANTS = 512;

const variants = (make: (n: number) => Buffer): Buffer[] => Array.from({ length: VARIANTS }, (_, n) => make(n));

/** Bodies of a sheet's size from somebody without any pass. */
export const unsigned = (): Buffer[] => variants(() => requestOf("POST", "/sheet", {}, randomBytes(SHEET)));

/** Passes in the form of this one, each with a MAC of its own that is nobody's. */
export const forged = (pass: string): Buffer[] =>
  variants(() => requestOf("POST", "/sheet", authorized(forgedPass(pass)), randomBytes(SHEET)));

function forgedPass(pass: string): string {
  return pass.replace(/[^.]+$/, (mac) => randomBytes(mac.length).toString("base64url").slice(0, mac.length));
}

export const authorized = (pass: string): { authorization: string } => ({ authorization: `Teguh ${pass}` });

/** A note with its signature changed: everything of it is right but that. */
export function badlySigned(note: Uint8Array): Buffer {
  const bytes = Buffer.from(note);
  const at = bytes.lastIndexOf(" ") + 20;
  bytes[at] = bytes[at] === 0x41 ? 0x42 : 0x41;
  return bytes;
}
