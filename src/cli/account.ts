/**
 * `teguh account`: riwayat perubahan suara. What a candidate has in a region at one edition and at another, and every posting
 * that lies between, so that opening + added − removed = closing, to the vote.
 *
 * The postings are not kept anywhere: they are what the fold of the region's logs does. So the logs are folded again, with
 * whatever other logs they name, and each posting is dated by the edition that first included its entry.
 */
import type { ContestKind, RegionCode } from "../election/codes.ts";
import { CONTEST_KINDS, isWithin } from "../election/codes.ts";
import { toHex } from "../ledger/bytes.ts";
import { moveCut, type SignedEdition } from "../publish/edition.ts";
import { logFolder } from "../publish/layout.ts";
import { Tally } from "../tally/fold.ts";
import type { Posting } from "../tally/posting.ts";
import { contestFrom, regionFrom } from "./choose.ts";
import {
  type Arguments,
  type Command,
  CommandError,
  type ExitCode,
  grouped,
  type Io,
  Progress,
  printJson,
} from "./command.ts";
import { LogFiles, PublishedError } from "./log-files.ts";
import { Reader, trustLine } from "./reader.ts";
import { openSource } from "./source.ts";
import { Definitions } from "./verify/definitions.ts";

export const command: Command = {
  usage:
    "account DIR|URL --contest C --region R [--choice ID] [--book count|recap] [--from N] [--to N] [--key VKEY] [--json]",
  summary: "Riwayat perubahan suara: opening, every posting, closing.",
  options: {
    contest: { type: "string" },
    region: { type: "string" },
    choice: { type: "string" },
    book: { type: "string" },
    from: { type: "string" },
    to: { type: "string" },
    key: { type: "string" },
    json: { type: "boolean" },
  },
  positionals: [1, 1],
  run,
};

type BookName = Posting["book"];

interface Line {
  readonly edition: number;
  readonly station: string | null;
  readonly kind: Posting["kind"];
  readonly before: number | null;
  readonly after: number | null;
  readonly delta: number;
  readonly reason: string | null;
  readonly log: string;
  readonly index: number;
}

interface Account {
  readonly contest: ContestKind;
  readonly region: RegionCode;
  readonly choice: string;
  readonly book: BookName;
  readonly from: number;
  readonly to: number;
  opening: number;
  added: number;
  /** What of the votes added came by postings other than a station's first report. */
  raised: number;
  removed: number;
  closing: number;
  readonly postings: Line[];
}

async function run(args: Arguments, io: Io): Promise<ExitCode> {
  const contest = contestFrom(command, args);
  const region = regionFrom(args);
  const book = bookFrom(args);
  const reader = await Reader.open(openSource(args.positionals[0] ?? "").files, args.text("key"));
  const to = args.number("to") ?? reader.newest;
  const from = args.number("from") ?? 0;
  if (to > reader.newest || from > to) {
    throw new CommandError(`--from ${from} --to ${to}: editions go from 0 (before the first) to ${reader.newest}`);
  }
  const history = await readHistory(reader, to);
  const postings = await refold(reader, history, region, new Progress(io));
  const accounts = accountsOf({ contest, region, book, from, to }, postings, history);
  const choice = args.text("choice");
  const chosen = choice === undefined ? [...accounts.values()] : [accounts.get(choice)];
  const [first] = chosen;
  if (first === undefined) {
    if (choice === undefined) throw new CommandError(`nothing was posted in ${region} up to edition ${to}`);
    throw new CommandError(
      `no votes of a choice "${choice}" were posted in ${region}; choices: ${[...accounts.keys()].join(", ")}`,
    );
  }
  if (args.flag("json")) printJson(io, choice === undefined ? chosen : first);
  else for (const account of chosen) if (account) print(io, account);
  if (!args.flag("json")) io.out(`${trustLine(reader)}\n`);
  return 0;
}

function bookFrom(args: Arguments): BookName {
  const name = args.text("book") ?? "count";
  if (name !== "count" && name !== "recap") throw new CommandError(`--book is count or recap, not "${name}"`);
  return name;
}

/** Which entries of each log each edition included. */
interface History {
  /** Size and root of each log in the last of the editions. */
  readonly cut: ReadonlyMap<string, { readonly size: number; readonly root: string }>;
  /** For each log, ascending: edition and the size it reached there. */
  readonly sizes: ReadonlyMap<string, readonly (readonly [edition: number, size: number])[]>;
  readonly last: SignedEdition;
}

async function readHistory(reader: Reader, to: number): Promise<History> {
  const cut = new Map<string, { size: number; root: string }>();
  const sizes = new Map<string, [number, number][]>();
  const last = await reader.edition(to);
  for (let number = 1; number <= to; number++) {
    const advance = await reader.advance(await reader.edition(number));
    moveCut(cut, advance);
    for (const [log, size] of advance) {
      const list = sizes.get(log) ?? [];
      list.push([number, size]);
      sizes.set(log, list);
    }
  }
  return { cut, sizes, last };
}

