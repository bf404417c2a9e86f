import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, get } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";
import { Events } from "./desk-events.ts";
import { KEC, withDesk } from "./testing/desk.ts";

test("a stream whose reader goes away while the hall is being opened is over", async (t) => {
  const opening = Promise.withResolvers<void>();
  const goOn = Promise.withResolvers<void>();
  await withDesk(
    async ({ desk }) => {
      t.mock.timers.enable({ apis: ["setInterval"] });
      const events = new Events(desk, assert.fail);
      let asked = 0;
      const lasts = async () => ++asked > 0;
      const closed = Promise.withResolvers<void>();
      const streamed = Promise.withResolvers<void>();
      const server = createServer((request, response) => {
        response.on("close", closed.resolve);
        events.stream(request, response, KEC, lasts).then(streamed.resolve, streamed.reject);
      });
      server.listen(0, "127.0.0.1");
      await once(server, "listening");
      const reader = get({ port: (server.address() as AddressInfo).port, host: "127.0.0.1" });
      reader.on("error", () => undefined);
      await opening.promise;
      reader.destroy();
      await closed.promise;
      goOn.resolve();
      await streamed.promise;
      t.mock.timers.tick(60_000);
      assert.equal(asked, 0, "nobody asks any more whether its session lasts");
      events.close();
      server.close();
    },
    ({ sequencer }) => ({
      core: {
        append: (...args) => sequencer.append(...args),
        async see(...args) {
          opening.resolve();
          await goOn.promise;
          return sequencer.see(...args);
        },
      },
    }),
  );
});
