/** A QR code as a drawing of one path: sharp at any size, in black only, and without anything fetched. */
import encoder from "qrcode-generator";

/** White modules that a reader needs on each side (ISO/IEC 18004). */
const QUIET_ZONE = 4;

/** What QR packs tightly. */
const TIGHT = /^[0-9A-Z $%*+\-./:]*$/;

/** @param text any; of capitals and digits alone the code is smaller. `label` says to a screen reader what it is for */
export function Qr({ text, label }: { text: string; label: string }) {
  const code = encoder(0, "M");
  code.addData(text, TIGHT.test(text) ? "Alphanumeric" : "Byte");
  code.make();
  const size = code.getModuleCount();
  let path = "";
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      if (code.isDark(row, column)) path += `M${column + QUIET_ZONE} ${row + QUIET_ZONE}h1v1h-1z`;
    }
  }
  const side = size + 2 * QUIET_ZONE;
  return (
    <svg class="qr" viewBox={`0 0 ${side} ${side}`} shape-rendering="crispEdges" role="img" aria-label={label}>
      <rect width={side} height={side} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
