/** When the screen moves, and when it must not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRoute } from "./route.ts";
import { REST, Session } from "./session.ts";
import { makeFixture, type Published } from "./testdata/fixture.ts";
import { Fault } from "./verify/fault.ts";
import { visitMemory } from "./verify/memory.ts";
import { Reader } from "./verify/verify.ts";

/** A session on a site whose files and clock the test moves. */
function sessionOn(edition: number) {
  const site: { files: Published; time: number; down: boolean; asked: string[] } = {
    files: makeFixture({ edition }).files,
    time: 0,
    down: false,
    asked: [],
  };
  const fetch = async (path: string) => {
    site.asked.push(path);
    if (site.down) throw new Fault("unreachable", path, "no answer");
    return site.files.get(path) ?? null;
  };
  const reader = new Reader({ fetch, memory: visitMemory, status: null });
  const session = new Session(
    reader,
    parseRoute("#/ppwp/41"),
    () => site.time,
    () => {},
  );
  return { site, session, shown: () => session.screen.snapshot?.edition.number };
}

test("newer data wait until the screen has rested a minute", async () => {
  const { site, session, shown } = sessionOn(3);
  await session.refresh();
  site.files = makeFixture({ edition: 4 }).files;
  site.time = REST - 1;
  await session.poll();
  assert.equal(shown(), 3);
  assert.equal(session.screen.newer, true);
  site.time = REST;
  await session.poll();
  assert.equal(shown(), 4);
  assert.equal(session.screen.newer, false);
});

test("the reader who asks gets newer data at once", async () => {
  const { site, session, shown } = sessionOn(3);
  await session.refresh();
  site.files = makeFixture({ edition: 4 }).files;
  await session.poll();
  await session.refresh();
  assert.equal(shown(), 4);
});

test("what was verified stays on the screen when nobody answers, and no alarm is raised", async () => {
  const { site, session, shown } = sessionOn(3);
  await session.refresh();
  site.down = true;
  site.time = REST;
  await session.poll();
  await session.refresh();
  assert.equal(shown(), 3);
  assert.equal(session.screen.trouble?.isAlarm, false);
  site.down = false;
  await session.poll();
  assert.equal(session.screen.trouble, null);
});

test("an alarm keeps the last verified state and stays until the reader checks again", async () => {
  const { site, session, shown } = sessionOn(6);
  await session.refresh();
  site.files = makeFixture({ edition: 7, fork: true }).files;
  site.time = REST;
  await session.poll();
  assert.equal(session.screen.trouble?.code, "forked");
  assert.equal(shown(), 6);
  site.files = makeFixture({ edition: 8 }).files;
  site.time = 3 * REST;
  await session.poll();
  assert.equal(session.screen.trouble?.code, "forked");
  await session.refresh();
  assert.equal(session.screen.trouble, null);
  assert.equal(shown(), 8);
});

test("to a child region the screen moves within its edition, for one file; the newest comes at its own time", async () => {
  const { site, session, shown } = sessionOn(3);
  await session.refresh();
  site.files = new Map([...makeFixture({ edition: 4 }).files, ...site.files]);
  site.asked.length = 0;
  await session.go(parseRoute("#/ppwp/41/4101"));
  assert.equal(session.screen.snapshot?.path.at(-1)?.region, "4101");
  assert.equal(shown(), 3);
  assert.equal(site.asked.length, 1);
  // Back again: everything is in hand.
  await session.go(parseRoute("#/ppwp/41"));
  assert.equal(session.screen.snapshot?.path.at(-1)?.region, "41");
  assert.equal(site.asked.length, 1);
});

test("of a newer edition only what changed is fetched", async () => {
  const { site, session, shown } = sessionOn(3);
  await session.go(parseRoute("#/ppwp/41/4101/410101"));
  // The same figures under a new number: nothing but the edition is new.
  site.files = makeFixture({ edition: 4 }).files;
  site.asked.length = 0;
  await session.refresh();
  assert.equal(shown(), 4);
  assert.deepEqual(
    site.asked.filter((path) => path.startsWith("now/") || path.startsWith("object/")),
    ["now/ppwp.json"],
  );
});

test("an answer for a page that was left meanwhile is dropped", async () => {
  const { session } = sessionOn(3);
  const first = session.refresh();
  const second = session.go(parseRoute("#/dpr/41/4101"));
  await Promise.all([first, second]);
  assert.equal(session.screen.snapshot?.path.at(-1)?.region, "4101");
  assert.equal(session.screen.snapshot?.contest, "dpr");
});
