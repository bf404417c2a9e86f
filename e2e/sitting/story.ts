/**
 * A whole plenary of one kecamatan, as it is held: five people at five browsers, the real program behind them, cards and PINs. It
 * is opened, rests, is cut off, is halted from above and goes on, hears an objection, corrects a station, counts one anew, adopts a
 * sheet that cannot be mended, and certifies; at the end a candidate opens the account of the votes, on the public page and by the
 * command, and finds every one of them.
 *
 * Everything is done on the pages. Over HTTP only what a page would not send is tried, and what came of it all is looked up. The same
 * story is told wherever the plenary is held: at the centre, or on a laptop whose cable is pulled. Where it is held is all that differs.
 */
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { afterwards } from "./afterwards.ts";
import { certifying } from "./certifying.ts";
import { gathering } from "./gathering.ts";
import { objecting } from "./objecting.ts";
import { orders } from "./orders.ts";
import { reading } from "./reading.ts";
import { type SittingPlace, stageOf } from "./stage.ts";

/** Tells the story as tests of the file that calls it, one act after the other. */
export function sitting(openPlace: () => Promise<SittingPlace>): void {
  const stage = stageOf(openPlace);
  before(() => stage.gather());
  after(() => stage.leave());
  gathering(stage);
  reading(stage);
  orders(stage);
  objecting(stage);
  certifying(stage);
  afterwards(stage);
  test("no page failed, and none broke the desk's own policy", () => {
    assert.deepEqual(stage.room.errors, []);
  });
}
