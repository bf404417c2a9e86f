/**
 * Memory for what stays as long as the fold. The engine counts every ordinary buffer towards the next collection of all garbage: a
 * nation's books, 1.5 GB that never become garbage, would set off one with each 64 MB of them. Shared memory it does not count.
 * Nothing here is shared.
 */
const Memory = globalThis.SharedArrayBuffer ?? ArrayBuffer;

/** So many bytes, all 0. */
export const lastingMemory = (bytes: number): ArrayBufferLike => new Memory(bytes);
