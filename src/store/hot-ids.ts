/**
 * The ids of a chain's hot entries as one blob: records of 32 bytes of id and 6 bytes of index, in order of arrival.
 *
 * A chain is a station in a contest and has a handful of entries, so a scan beats any index, and the millions of ids need
 * no tree of their own.
 */
const ID = 32;
const RECORD = ID + 6;

export const NO_HOT_IDS: Uint8Array = new Uint8Array(0);

/** The index of the entry with this id, or null. */
export function findHotId(ids: Uint8Array, id: Uint8Array): number | null {
  for (let at = 0; at < ids.length; at += RECORD) {
    if (isAt(ids, at, id)) return indexAt(ids, at);
  }
  return null;
}

/** The blob with one more record. */
export function withHotId(ids: Uint8Array, id: Uint8Array, index: number): Uint8Array {
  const next = new Uint8Array(ids.length + RECORD);
  next.set(ids);
  next.set(id, ids.length);
  const view = new DataView(next.buffer, ids.length + ID);
  view.setUint16(0, Math.floor(index / 2 ** 32));
  view.setUint32(2, index % 2 ** 32);
  return next;
}

/** The indices of all records, rising. */
export function hotIndices(ids: Uint8Array): number[] {
  return Array.from({ length: ids.length / RECORD }, (_, i) => indexAt(ids, i * RECORD));
}

function isAt(ids: Uint8Array, at: number, id: Uint8Array): boolean {
  for (let i = 0; i < ID; i++) if (ids[at + i] !== id[i]) return false;
  return true;
}

function indexAt(ids: Uint8Array, at: number): number {
  const view = new DataView(ids.buffer, ids.byteOffset + at + ID);
  return view.getUint16(0) * 2 ** 32 + view.getUint32(2);
}
