// Recently seen ASCII texts by their bytes. Names of keys, types and hashes of districts repeat in statement after
// statement, and making a string of 64 characters costs as much as parsing 100 figures.

/** Places of the direct-mapped table; a collision only costs the making of a string. */
const PLACES = 4096;

export class RecentTexts {
  readonly #texts: string[] = new Array(PLACES).fill("");

  /** The text of these bytes if it was made lately, else null. */
  known(bytes: Uint8Array, from: number, to: number): string | null {
    const text = this.#texts[placeOf(bytes, from, to)] ?? "";
    if (text.length === 0 || text.length !== to - from) return null;
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[from + i]) return null;
    return text;
  }

  /** The text of these bytes, each a character of its own: the caller knows that they are ASCII. */
  text(bytes: Uint8Array, from: number, to: number): string {
    const known = this.known(bytes, from, to);
    if (known !== null) return known;
    let text = "";
    for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i] ?? 0);
    this.#texts[placeOf(bytes, from, to)] = text;
    return text;
  }
}

function placeOf(bytes: Uint8Array, from: number, to: number): number {
  let hash = to - from;
  // The last bytes of a key's name and of a hash are as good as random; 8 of them are enough to choose a place.
  for (let i = Math.max(from, to - 8); i < to; i++) hash = (hash * 31 + (bytes[i] ?? 0)) | 0;
  return hash & (PLACES - 1);
}
