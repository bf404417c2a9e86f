import assert from "node:assert/strict";
import { test } from "node:test";
import { loopbackOnly, NotLoopback } from "./loopback.ts";

test("addresses of this machine may be attacked", () => {
  assert.deepEqual(loopbackOnly("http://127.0.0.1:8081/"), { host: "127.0.0.1", port: 8081 });
  assert.deepEqual(loopbackOnly("http://127.9.8.7:1/"), { host: "127.9.8.7", port: 1 });
  assert.deepEqual(loopbackOnly("http://[::1]:8081/"), { host: "::1", port: 8081 });
});

for (const other of [
  "http://10.0.0.1/",
  "http://192.168.1.7:8081/",
  "http://128.0.0.1/",
  "http://[2001:db8::1]/",
  "http://[::ffff:10.0.0.1]/",
  "http://0.0.0.0:8081/",
  "http://kpu.example/",
  "http://localhost:8081/",
  "http://127.0.0.1.example/",
]) {
  test(`${other} is refused before a byte is sent`, () => {
    assert.throws(() => loopbackOnly(other), NotLoopback);
  });
}
