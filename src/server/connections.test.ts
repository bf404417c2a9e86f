/**
 * Which connection gives way at the limit.
 */
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { test } from "node:test";
import fc from "fast-check";
import { Connections } from "./connections.ts";

class Socket extends EventEmitter {
  destroyed = false;

  destroy(): void {
    this.destroyed = true;
    // As Node does: the event comes after the call.
    queueMicrotask(() => this.emit("close"));
  }
}

function open(connections: Connections<Socket>, count: number): Socket[] {
  return Array.from({ length: count }, () => {
    const socket = new Socket();
    connections.opened(socket);
    return socket;
  });
}
const alive = (sockets: readonly Socket[]) => sockets.map(({ destroyed }) => !destroyed);

test("at the limit the oldest connection goes on which nothing was shown", () => {
  const connections = new Connections<Socket>(3);
  const sockets = open(connections, 5);
  assert.deepEqual(alive(sockets), [false, false, true, true, true]);
  assert.equal(connections.figures.evicted, 2);
});

test("a connection that waits for an answer stays, however many come, and takes nobody's place", () => {
  const connections = new Connections<Socket>(3);
  const phones = open(connections, 3);
  for (const phone of phones) connections.busy(phone);
  const others = open(connections, 3);
  assert.deepEqual(alive(others), [true, true, true]);
  open(connections, 100);
  assert.deepEqual(alive(phones), [true, true, true]);
});

test("a connection that is refused again and again is to end; one let in now and then is not", () => {
  const connections = new Connections<Socket>(3);
  const [stranger, phone] = open(connections, 2);
  assert.ok(stranger && phone);
  const refusals = Array.from({ length: 256 }, () => connections.refused(stranger));
  assert.deepEqual([refusals.indexOf(true), refusals.at(-1)], [255, true]);
  for (let round = 0; round < 3; round++) {
    for (let i = 0; i < 255; i++) assert.equal(connections.refused(phone), false);
    connections.busy(phone);
    connections.answered(phone);
  }
});

test("phones that rest leave half of the places to those that come", () => {
  const connections = new Connections<Socket>(4);
  const resting = open(connections, 4);
  for (const socket of resting) {
    connections.busy(socket);
    connections.answered(socket);
  }
  const [first] = resting;
  if (first) {
    connections.busy(first);
    connections.answered(first);
  }
  const strangers = open(connections, 3);
  assert.deepEqual(
    [alive(resting), alive(strangers)],
    [
      [true, false, false, true],
      [false, true, true],
    ],
  );
});

test("whatever comes and goes, no more stay open than the limit and those that wait for an answer", async () => {
  const step = fc.record({ what: fc.constantFrom("open", "busy", "answered", "close"), which: fc.nat(50) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 80 }), async (steps) => {
      const connections = new Connections<Socket>(5);
      const sockets: Socket[] = [];
      const busy = new Set<Socket>();
      for (const { what, which } of steps) {
        const socket = sockets[which % Math.max(1, sockets.length)];
        if (what === "open") sockets.push(...open(connections, 1));
        else if (socket && !socket.destroyed && what === "busy") connections.busy(busy.add(socket) && socket);
        else if (socket && busy.has(socket) && what === "answered") {
          busy.delete(socket);
          connections.answered(socket);
        } else if (socket && !busy.has(socket) && what === "close") socket.destroy();
        await Promise.resolve();
        assert.ok([...busy].every(({ destroyed }) => !destroyed));
        const living = sockets.filter(({ destroyed }) => !destroyed).length;
        assert.ok(living <= 5 + busy.size, `${living} are open`);
        assert.equal(connections.figures.open, living);
      }
    }),
  );
});
