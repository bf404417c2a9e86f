/** The one inner module of pdfmake that is used: its QR encoder has no types of its own. */
declare module "pdfmake/js/qrEnc.js" {
  interface Measured {
    /** The first is the background, each other one a dark module. */
    readonly _canvas: readonly { readonly x: number; readonly y: number; readonly w: number }[];
    readonly _width: number;
  }
  const encoder: {
    readonly default: { measure(node: { qr: string; eccLevel: "L" | "M" | "Q" | "H"; mode: "octet" }): Measured };
  };
  export default encoder;
}
