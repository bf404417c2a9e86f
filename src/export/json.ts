/** JSON of a table: what it is of, the names of the columns, and the rows as arrays in their order. */
import { utf8 } from "../ledger/bytes.ts";
import type { Table } from "./table.ts";

/** The file in pieces, a desa at a time. `election` is the origin of its log of editions. */
export async function* jsonFile(table: Table, election: string): AsyncGenerator<Uint8Array> {
  const { contest, region, name, book, edition, votes, columns } = table;
  const about = { election, contest, region, name, book, votes, edition: edition.number, time: edition.time };
  const head = JSON.stringify({ ...about, columns: columns.map(({ key }) => key) });
  yield utf8(`${head.slice(0, -1)},"rows":[`);
  let separator = "\n";
  for await (const rows of table.rows()) {
    if (rows.length === 0) continue;
    yield utf8(separator + rows.map((row) => JSON.stringify(row)).join(",\n"));
    separator = ",\n";
  }
  yield utf8("\n]}\n");
}
