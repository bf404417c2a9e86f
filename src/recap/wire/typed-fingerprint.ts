/**
 * What people do with a certificate's fingerprint: two short groups of it are printed large, and typed again at the next level.
 * Apart from its making (`../fingerprint.ts`), since the page in the hall compares what was typed and makes none.
 */

/** Two groups are 40 bits: against mistakes and swapped papers. Against a patient forger stand the whole, and the log's root. */
const TYPED = 8;

/** The two groups that are printed large and typed again at the next level: `7K3M-Q9TD`. */
export function shortFingerprint(whole: string): string {
  return whole.slice(0, TYPED + 1);
}

/** Whether what a person typed is the beginning, two groups or more, of this fingerprint; small letters and look-alikes pass. */
export function matchesFingerprint(typed: string, whole: string): boolean {
  const letters = typed.toUpperCase().replace(/[\s-]/g, "").replace(/[IL]/g, "1").replaceAll("O", "0");
  return letters.length >= TYPED && whole.replaceAll("-", "").startsWith(letters);
}
