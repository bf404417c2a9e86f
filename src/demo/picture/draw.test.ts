import assert from "node:assert/strict";
import { test } from "node:test";
import { inspectPhoto } from "../../election/photo.ts";
import { modelOf } from "../../election/testing.ts";
import { hashHex } from "../../ledger/hash.ts";
import { regionNames } from "../../store/geography.ts";
import { demoElection } from "../election.ts";
import { reportedOf } from "../sheets.ts";
import { draw, MOST_BYTES } from "./draw.ts";
import { orderOf } from "./pictures.ts";
import { Studio } from "./studio.ts";

const SEED = "1";
const model = modelOf(demoElection(regionNames(), { seed: SEED, stations: 60 }));
const station = model.stationAt(7);
const orderFor = (kind: "ppwp" | "dpr" | "dpd", phone: "first" | "second" = "first") =>
  orderOf(model, SEED, station, reportedOf(model, SEED, station, kind), phone);

test("a photograph is a whole JPEG without metadata, of at most 60 KB, one for each page of the form", () => {
  for (const [kind, pages] of [
    ["ppwp", 1],
    ["dpd", 1],
    ["dpr", 4],
  ] as const) {
    const pictures = draw(orderFor(kind));
    assert.equal(pictures.length, pages);
    for (const picture of pictures) {
      assert.deepEqual(inspectPhoto(picture), { type: "image/jpeg", width: 752, height: 1040 });
      assert.ok(picture.length <= MOST_BYTES, `${kind}: ${picture.length} bytes`);
    }
  }
});

test("the same paper photographed by the same phone is the same bytes, by another phone another photograph", async () => {
  const [first] = draw(orderFor("ppwp"));
  const [again] = draw(orderFor("ppwp"));
  const [second] = draw(orderFor("ppwp", "second"));
  const hashes = [first, again, second].map((bytes) => hashHex(bytes ?? new Uint8Array(0)));
  assert.equal(hashes[0], hashes[1]);
  assert.notEqual(hashes[0], hashes[2]);
  const studio = new Studio();
  const drawn = await studio.photographs(orderFor("ppwp"));
  await studio.close();
  assert.deepEqual(
    drawn.map((bytes) => hashHex(bytes)),
    [hashes[0]],
  );
});
