/** pdfkit as one file with its fonts, for browsers; the package has types for its node build only. */
declare module "pdfkit/js/pdfkit.standalone.js" {
  import type { PdfDocumentClass } from "../../../src/export/paper-pdfkit.ts";

  const PDFDocument: PdfDocumentClass;
  export default PDFDocument;
}
