/**
 * The QR code on every page: the public address of the region, with the state of the log that the paper was made from, so
 * that a phone's camera opens the page and the page holds its log against the paper.
 */
import encoder from "qrcode-generator";
import { FormError, type Paper } from "./form.ts";

/** Rows of modules, true for dark. The quiet zone is not part of it. */
export type Matrix = readonly (readonly boolean[])[];

/** White modules that a reader needs on each side (ISO/IEC 18004). */
export const QUIET_ZONE = 4;

/**
 * What the code says: the region's page that checks papers, with log, size and root. The public site keeps all of it behind the `#`,
 * which no browser sends to a server. Throws {@link FormError} unless it is printable ASCII.
 */
export function qrText({ link, log }: Paper): string {
  const text = `${link}/kertas?log=${log.origin}&size=${log.size}&root=${log.root}`;
  if (!/^[!-~]+$/.test(text))
    throw new FormError("link", "a QR code carries printable ASCII only; write the link encoded");
  return text;
}

/** The code for an ASCII text, error correction M: folded paper loses corners. */
export function qrMatrix(text: string): Matrix {
  const code = encoder(0, "M");
  code.addData(text, "Byte");
  code.make();
  const size = code.getModuleCount();
  return Array.from({ length: size }, (_, row) =>
    Array.from({ length: size }, (__, column) => code.isDark(row, column)),
  );
}
