/**
 * From a phone's sending a sheet to its being in a published edition that a reader can verify, with the real processes (door,
 * core, publisher, public server) at work on Bali and sheets arriving at an even rate, whether or not the last were answered.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { decodeBody } from "../src/election/statements.ts";
import { utf8 } from "../src/ledger/bytes.ts";
import { parseStatement } from "../src/ledger/statement.ts";
import { BALI, Data } from "./data.ts";
import { type Context, type Figure, p99 } from "./figure.ts";
import { Phones, parcels, passesOf } from "./phones.ts";
import { PublishedReader } from "./published-reader.ts";
import { ServerProcess } from "./server.ts";

const MOST_SECONDS = 3;
/** Sheets a second: those of a province on election night. */
const RATE = 60;
/** How often the reader looks, in milliseconds. */
const LOOK = 50;
/** Sheets that are sent before any is measured, for code that is not compiled yet. */
const WARM = 200;

const dataOf = () => new Data(BALI, { signed: true, kind: "empty" });

export const prepare = (): Promise<void> => dataOf().statements({ sheets: false });

export async function run({ short }: Context): Promise<Figure[]> {
  const data = dataOf().copy();
  const model = data.model();
  const store = data.openStore();
  const nation = await data.openNation(store, model);
  const measured = RATE * (short ? 12 : 60);
  const list = parcels(nation, passesOf(data, model), data.reported(model).slice(0, (WARM + measured) / 4));
  await store.close();
  const core = await ServerProcess.start("core", data.dir);
  const door = await ServerProcess.start("intake", data.dir);
  const publisher = await ServerProcess.start("publish", data.dir);
  const site = await ServerProcess.start("public", data.dir);
  const phones = new Phones(door.address, 64);
  await phones.sendAll(list.slice(0, WARM), 32);
  const reader = new PublishedReader(site.address);
  const sending: Promise<void>[] = [];
  const began = performance.now();
  for (let sent = 0; sending.length < measured || reader.waits; ) {
    for (; sent < measured && performance.now() - began >= (sent * 1000) / RATE; sent++) {
      const parcel = list[WARM + sent];
      if (!parcel) throw new RangeError("there are fewer sheets than were to be sent");
      const at = performance.now();
      sending.push(
        phones.send(parcel).then((receipt) => {
          const { log, index = -1 } = decodeBody("receipt", parseStatement(utf8(receipt)).body);
          reader.await({ at, log, index });
        }),
      );
    }
    await reader.look();
    await sleep(LOOK);
    if (sent === measured) await Promise.all(sending);
  }
  phones.close();
  await Promise.all([door, core, publisher, site].map((server) => server.stop()));
  data.remove();
  return [
    {
      what: `sheet sent → in a published edition that a reader has verified, ${RATE} sheets/s, p99`,
      value: p99(reader.delays),
      unit: "s",
      atMost: MOST_SECONDS,
    },
  ];
}
