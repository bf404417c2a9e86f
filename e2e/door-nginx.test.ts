/** The nginx configuration before the door, as it is shipped: who has no pass ends there, and what ends there is told what to do. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { type ClientRequest, createServer, type IncomingHttpHeaders } from "node:http";
import { request } from "node:https";
import { type AddressInfo, connect } from "node:net";
import { after, before, beforeEach, test } from "node:test";
import { ENCODED, NO_LENGTH, NO_PASS, NOT_FOUND } from "../src/intake/answers.ts";
import { EPOCH, PASS_LIFE, PassOffice } from "../src/intake/pass.ts";
import { hasNjs, type Nginx, startNginxDoor } from "./nginx.ts";

const secret = new Uint8Array(32).fill(7);
let now = Date.now();
const office = (own = secret) => new PassOffice({ secret: own, clock: () => now, random: () => new Uint8Array(16) });

/** What came through to the door. */
const arrived: { url: string; authorization: string | undefined; body: string }[] = [];
let status = 200;
const door = createServer((asked, answer) => {
  let body = "";
  asked.setEncoding("utf8").on("data", (part: string) => {
    body += part;
  });
  asked.on("end", () => {
    arrived.push({ url: asked.url ?? "", authorization: asked.headers.authorization, body });
    if (status !== 200) answer.setHeader("retry-after", "7");
    answer.writeHead(status, { "content-type": "text/plain" }).end("the door's word");
  });
});
let nginx: Nginx;

before(async () => {
  if (!hasNjs) return;
  door.listen(0, "127.0.0.1");
  await once(door, "listening");
  nginx = await startNginxDoor({ port: (door.address() as AddressInfo).port, secret }, { tls: true });
});
after(async () => {
  await nginx?.close();
  door.closeAllConnections();
  door.close();
});
beforeEach(() => {
  arrived.length = 0;
  status = 200;
  now = Date.now();
});

const withNginx = (name: string, run: () => Promise<void>) =>
  test(name, { skip: hasNjs ? false : "nginx with njs (libnginx-mod-http-js) is not installed" }, run);

interface Reply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

