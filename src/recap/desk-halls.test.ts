/** Halls that are watched: told at once of what anybody stated, and asking nothing of the logs while nobody states anything. */
import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { Standings } from "../core/standings.ts";
import { openWorld } from "../core/testing.ts";
import type { RegionCode } from "../election/codes.ts";
import type { Store } from "../store/store.ts";
import { Halls } from "./desk-halls.ts";
import { Papers } from "./papers.ts";

const KEC = "710101" as RegionCode;

test("a look at quiet logs asks the store one thing, and one statement tells the watchers of the halls that it concerns", async () => {
  const world = await openWorld();
  const asked: string[] = [];
  const store = new Proxy(world.store, {
    get(from, name: keyof Store & string) {
      const method = from[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        asked.push(name);
        return method.apply(from, args);
      };
    },
  });
  const definition = () => world.model;
  const standings = new Standings(store, definition);
  await standings.load("pleno/0");
  const papers = new Papers(tmpdir(), (count) => new Uint8Array(count));
  const halls = new Halls({ store, core: world.sequencer, standings, definition, papers });
  let told = 0;
  const unwatch = await halls.watch(KEC, () => told++);
  await halls.look();
  await halls.look();
  asked.length = 0;
  for (let i = 0; i < 5; i++) await halls.look();
  assert.deepEqual(asked, ["end", "end", "end", "end", "end"]);
  told = 0;
  await world.grant("member", KEC, "member");
  await halls.look();
  assert.equal(told, 1);
  unwatch();
  await world.grant("operator", KEC, "operator");
  await halls.look();
  assert.equal(told, 1, "nobody watches any more");
  await halls.close();
});
