/**
 * `teguh export`: every station of a region as a table, for a spreadsheet or a program. Made from verified objects alone, and
 * of one edition, so that a file can be made again by anyone and be the same.
 *
 * One row is one station. Where a region has several districts of a contest with parties, their candidates are thousands of
 * columns of which each row would use a few: such a file has the parties' totals instead.
 */
import { writeFileSync } from "node:fs";
import { type ContestKind, NATION, type RegionCode, type StationCode, stationIn } from "../election/codes.ts";
import { FIGURES } from "../election/figures.ts";
import type { Model, Region } from "../election/model.ts";
import { asHash } from "../ledger/hash.ts";
import type { SignedEdition } from "../publish/edition.ts";
import { isObject, type JsonObject, type JsonValue } from "./archive/json.ts";
import { contestFrom, regionFrom } from "./choose.ts";
import {
  type Arguments,
  type Command,
  CommandError,
  type ExitCode,
  grouped,
  type Io,
  need,
  Progress,
} from "./command.ts";
import { pathTo, Reader, resultRoot } from "./reader.ts";
import { rows } from "./region-view.ts";
import { openSource } from "./source.ts";
import { Definitions } from "./verify/definitions.ts";

export const command: Command = {
  usage: "export DIR|URL --contest C [--region R] [--edition N] --format csv|json|xlsx|pdf --out FILE [--key VKEY]",
  summary: "Every station of a region as a table.",
  options: {
    contest: { type: "string" },
    region: { type: "string" },
    edition: { type: "string" },
    format: { type: "string" },
    out: { type: "string" },
    key: { type: "string" },
  },
  positionals: [1, 1],
  run,
};

type Cell = string | number | null;

interface Table {
  readonly columns: readonly string[];
  readonly rows: Cell[][];
}

async function run(args: Arguments, io: Io): Promise<ExitCode> {
  const contest = contestFrom(command, args);
  const region = regionFrom(args);
  const format = need(command, args, "format");
  const out = need(command, args, "out");
  if (format === "xlsx" || format === "pdf")
    throw new CommandError(`--format ${format} is not made yet; csv and json are`);
  if (format !== "csv" && format !== "json") throw new CommandError(`--format is csv or json, not "${format}"`);
  const reader = await Reader.open(openSource(args.positionals[0] ?? "").files, args.text("key"));
  const edition = await reader.edition(args.number("edition"));
  const table = await tableOf(reader, edition, contest, region, new Progress(io));
  const { number, time } = edition.edition;
  const about = { election: reader.election, contest, region, edition: number, time };
  writeFileSync(out, format === "csv" ? csv(table) : `${JSON.stringify({ ...about, ...table })}\n`);
  io.out(`${out}: ${grouped(table.rows.length)} stations of ${region}, ${contest}, edition ${number}.\n`);
  return 0;
}

/** A station's row as it comes out of its desa's object. */
interface StationRow {
  readonly head: readonly Cell[];
  readonly figures: readonly Cell[];
  /** By column of the district; null where there are none. */
  readonly votes: readonly Cell[];
  readonly parties: readonly Cell[];
  readonly names: string | null;
}

const HEAD = ["region", "desa", "station", "state", "flags"];

