/** What the page of connections states: a log handed to a laptop, or taken back. */
import { NoteError, parseVkey } from "../../../src/ledger/note.ts";
import type { CustodyView, WriterView } from "../../../src/recap/wire/sync.ts";
import { shortOf } from "../../../src/tally/authority.ts";
import { type Formed, formed, given } from "../acts/draft.ts";
import { NEED_KEY, NEED_REGION } from "./words.ts";

/** The 16 letters of a vkey's key as people compare them, in fours; null if the text is no key of this log. */
export function shortOfKey(vkey: string, log: string): string | null {
  try {
    const { name, publicKey } = parseVkey(vkey);
    return name.endsWith(`/log/${log}`) ? inFours(shortOf(publicKey)) : null;
  } catch (error) {
    if (error instanceof NoteError) return null;
    throw error;
  }
}

/** Sixteen letters as they are read out. */
export const inFours = (key: string): string => key.toUpperCase().replace(/(.{4})(?=.)/g, "$1-");

/** A log handed to a key, where it stands at the centre. */
export function handOver(writer: WriterView | null, typed: string): Formed {
  const vkey = typed.trim().replace(/\s+/g, "");
  return formed(
    [
      writer === null ? { field: "region", what: NEED_REGION } : null,
      writer !== null && shortOfKey(vkey, writer.log) === null ? { field: "key", what: NEED_KEY } : null,
    ],
    () => custody(given(writer), vkey),
  );
}

/** A log taken back by the centre's own key. */
export function takeBack(writer: WriterView | null, { centre }: CustodyView): Formed {
  return formed([writer === null ? { field: "back", what: NEED_REGION } : null], () => {
    const back = given(writer);
    return custody(back, given(centre[back.log] ?? null));
  });
}

const custody = ({ log, size, root, epoch }: WriterView, vkey: string) =>
  ({ type: "custody", body: { log, size, root, vkey, epoch: epoch + 1 } }) as const;
