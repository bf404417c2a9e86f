/**
 * The phones of the simulation: they sign sheets, keep them until they have the centre's receipt, and send them again and again, to
 * the centre or to a laptop near by.
 */
import type { Chance } from "../src/demo/random.ts";
import type { ContestKind, RegionCode } from "../src/election/codes.ts";
import { FIGURE_COUNT } from "../src/election/figures.ts";
import { toHex } from "../src/ledger/bytes.ts";
import type { JsonObject } from "../src/ledger/canonical.ts";
import { parseStatement, signStatement } from "../src/ledger/statement.ts";
import type { LogName } from "../src/store/store.ts";
import { genesis, sheetLog, signer, stationsOf, world } from "./founding.ts";
import type { Laptop } from "./places.ts";
import type { Stage } from "./stage.ts";

/** A sheet that a phone has signed, with what it was told. */
export interface SentSheet {
  readonly id: string;
  readonly note: Uint8Array;
  readonly log: LogName;
  /** The centre's receipt; held receipts are none. */
  receipt: string | null;
  refused: boolean;
}

/** A form of a station as somebody might fill it in. */
export function randomForm(chance: Chance, station: string): { contest: ContestKind; body: JsonObject } {
  const contest = chance.pick<ContestKind>(["ppwp", "dpd"]);
  const { choices } = world.districtOf(station, contest);
  const votes = choices.map(() => chance.below(60));
  const form = world.form(station, contest, votes);
  // Some papers do not add up.
  const figures = [...form.figures];
  if (chance.happens(0.1)) figures[FIGURE_COUNT - 1] = (figures[FIGURE_COUNT - 1] ?? 0) + 1;
  return { contest, body: { ...form, figures } };
}

export class Phones {
  readonly sheets: SentSheet[] = [];
  readonly #stage: Stage;
  /** The newest sheet of a station in a contest. */
  readonly #newest = new Map<string, SentSheet>();

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** Sheets whose phones know neither a receipt nor a refusal. */
  get waiting(): SentSheet[] {
    return this.sheets.filter(({ receipt, refused }) => receipt === null && !refused);
  }

  /** Somebody at a station of a hall signs a sheet. */
  async sign(hall: RegionCode): Promise<void> {
    const station = this.#stage.chance.pick(stationsOf(hall));
    const { contest, body } = randomForm(this.#stage.chance, station);
    const before = this.#newest.get(`${station} ${contest}`);
    const previous = before === undefined || this.#stage.chance.happens(0.1) ? null : before.id;
    const time = this.#stage.skewed();
    const note = signStatement(
      "teguh/sheet/v1",
      { ...body, election: genesis.electionTag, papers: null, previous, time },
      [signer(`station ${station}`)],
    );
    const id = toHex(parseStatement(note).id);
    if (this.sheets.some((sheet) => sheet.id === id)) return;
    const sheet: SentSheet = { id, note, log: sheetLog(hall), receipt: null, refused: false };
    this.sheets.push(sheet);
    this.#newest.set(`${station} ${contest}`, sheet);
  }

  /** Phones send what they still keep, to the centre or to a laptop near by; the answer may be lost, then they send again. */
  async deliver(count: number): Promise<void> {
    const { waiting } = this;
    const some = waiting.filter(() => this.#stage.chance.happens(0.6)).slice(0, count);
    if (this.#stage.chance.happens(0.5)) return this.deliverToCentre(some);
    for (const sheet of some) {
      const near = this.#stage.laptops.filter(({ hall, isLost }) => !isLost && sheetLog(hall) === sheet.log);
      if (near.length > 0) await this.#deliverToLaptop(sheet, this.#stage.chance.pick(near));
    }
  }

  /** Sheets go to the centre together. */
  async deliverToCentre(sheets: readonly SentSheet[]): Promise<void> {
    const answers = await this.#stage.centre.work(({ takeSheets }) => takeSheets(sheets.map(({ note }) => note)));
    if (answers === null || this.#isLostOnTheWay()) return;
    for (const answer of answers)
      this.#told(
        sheets.find(({ id }) => id === answer.id),
        answer,
      );
  }

  async #deliverToLaptop(sheet: SentSheet, laptop: Laptop): Promise<void> {
    const answer = await laptop.work(async ({ relay }) => {
      const held = await relay.hold(sheet.note);
      return (await relay.answer(sheet.id)) ?? { id: sheet.id, held };
    });
    if (answer !== null && !("held" in answer) && !this.#isLostOnTheWay()) this.#told(sheet, answer);
  }

  #told(
    sheet: SentSheet | undefined,
    answer: { receipt: string } | { refused: readonly string[] } | { later: true },
  ): void {
    if (sheet === undefined) return;
    if ("receipt" in answer) sheet.receipt = answer.receipt;
    if ("refused" in answer) sheet.refused = true;
  }

  #isLostOnTheWay(): boolean {
    return !this.#stage.isCalm && this.#stage.chance.happens(0.2);
  }

  /** Phones near a laptop ask it what became of their sheets. */
  async fetchAnswers(laptop: Laptop): Promise<void> {
    for (const sheet of this.sheets) {
      if (sheet.receipt !== null || sheet.log !== sheetLog(laptop.hall) || this.#isLostOnTheWay()) continue;
      const answer = await laptop.work(({ relay }) => relay.answer(sheet.id));
      if (answer !== null) this.#told(sheet, answer);
    }
  }
}
