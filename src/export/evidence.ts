/**
 * A file of evidence: for one choice and one region everything that was published about it, as one ZIP that opens and verifies
 * without a network. `index.html` lists the exhibits (P-1 and so on, as a petition counts them); `data/` holds the published
 * files as they were signed; `pernyataan/` the signed statements one by one, as text; `foto/` the photographs
 * that they name. What does not exist is named as absent.
 */
import { type Zippable, zipSync } from "fflate";
import { utf8 } from "../ledger/bytes.ts";
import { hashHex } from "../ledger/hash.ts";
import { csvLine } from "./csv.ts";
import { type Evidence, evidenceAbout } from "./evidence-about.ts";
import type { EvidenceSubject, Gathered } from "./evidence-files.ts";
import { evidencePage } from "./evidence-page.ts";
import { numberOf } from "./source.ts";

export interface EvidenceOptions extends EvidenceSubject {
  /** Id of the choice. */
  readonly choice: string;
  /** Text of docs/verify-by-hand.py, which goes along. */
  readonly script: string;
}

/** The path in the ZIP → bytes. */
type Files = Map<string, Uint8Array>;

/** The bytes of the ZIP. Throws {@link ExportError} for a choice that does not stand in the region. */
export function evidenceZip(gathered: Gathered, options: EvidenceOptions): Uint8Array {
  const files = evidenceFiles(gathered, options);
  // The time of the edition: the same evidence is the same file whenever it is made.
  const mtime = new Date(numberOf(gathered.edition.time));
  const entries: Zippable = {};
  // What is compressed already only costs time to compress.
  for (const [path, bytes] of files) entries[path] = [bytes, { mtime, level: path.startsWith("foto/") ? 0 : 6 }];
  return zipSync(entries);
}

/** What the ZIP has in it. */
function evidenceFiles(gathered: Gathered, options: EvidenceOptions): Files {
  const files: Files = new Map();
  for (const [path, bytes] of gathered.files) files.set(`data/${path}`, bytes);
  for (const [path, bytes] of gathered.photos.files) files.set(path, bytes);
  files.set("verify-by-hand.py", utf8(options.script));
  const evidence = evidenceAbout(gathered, options, options.choice);
  for (const { file, entry } of evidence.statements) files.set(file, entry);
  files.set("P-2-perolehan-per-tps.csv", stationsCsv(evidence));
  files.set("index.html", utf8(evidencePage(evidence, "id")));
  files.set("index.en.html", utf8(evidencePage(evidence, "en")));
  const sums = [...files].map(([path, bytes]) => `${hashHex(bytes)}  ${path}\n`).sort();
  files.set("SHA256SUMS", utf8(sums.join("")));
  return files;
}

function stationsCsv({ stations, choice }: Evidence): Uint8Array {
  const head = [
    "region",
    "desa",
    "station",
    "state",
    "flags",
    `count: ${choice.name}`,
    `recap: ${choice.name}`,
    "statements",
  ];
  const lines = stations.map(({ code, desa, state, notes, votes, at }) =>
    csvLine([
      code,
      desa,
      code.slice(10),
      state,
      notes,
      votes.count,
      votes.recap,
      at.map(({ log, index }) => `${log} ${index}`).join("; "),
    ]),
  );
  return utf8(`\uFEFF${csvLine(head)}${lines.join("")}`);
}
