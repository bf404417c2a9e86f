/**
 * Bulkheads: with one process hung (stopped in the middle of whatever it does, which is worse than dead, since its connections
 * stand) the others do what they did before, and with all but the public side hung, everybody can still read. What a hung process is
 * replaced by is the supervisor's own test; here nobody replaces it until it goes on by itself.
 */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import type { Role } from "../src/server/roles.ts";
import { type Election, foundElection } from "./election.ts";
import { ask, Phone } from "./phone.ts";
import { assertKept, promiseIn, untilPublished } from "./receipts.ts";
import { Servers } from "./servers.ts";
import { until } from "./until.ts";

const ROLES = ["public", "intake", "desk", "core", "publish"] as const satisfies readonly Role[];
/** No test here wants a hung process to be found. */
const NEVER = 3_600_000;

const scratch = mkdtempSync(join(tmpdir(), "teguh-bulkheads-"));
const data = join(scratch, "data");
const receipts: string[] = [];
let election: Election;
let servers: Servers;
let used = 0;

before(async () => {
  election = await foundElection(data, { stationsPerDesa: 8 });
  servers = new Servers(data, ROLES, { hung: NEVER });
  for (const role of ROLES) await servers.address(role);
});
after(async () => {
  assert.equal(await servers.stop(), 0);
  assert.deepEqual(
    servers.lines.filter((line) => /stopped|killed/.test(line)),
    [],
    "nobody died of another's trouble",
  );
  await assertKept(data, receipts);
  rmSync(scratch, { recursive: true });
});

interface Sheet {
  readonly phone: Phone;
  readonly note: Uint8Array;
}

/** A sheet of a station that has sent none, by a phone that has its pass already. */
async function nextSheet(): Promise<Sheet> {
  const station = election.stations[used++] ?? assert.fail("there are stations enough");
  const phone = new Phone(election, station);
  await send({ phone, note: election.sheet(station, "dpd", votesFor(station, "dpd")) });
  return { phone, note: election.sheet(station, "ppwp", votesFor(station, "ppwp")) };
}

const votesFor = (station: string, contest: "ppwp" | "dpd") =>
  Array.from({ length: election.columnsOf(station, contest) }, (_, i) => i + 1);

async function send({ phone, note }: Sheet): Promise<void> {
  const { status, text } = await phone.send(await servers.address("intake"), note);
  assert.equal(status, 200, text);
  receipts.push(text);
}

async function hung(roles: readonly Role[], work: () => Promise<void>): Promise<void> {
  for (const role of roles) assert.ok(servers.signal(role, "SIGSTOP"));
  try {
    await work();
  } finally {
    for (const role of roles) servers.signal(role, "SIGCONT");
  }
}

const reads = async () => assert.equal((await ask(`${await servers.address("public")}checkpoint`)).status, 200);
const welcomes = async () => assert.equal((await ask(`${await servers.address("desk")}api/welcome`)).status, 200);

for (const victim of ["public", "desk", "publish"] as const) {
  test(`with ${victim} hung sheets are taken, and the others go on`, async () => {
    const sheet = await nextSheet();
    await hung([victim], async () => {
      await send(sheet);
      if (victim !== "public") await reads();
      if (victim !== "desk") await welcomes();
      if (victim !== "publish") await untilPublished(data);
    });
    await untilPublished(data);
  });
}

test("with the door hung the desk and all reading go on, and what is sent then is taken later", async () => {
  const sheet = await nextSheet();
  await hung(["intake"], async () => {
    await reads();
    await welcomes();
    await untilPublished(data);
  });
  await send(sheet);
});

test("with the core hung the door says when to come back, knows what it has, and forgets nothing; reading goes on", async () => {
  const [early, late] = [await nextSheet(), await nextSheet()];
  await send(early);
  await hung(["core"], async () => {
    const door = await servers.address("intake");
    const refused = await late.phone.send(door, late.note);
    assert.equal(refused.status, 503);
    assert.ok((refused.retryAfter ?? 0) > 0);
    assert.equal((await early.phone.send(door, early.note)).text, receipts.at(-1));
    await until("the door knows that nobody is there", async () => (await ask(`${door}health`)).status === 503);
    await reads();
    await welcomes();
    // A door that remembers nothing finds in the store what was taken.
    servers.kill("intake");
    const anew = await servers.address("intake");
    await until("it knows so too", async () => (await ask(`${anew}health`)).status === 503);
    const { text } = await early.phone.send(anew, early.note);
    assert.equal(promiseIn(text).index, promiseIn(receipts.at(-1) ?? "").index);
    assert.equal((await late.phone.send(anew, late.note)).status, 503);
    servers.lines.splice(0);
  });
  const door = await servers.address("intake");
  await until("the door is open again", async () => (await ask(`${door}health`)).status === 200);
  await send(late);
});

test("with everything else hung everybody can read", async () => {
  await hung(["intake", "desk", "core", "publish"], async () => {
    for (let i = 0; i < 20; i++) await reads();
  });
});

test("a core that is killed is back, and the door and the desk find it by themselves", async () => {
  const [before, after] = [await nextSheet(), await nextSheet()];
  await send(before);
  servers.kill("core");
  await servers.address("core");
  const door = await servers.address("intake");
  await until("the door has found the new core", async () => {
    const { status, text } = await after.phone.send(door, after.note);
    if (status === 200) receipts.push(text);
    else assert.equal(status, 503);
    return status === 200;
  });
  servers.lines.splice(0);
});
