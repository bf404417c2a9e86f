/**
 * What the headers of a request say, judged before anything else is looked at: the cheapest step of the door.
 */
import { type Answer, BAD_LENGTH, ENCODED, NO_LENGTH, TOO_LONG } from "./answers.ts";

/** The headers that decide whether the body is read. */
export interface RequestHead {
  readonly contentLength: string | undefined;
  readonly transferEncoding: string | undefined;
  readonly contentEncoding: string | undefined;
  readonly authorization: string | undefined;
  /** `Teguh-Patience`: milliseconds for which whoever sends this will wait for the answer. */
  readonly patience: string | undefined;
}

/** Milliseconds that whoever says nothing is taken to wait, and the most that anyone is. */
export const PATIENCE = 30_000;
export const MOST_PATIENCE = 60_000;

const LENGTH_FORM = /^(?:0|[1-9]\d{0,9})$/;
const PATIENCE_FORM = /^[1-9]\d{0,8}$/;

/** The length of the body in bytes, at most `most`, or why no body of this shape may come. */
export function checkShape(head: RequestHead, most: number): number | Answer {
  if (head.transferEncoding !== undefined || head.contentLength === undefined) return NO_LENGTH;
  if (head.contentEncoding !== undefined) return ENCODED;
  if (!LENGTH_FORM.test(head.contentLength)) return BAD_LENGTH;
  const length = Number(head.contentLength);
  return length > most ? TOO_LONG : length;
}

/** Milliseconds for which an answer is worth giving. Whatever is no such header is as good as none: it only shortens a wait. */
export function patienceOf(header: string | undefined): number {
  return header !== undefined && PATIENCE_FORM.test(header) ? Math.min(Number(header), MOST_PATIENCE) : PATIENCE;
}