async function tableOf(
  reader: Reader,
  edition: SignedEdition,
  contest: ContestKind,
  region: RegionCode,
  progress: Progress,
): Promise<Table> {
  const definitions = new Definitions(reader);
  await definitions.fetch(edition.edition.definition);
  const model = definitions.model(edition.edition.definition);
  const top = model.region(region);
  if (!top) throw new CommandError(`there is no region ${region} in this election`);
  const reported = new Map<string, StationRow>();
  const object = await regionObject(reader, edition, contest, region);
  for await (const desa of object ? desaBelow(reader, object) : []) {
    for (const [code, row] of await stationsOf(reader, desa)) reported.set(code, row);
    progress.tell(() => `read ${grouped(reported.size)} stations`);
  }
  const stations = expectedIn(model, contest, top).map(([code, silent]) => reported.get(code) ?? silent);
  if (stations.length === 0) throw new CommandError(`region ${region} does not vote in ${contest}`);
  const districts = new Set(stations.map(({ names }) => names).filter((names) => names !== null));
  const [only] = districts;
  const parties = (Array.isArray(object?.parties) ? object.parties : []).map(String);
  if (districts.size === 1 && only) {
    const columns = rows((await reader.object(asHash(only))).choices).map(({ id }) => String(id));
    return {
      columns: [...HEAD, ...FIGURES, ...columns],
      rows: stations.map(({ head, figures, votes }) => [...head, ...figures, ...padded(votes, columns)]),
    };
  }
  if (parties.length === 0)
    throw new CommandError(`${region} has several districts of ${contest}; export one of its parts`);
  return {
    columns: [...HEAD, ...FIGURES, ...parties],
    rows: stations.map((row) => [...row.head, ...row.figures, ...padded(row.parties, parties)]),
  };
}

/** The object of a region; null if nothing was reported there. */
async function regionObject(
  reader: Reader,
  edition: SignedEdition,
  contest: ContestKind,
  region: RegionCode,
): Promise<JsonObject | null> {
  let object = await reader.object(resultRoot(edition, contest));
  for (const step of region === NATION ? [] : pathTo(region)) {
    const child = rows(object.children).find(({ code }) => code === step);
    if (typeof child?.hash !== "string") return null;
    object = await reader.object(asHash(child.hash));
  }
  return object;
}

/** Every station of a region that votes in a contest, with its row as long as it has reported nothing. */
function expectedIn(model: Model, kind: ContestKind, region: Region): [StationCode, StationRow][] {
  if (region.level !== "desa") return region.children.flatMap((child) => expectedIn(model, kind, child));
  const district = model.contest(kind)?.districtOf(region);
  if (!district) return [];
  return Array.from(region.stations, (number) => {
    const code = stationIn(region.code, number);
    const head = [code, region.name, String(number).padStart(3, "0"), "none", ""];
    return [code, { head, figures: padded([], FIGURES), votes: [], parties: [], names: district.object }];
  });
}

function padded(cells: readonly Cell[], columns: readonly string[]): Cell[] {
  return columns.map((_, i) => cells[i] ?? null);
}

async function* desaBelow(reader: Reader, object: JsonObject): AsyncGenerator<JsonObject> {
  if (object.level === "desa") yield object;
  for (const { hash } of rows(object.children)) {
    if (typeof hash === "string") yield* desaBelow(reader, await reader.object(asHash(hash)));
  }
}

async function stationsOf(reader: Reader, desa: JsonObject): Promise<[string, StationRow][]> {
  const details = typeof desa.detail === "string" ? rows((await reader.object(asHash(desa.detail))).stations) : null;
  const list = isObject(desa.count) ? rows(desa.count.lists)[0] : undefined;
  return rows(desa.stations).map((row, i) => {
    const shown = isObject(row.count) ? row.count : {};
    const detail = details === null ? shown : details[i]?.count;
    const full = isObject(detail) ? detail : {};
    const code = `${String(desa.region)}${String(row.n)}`;
    const names = typeof list?.names === "string" ? list.names : null;
    return [
      code,
      {
        head: [code, String(desa.name), String(row.n), String(shown.state ?? "none"), cells(shown.flags).join(" ")],
        figures: padded(cells(full.figures), FIGURES),
        votes: cells(full.votes),
        parties: cells(shown.parties),
        names,
      },
    ];
  });
}

function cells(value: JsonValue | undefined): Cell[] {
  return (Array.isArray(value) ? value : []).map((cell) =>
    typeof cell === "number" || typeof cell === "string" ? cell : null,
  );
}

/** RFC 4180. A text that a spreadsheet would run as a formula is shown as text. */
function csv({ columns, rows: lines }: Table): string {
  return [columns, ...lines].map((line) => `${line.map(csvCell).join(",")}\r\n`).join("");
}

function csvCell(cell: Cell): string {
  if (cell === null) return "";
  const text = typeof cell === "string" && /^[=+@-]/.test(cell) ? `'${cell}` : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
