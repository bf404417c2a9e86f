/** Reads a file by what it is, whatever its name says. */
import { readCsv } from "./read-csv.ts";
import { readXlsx } from "./read-xlsx.ts";
import { BadFile, MOST_BYTES, type Sheet, tooLarge } from "./sheet.ts";

const startsWith = (bytes: Uint8Array, ...start: number[]): boolean => start.every((byte, i) => bytes[i] === byte);

/** Throws {@link BadFile}. */
export function readFile(bytes: Uint8Array): Sheet {
  if (bytes.length === 0) throw new BadFile({ id: "Berkas ini kosong.", en: "The file is empty." });
  if (bytes.length > MOST_BYTES) throw tooLarge();
  if (startsWith(bytes, 0x50, 0x4b)) return readXlsx(bytes);
  if (startsWith(bytes, 0xd0, 0xcf, 0x11, 0xe0)) {
    throw new BadFile({
      id: "Ini berkas Excel lama (.xls) atau berkata sandi. Buka di Excel atau LibreOffice, lalu simpan sebagai .xlsx tanpa kata sandi.",
      en: "This is an old Excel file (.xls) or has a password. Open it in Excel or LibreOffice and save it as .xlsx without a password.",
    });
  }
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46)) {
    throw new BadFile({
      id: "Ini berkas PDF. Yang dapat dibandingkan adalah tabel: CSV atau Excel (.xlsx).",
      en: "This is a PDF. What can be compared is a table: CSV or Excel (.xlsx).",
    });
  }
  return readCsv(bytes);
}