/** Folds the logs of a region and its ancestors, and whatever they name, up to the history's end. */
async function refold(
  reader: Reader,
  { cut, last }: History,
  region: RegionCode,
  progress: Progress,
): Promise<Posting[]> {
  const definitions = new Definitions(reader);
  const postings: Posting[] = [];
  const tally = new Tally({
    definition: (root) => definitions.model(root),
    onPosting: (posting) => {
      if (isWithin((posting.station ?? posting.region) as RegionCode, region)) postings.push(posting);
    },
  });
  await definitions.fetch(last.edition.definition);
  const read = async (log: string, to: number) => {
    const size = cut.get(log)?.size ?? 0;
    const files = new LogFiles(reader.files, logFolder(log));
    for await (const { entry } of files.entries(tally.offered(log), to, size))
      await give(tally, definitions, log, entry);
    progress.tell(() => `folded ${log}`);
  };
  for (const [log, { size }] of [...cut].sort(nationFirst)) if (concerns(log, region)) await read(log, size);
  for (let blocked = tally.blocked(); blocked.length > 0; blocked = tally.blocked()) {
    const before = blocked.map(({ needs }) => tally.offered(needs.log)).join();
    for (const { needs } of blocked) await read(needs.log, needs.size);
    if (
      tally
        .blocked()
        .map(({ needs }) => tally.offered(needs.log))
        .join() === before
    )
      break;
  }
  checkRoots(tally, cut);
  return postings;
}

/** A definition must be at hand before the fold meets the statement that names it. */
async function give(tally: Tally, definitions: Definitions, log: string, entry: Uint8Array): Promise<void> {
  await definitions.fetchNamedBy(entry);
  tally.add(log, entry);
}

function checkRoots(tally: Tally, cut: History["cut"]): void {
  for (const log of tally.logs()) {
    const { size, root } = cut.get(log) ?? { size: -1, root: "" };
    if (tally.size(log) === size && toHex(tally.root(log)) !== root) {
      throw new PublishedError(`log/${log}`, "its entries do not give the root that its edition signs");
    }
  }
}

/** The nation's plenary first: it has the definition. */
const nationFirst = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number =>
  a === "pleno/0" ? -1 : b === "pleno/0" ? 1 : a < b ? -1 : 1;

/** Whether a log's entries can post in a region: its own, those below, those of the plenaries above. */
function concerns(log: string, region: RegionCode): boolean {
  const code = log.slice(log.indexOf("/") + 1) as RegionCode;
  const kecamatan = region.slice(0, 6) as RegionCode;
  return isWithin(code, kecamatan) || (log.startsWith("pleno/") && isWithin(kecamatan, code));
}

type Wanted = Pick<Account, "contest" | "region" | "book" | "from" | "to">;

/** The accounts of all choices that have a posting, in the order of the columns. */
function accountsOf(wanted: Wanted, postings: readonly Posting[], { sizes }: History): Map<string, Account> {
  const accounts = new Map<string, Account>();
  for (const posting of postings) {
    if (posting.book !== wanted.book || CONTEST_KINDS[posting.contest] !== wanted.contest) continue;
    const edition = sizes.get(posting.log)?.find(([, size]) => size > posting.index)?.[0];
    if (edition === undefined) continue;
    posting.district.choices.forEach(({ id }, column) => {
      const account = accounts.get(id) ?? newAccount(wanted, id);
      accounts.set(id, account);
      enter(account, posting, column, edition);
    });
  }
  return accounts;
}

function newAccount(wanted: Wanted, choice: string): Account {
  return { ...wanted, choice, opening: 0, added: 0, raised: 0, removed: 0, closing: 0, postings: [] };
}

function enter(account: Account, posting: Posting, column: number, edition: number): void {
  const { station, kind, reason, log, index } = posting;
  const before = posting.before?.[column] ?? null;
  const after = posting.after?.[column] ?? null;
  const delta = (after ?? 0) - (before ?? 0);
  // Another choice of the same sheet has changed, this one has not.
  if (delta === 0 && kind !== "report") return;
  account.closing += delta;
  if (edition <= account.from) {
    account.opening += delta;
    return;
  }
  if (delta > 0) account.added += delta;
  else account.removed -= delta;
  if (delta > 0 && kind !== "report") account.raised += delta;
  account.postings.push({ edition, station, kind, before, after, delta, reason, log, index });
}

function print(io: Io, account: Account): void {
  const { contest, region, choice, book, from, to, opening, added, raised, removed, closing } = account;
  io.out(`${choice} in ${region}, ${contest}, ${book}, editions ${from} to ${to}\n`);
  io.out(`  awal/opening ${grouped(opening)}, bertambah/added ${grouped(added)} `);
  io.out(`(pembetulan/corrections ${grouped(raised)}), `);
  io.out(`berkurang/removed ${grouped(removed)}, akhir/closing ${grouped(closing)}\n`);
  for (const line of account.postings) {
    if (line.kind === "report") continue;
    const delta = `${line.delta > 0 ? "+" : "−"}${grouped(Math.abs(line.delta))}`;
    io.out(
      `  edition ${line.edition} ${line.station ?? region} ${line.kind} ${line.before ?? "–"} → ${line.after ?? "–"} (${delta}) `,
    );
    io.out(`${line.reason ?? ""} ${line.log}#${line.index}\n`);
  }
}
