/**
 * The stage on which a plenary is told: the place where it is held, its people at their browsers, and what the acts of the story do
 * with a page.
 */
import assert from "node:assert/strict";
import { crc32, deflateSync } from "node:zlib";
import type { Browser, Page } from "playwright-core";
import type { ContestKind, StationCode } from "../../src/election/codes.ts";
import { FIGURE } from "../../src/election/figures.ts";
import type { Said } from "../../src/recap/wire/sign.ts";
import type { StationView } from "../../src/recap/wire/views.ts";
import { launchBrowser } from "../browser.ts";
import type { Official } from "../desk-officials.ts";
import { goTo, Room } from "../desk-room.ts";
import type { Election } from "../election.ts";
import { Phone } from "../phone.ts";

export const KEC = "510102";
export const KAB = "5101";
export const DESA = "5101021001";
export const ONE = `${DESA}001` as StationCode;
export const TWO = `${DESA}002` as StationCode;
export const CONTESTS = ["ppwp", "dpr", "dpd", "dprdk"] as const;

/** Where the plenary is held. */
export interface SittingPlace {
  readonly election: Election;
  /** What does not come in so long does not come, in milliseconds. */
  readonly patience: number;
  official(name: string): Official;
  /** Address of the kecamatan's desk, of that of the level above, and of the public site for everyone. */
  readonly desk: string;
  readonly above: string;
  readonly site: string;
  /** Address of the door to which the phones of the kecamatan send. */
  readonly door: string;
  /** The centre's data folder. */
  readonly data: string;
  /** Once the phones have sent: makes the place ready for its people. */
  gather(): Promise<void>;
  /** The cable between hall and centre is pulled, or put back. */
  pull(): Promise<void>;
  mend(): Promise<void>;
  /** Waits until the centre has everything. */
  together(): Promise<void>;
  close(): Promise<void>;
}

export type Stage = ReturnType<typeof stageOf>;

export function stageOf(openPlace: () => Promise<SittingPlace>) {
  let opened: SittingPlace | null = null;
  let browser: Browser | null = null;
  let gathered: Room | null = null;
  const place = () => opened ?? assert.fail("no place has been opened");
  const room = () => gathered ?? assert.fail("nobody has gathered");

  async function gather(): Promise<void> {
    opened = await openPlace();
    const { desk, above, official, patience } = opened;
    await sendSheets();
    await opened.gather();
    browser = await launchBrowser();
    gathered = new Room({ browser, deskOf: (region) => (region === KEC ? desk : above), official, patience });
  }

  async function leave(): Promise<void> {
    await browser?.close();
    await opened?.close();
  }

  /** Every station's sheet, but of TPS 002 for president one whose valid votes are not the sum of its votes. */
  async function sendSheets(): Promise<void> {
    const { election, door } = place();
    for (const station of [ONE, TWO]) {
      const phone = new Phone(election, station);
      for (const contest of CONTESTS) {
        const votes = votesOf(station, contest);
        const sheet = election.sheet(station, contest, votes);
        const { figures } = JSON.parse(Buffer.from(sheet).toString().split("\n")[1] ?? "") as { figures: number[] };
        const broken = station === TWO && contest === "ppwp";
        if (broken) figures[FIGURE.valid] = (figures[FIGURE.valid] ?? 0) + 7;
        const sent = await phone.send(door, broken ? election.sheet(station, contest, votes, { figures }) : sheet);
        assert.equal(sent.status, 200, sent.text);
      }
    }
  }

  const votesOf = (station: string, contest: ContestKind): number[] =>
    Array.from({ length: place().election.columnsOf(station, contest) }, (_, i) => 10 + i + Number(station.slice(-1)));

  const at = (name: string): Page => room().at(name);
  const open = (page: Page, path: string, hall = KEC): Promise<void> => goTo(page, `#/${hall}${path}`);
  const seenBy = (name: string) => room().by(name);

  /** A station as it stands in the hall. */
  async function stands(contest: ContestKind, station: StationCode): Promise<StationView> {
    const { client } = await seenBy("Putu Operator");
    return client.get<StationView>(`/api/halls/${KEC}/stations/${contest}/${station}`);
  }

  /** States the reading of a station over HTTP, as its sheet says but for `change`, by the operator alone: past the page's own care. */
  async function readAlone(
    contest: ContestKind,
    station: StationCode,
    change: Partial<Said<"reading">> = {},
  ): Promise<void> {
    const { client, hall } = await seenBy("Putu Operator");
    const view = await stands(contest, station);
    const { figures, votes, parties, id } = view.sheet ?? assert.fail("its sheet has come");
    const body = {
      contest,
      station,
      district: view.districtObject,
      figures,
      votes,
      parties,
      sheet: id,
      previous: view.reading?.id ?? null,
      outcome: "same" as const,
      reason: null,
      fields: [],
      incident: null,
      initialled: [],
      refused: [],
      evidence: null,
      ...change,
    };
    await client.state(hall, "reading", body, [room().official("Putu Operator")]);
  }

  /** Waits until a page shows this station to be read. */
  async function atStation(page: Page, contest: ContestKind, station: StationCode): Promise<void> {
    const { hall } = await seenBy("Putu Operator");
    const name = hall.contests.find(({ kind }) => kind === contest)?.name.id ?? contest;
    const head = page.locator("header", { has: page.getByText(name, { exact: true }) });
    await head.getByRole("heading", { level: 1, name: `TPS ${station.slice(-3)} Desa ${DESA}` }).waitFor();
  }

  /** Opens a station on the page of reading. */
  async function openStation(page: Page, contest: ContestKind, station: StationCode): Promise<void> {
    await open(page, `/baca/0/${contest}/${station}`);
    await atStation(page, contest, station);
  }

  type Spot = readonly [contest: ContestKind, station: StationCode];

  /** Waits until the page has gone on from a station that was decided to the `next`, comes back, and waits until it is read; how. */
  async function outcomeOf(page: Page, decided: Spot, next: Spot): Promise<string | undefined> {
    await atStation(page, ...next);
    await openStation(page, ...decided);
    await page.getByText("Sudah dibacakan").waitFor();
    return (await stands(...decided)).reading?.outcome;
  }

  const cell = (page: Page, path: string) => page.locator(`[data-cell="${path}"]`);

  return {
    gather,
    leave,
    votesOf,
    at,
    open,
    seenBy,
    stands,
    readAlone,
    atStation,
    openStation,
    outcomeOf,
    cell,
    sit: (name: string) => room().sit(name),
    confirm: (page: Page, name: string) => room().confirm(page, name),
    get place(): SittingPlace {
      return place();
    },
    get room(): Room {
      return room();
    },
    get browser(): Browser {
      return browser ?? assert.fail("no browser has been launched");
    },
  };
}

/** A small photograph: a grey page. */
export function photo(): { name: string; mimeType: string; buffer: Buffer } {
  const [width, height] = [60, 84];
  const chunk = (type: string, bytes: Buffer) => {
    const body = Buffer.concat([Buffer.from(type), bytes]);
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    return Buffer.concat([length, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc((width + 1) * height, 0xd0);
  for (let y = 0; y < height; y++) rows[y * (width + 1)] = 0;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const parts = [chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))];
  return { name: "foto.png", mimeType: "image/png", buffer: Buffer.concat([signature, ...parts]) };
}