function send(
  path: string,
  headers: Record<string, string>,
  write: (sent: ClientRequest) => void,
  method = "POST",
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const url = new URL(path, nginx.url);
    const sent = request(url, { method, headers, agent: false, rejectUnauthorized: false }, (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (part: string) => {
        body += part;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on("error", reject);
    write(sent);
  });
}

const post = (path: string, body: string, headers: Record<string, string> = {}) =>
  send(path, { "content-length": String(Buffer.byteLength(body)), ...headers }, (sent) => sent.end(body));
const withPass = (pass: string) => ({ authorization: `Teguh ${pass}` });

withNginx("a sheet with a pass of this node goes through as it is", async () => {
  const pass = office().issue("0123456789abcdef", "5101012001001");
  assert.equal((await post("/sheet?expect=latest", "a sheet", withPass(pass))).body, "the door's word");
  assert.deepEqual(arrived, [{ url: "/sheet?expect=latest", authorization: `Teguh ${pass}`, body: "a sheet" }]);
});

withNginx("a pass of the epoch before is good at the edge for as long as at the door", async () => {
  now = Date.now() - PASS_LIFE + 60_000;
  const pass = office().issue("0123456789abcdef", "5101012001001");
  assert.ok(Math.floor(now / EPOCH) < Math.floor(Date.now() / EPOCH));
  assert.equal((await post("/sheet", "a sheet", withPass(pass))).status, 200);
});

withNginx("without a pass, with a forged, another node's or an old one, nothing reaches the door", async () => {
  const pass = office().issue("0123456789abcdef", "5101012001001");
  const last = pass.at(-1) === "A" ? "B" : "A";
  const other = office(new Uint8Array(32).fill(8)).issue("0123456789abcdef", "5101012001001");
  now = Date.now() - PASS_LIFE - 1_000;
  const old = office().issue("0123456789abcdef", "5101012001001");
  const renamed = pass.replace("0123456789abcdef", "0123456789abcdee");
  const attempts = [{}, ...[`${pass.slice(0, -1)}${last}`, other, old, renamed, "", "x.y.z"].map(withPass)];
  for (const headers of attempts) {
    const reply = await post("/sheet", "a sheet", headers);
    assert.deepEqual([reply.status, reply.body], [401, NO_PASS.body], JSON.stringify(headers));
  }
  assert.deepEqual(arrived, []);
});

withNginx(
  "a body without a length, packed, or too long is refused by its headers, in the door's own words",
  async () => {
    const pass = withPass(office().issue("0123456789abcdef", "5101012001001"));
    const pieces = await send("/sheet", { "transfer-encoding": "chunked", ...pass }, (sent) => sent.end("a sheet"));
    assert.deepEqual([pieces.status, pieces.body], [411, NO_LENGTH.body]);
    const packed = await post("/sheet", "a sheet", { "content-encoding": "gzip", ...pass });
    assert.deepEqual([packed.status, packed.body], [415, ENCODED.body]);
    const length = { "content-length": "65536", ...pass };
    assert.equal((await send("/sheet", length, (sent) => sent.flushHeaders())).status, 413);
    assert.deepEqual(arrived, []);
  },
);

withNginx("a piece of a photograph goes the same way, and needs the same pass", async () => {
  const pass = office().issue("0123456789abcdef", "5101012001001");
  const piece = (headers: Record<string, string>) =>
    send("/photo/1", { "content-length": "5", ...headers }, (sent) => sent.end("piece"), "PATCH");
  assert.equal((await piece({})).status, 401);
  assert.equal((await piece(withPass(pass))).status, 200);
  assert.deepEqual(
    arrived.map(({ url, body }) => [url, body]),
    [["/photo/1", "piece"]],
  );
});

withNginx("what is not of the door is not there, and other methods are refused", async () => {
  const reply = await post("/desk", "x");
  assert.deepEqual([reply.status, reply.body], [404, NOT_FOUND.body]);
  assert.equal((await send("/sheet", {}, (sent) => sent.end(), "GET")).status, 405);
  assert.deepEqual(arrived, []);
});

withNginx("a challenge can be asked for without a pass", async () => {
  assert.equal((await send("/pass", {}, (sent) => sent.end(), "GET")).status, 200);
  assert.equal(arrived[0]?.url, "/pass");
});

withNginx("what the door itself refuses comes back in its own words, with its own time to wait", async () => {
  for (status of [429, 503, 507]) {
    const reply = await post("/sheet", "a sheet", withPass(office().issue("0123456789abcdef", "5101012001001")));
    assert.deepEqual([reply.status, reply.body, reply.headers["retry-after"]], [status, "the door's word", "7"]);
  }
});

withNginx("half a body never reaches the door", async () => {
  const pass = office().issue("0123456789abcdef", "5101012001001");
  const headers = { "content-length": "800", ...withPass(pass) };
  const slow = send("/sheet", headers, (sent) => sent.write("the beginning of a sheet"));
  // Asked afterwards on another connection and answered: by then the first would have come through, too.
  await post("/sheet", "a whole sheet", withPass(pass));
  assert.deepEqual(
    arrived.map(({ body }) => body),
    ["a whole sheet"],
  );
  await slow.then(
    ({ status: late }) => assert.equal(late, 408),
    () => undefined,
  );
  assert.equal(arrived.length, 1);
});

withNginx("with the door away a phone is told when to come back, and not all are told the same", async () => {
  const own = createServer().listen(0, "127.0.0.1");
  await once(own, "listening");
  const { port } = own.address() as AddressInfo;
  own.close();
  const alone = await startNginxDoor({ port, secret }, { tls: false });
  try {
    const url = `${alone.url}sheet`;
    const headers = withPass(office().issue("0123456789abcdef", "5101012001001"));
    const waits = new Set<number>();
    for (let i = 0; i < 40; i++) {
      const reply = await fetch(url, { method: "POST", body: "a sheet", headers });
      assert.equal(reply.status, 503);
      assert.match(await reply.text(), /Coba lagi/);
      waits.add(Number(reply.headers.get("retry-after")));
    }
    assert.ok(waits.size > 2 && [...waits].every((wait) => wait >= 2 && wait <= 9), [...waits].join());
  } finally {
    await alone.close();
  }
});

withNginx("headers over four kilobytes and another protocol end at once", async () => {
  const pass = office().issue("0123456789abcdef", "5101012001001");
  assert.equal((await post("/sheet", "x", { ...withPass(pass), "x-long": "h".repeat(9_000) })).status, 400);
  const socket = connect(Number(new URL(nginx.url).port), "127.0.0.1");
  socket.on("error", () => undefined);
  socket.end("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  socket.resume();
  await once(socket, "close");
  assert.deepEqual(arrived, []);
});
