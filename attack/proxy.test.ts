import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { loopbackOnly } from "./loopback.ts";
import { FaultProxy } from "./proxy.ts";
import { requestOf, Wire } from "./wire.ts";

let asked = 0;
const server = createServer((request, response) => {
  asked++;
  request.resume().on("end", () => response.end("well"));
});
let proxy: FaultProxy;
before(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  proxy = await FaultProxy.before({ host: "127.0.0.1", port: (server.address() as AddressInfo).port });
});
after(async () => {
  await proxy.close();
  server.closeAllConnections();
  server.close();
});

const open = () => new Wire(loopbackOnly(proxy.address));
const REQUEST = requestOf("POST", "/", {}, new Uint8Array(1_000));

test("what goes through undisturbed arrives as it is", async () => {
  proxy.fault = { kind: "none" };
  const wire = open();
  assert.deepEqual((await wire.ask(REQUEST))?.body, "well");
  wire.close();
});

test("a cut ends what stands and lets nobody in", async () => {
  proxy.fault = { kind: "none" };
  const wire = open();
  await wire.ask(REQUEST);
  proxy.fault = { kind: "cut" };
  assert.equal(await wire.ask(REQUEST), null);
  assert.equal(await open().ask(REQUEST), null);
});

test("half open, the server gets the request and the client never its answer", async () => {
  proxy.fault = { kind: "half-open" };
  const before = asked;
  const wire = open();
  const answer = wire.ask(REQUEST);
  await once(server, "request");
  assert.equal(asked, before + 1);
  wire.close();
  assert.equal(await answer, null);
});

test("a reset comes in the middle of the request", async () => {
  proxy.fault = { kind: "reset", after: 100 };
  const before = asked;
  assert.equal(await open().ask(REQUEST), null);
  assert.equal(asked, before);
});

for (const fault of [{ kind: "latency", milliseconds: 20 } as const, { kind: "drip", bytes: 50_000 } as const]) {
  test(`with ${fault.kind} everything arrives, only later`, async () => {
    proxy.fault = fault;
    const wire = open();
    assert.equal((await wire.ask(REQUEST))?.body, "well");
    wire.close();
  });
}
