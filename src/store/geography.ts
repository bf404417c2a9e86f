/**
 * The official names of Indonesia's regions, from the package idn-area-data (Kepmendagri): 38 provinces down to 83,000+
 * desa. An election file may then give codes only. Its own reader (papaparse, one promise per level) makes an object per
 * row; here the four files become one map. Codes that the election commission uses and the ministry does not (desa merged or
 * renumbered since, overseas) are not in it: the election file names those itself.
 */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isRegionCode, type RegionCode } from "../election/codes.ts";

const FILES = ["provinces.csv", "regencies.csv", "districts.csv", "villages.csv"];

/** The geography's files are not there or not what they were; the message says what to do. */
export class GeographyError extends Error {
  override readonly name = "GeographyError";
}

/**
 * One line of CSV as its fields (RFC 4180 without line breaks inside quotes, which these files do not have).
 */
export function csvFields(line: string): string[] {
  if (!line.includes('"')) return line.split(",");
  const fields: string[] = [];
  for (const match of line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)) {
    fields.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? "");
  }
  return fields;
}

/** The regions of one CSV text (`code,…,name`, codes with dots) into `names`. Throws {@link GeographyError}. */
export function readRegions(text: string, names: Map<RegionCode, string>): void {
  const [header = "", ...lines] = text.split(/\r?\n/);
  const columns = csvFields(header);
  const codeAt = columns.indexOf("code");
  const nameAt = columns.indexOf("name");
  if (codeAt < 0 || nameAt < 0)
    throw new GeographyError(`expected the columns code and name, found ${header.slice(0, 80)}`);
  for (const line of lines) {
    if (line === "") continue;
    const fields = csvFields(line);
    const code = (fields[codeAt] ?? "").replaceAll(".", "");
    if (!isRegionCode(code)) throw new GeographyError(`not a region code: ${line.slice(0, 80)}`);
    names.set(code, (fields[nameAt] ?? "").trim().normalize("NFC"));
  }
}

/** Code → name of every region, e.g. 5103 → "Kabupaten Badung". Throws {@link GeographyError} if it is not installed. */
export function regionNames(): Map<RegionCode, string> {
  const names = new Map<RegionCode, string>();
  try {
    const folder = join(dirname(fileURLToPath(import.meta.resolve("idn-area-data"))), "..", "data");
    for (const file of FILES) readRegions(readFileSync(join(folder, file), "utf8"), names);
  } catch (error) {
    if (error instanceof GeographyError) throw error;
    throw new GeographyError("the package idn-area-data is missing; run npm ci --ignore-scripts", { cause: error });
  }
  return names;
}
