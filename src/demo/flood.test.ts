/** The button that floods the demonstration's own door: what it does to the door, and that the others go on. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as pause } from "node:timers/promises";
import { OWN_REQUEST } from "../recap/wire/routes.ts";
import { runDemo } from "./run.ts";

const scratch = mkdtempSync(join(tmpdir(), "teguh-flood-"));
const stopping = new AbortController();
/** Kills what hangs; no judgement on speed. */
const HUNG = 120_000;
const LOOK_AGAIN = 200;
let ended: Promise<number>;
let desk = "";

before(async () => {
  const ready = Promise.withResolvers<string>();
  ended = runDemo({
    data: join(scratch, "data"),
    seed: "1",
    stations: 60,
    speed: 60,
    publicPort: 0,
    intakePort: 0,
    deskPort: 0,
    photosPort: 0,
    onReady: (role, address) => {
      if (role === "desk") ready.resolve(address);
    },
    log: () => undefined,
    signal: stopping.signal,
  });
  desk = await ready.promise;
});
after(async () => {
  stopping.abort();
  await ended;
  rmSync(scratch, { recursive: true });
});

const page = async () => (await fetch(`${desk}status?lang=en`)).text();

/** The number in a row of a table on the page, or null while there is none. */
function inRow(text: string, name: string): number | null {
  const cells = new RegExp(`<th scope="row">${name}</th>(?:<td>[^<]*</td>)*?<td>([\\d.,]+)</td></tr>`).exec(text)?.[1];
  return cells === undefined ? null : Number(cells.replaceAll(".", "").replace(",", "."));
}

test("only the page's own button begins it", async () => {
  assert.equal((await fetch(`${desk}status/flood`, { method: "POST" })).status, 403);
  assert.doesNotMatch(await page(), /The attack is on/);
});

test("once it is on, strangers are refused by the thousand, and door, results and desk go on answering", async () => {
  const headers = { [OWN_REQUEST[0]]: OWN_REQUEST[1] };
  assert.equal((await fetch(`${desk}status/flood`, { method: "POST", headers })).status, 204);
  const deadline = performance.now() + HUNG;
  let text = "";
  do {
    assert.ok(performance.now() < deadline, text);
    await pause(LOOK_AGAIN);
    text = await page();
  } while ((inRow(text, "pass") ?? 0) < 500 || inRow(text, "plenary desk") === null);
  assert.match(text, /SIMULATION/);
  assert.match(text, /The attack is on/);
  for (const name of ["door for sheets", "public results", "plenary desk"])
    assert.notEqual(inRow(text, name), null, name);
});
