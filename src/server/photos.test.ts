// The door for photos as phones meet it: over HTTP, with the tus client that a phone uses, through a wire that breaks.
import assert from "node:assert/strict";
import { once } from "node:events";
import { request } from "node:http";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { type TestContext, test } from "node:test";
import { DetailedError, Upload } from "tus-js-client";
import { sendPhoto } from "../client/photo.ts";
import { jpeg, segment } from "../election/testing/photos.ts";
import { utf8 } from "../ledger/bytes.ts";
import { type Hash, hashHex } from "../ledger/hash.ts";
import type { PhotoDoorOptions } from "../photos/photo-door.ts";
import {
  DEVICE,
  LARGE,
  LIST,
  LIST_HASH,
  metadataOf,
  type PhotoRoom,
  photoRoom,
  SMALL,
} from "../photos/testing/photo-room.ts";
import { type PhotoServerOptions, photoServer } from "./photos.ts";

const PASS = "a pass";
const AUTHORIZED = { authorization: `Teguh ${PASS}` };

interface Place extends PhotoRoom {
  readonly port: number;
  readonly figures: ReturnType<typeof photoServer>["figures"];
  /** Sends a photo as a phone does; `port`: by another way. Rejects with DetailedError. */
  send(bytes: Uint8Array, port?: number, name?: Record<string, string>): Promise<void>;
  ask(method: string, path: string, headers?: Record<string, string>, body?: Uint8Array): Promise<Reply>;
  /** Ends the server and starts another on the same folder. */
  restart(options?: Partial<PhotoDoorOptions>): Promise<void>;
}

interface Reply {
  readonly status: number;
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly text: string;
}

async function place(t: TestContext, options: Partial<PhotoServerOptions & PhotoDoorOptions> = {}): Promise<Place> {
  const room = await photoRoom(t);
  const begin = (change: Partial<PhotoDoorOptions> = {}) =>
    photoServer({
      door: room.open({ ...options, ...change }),
      holderOf: (pass) => (pass === PASS ? { device: DEVICE, bucket: DEVICE } : null),
      take: () => 0,
      random: () => 0.5,
      log: (line) => assert.fail(line),
      ...options,
    });
  let running = begin();
  running.server.listen(0);
  await once(running.server, "listening");
  const { port } = running.server.address() as AddressInfo;
  const stop = async () => {
    running.server.close();
    running.server.closeAllConnections();
    await once(running.server, "close");
  };
  t.after(stop);
  return {
    ...room,
    port,
    figures: () => running.figures(),
    send: (bytes, way = port, name = metadataOf(hashHex(bytes))) => sendByTus(bytes, way, name),
    ask: (method, path, headers = {}, body) => ask(port, method, path, { ...AUTHORIZED, ...headers }, body),
    async restart(change) {
      await stop();
      running = begin(change);
      running.server.listen(port);
      await once(running.server, "listening");
    },
  };
}

function sendByTus(bytes: Uint8Array, port: number, metadata: Record<string, string>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const endpoint = `http://127.0.0.1:${port}/photo`;
  new Upload(Buffer.from(bytes), {
    endpoint,
    uploadUrl: `${endpoint}/${metadata.paper}`,
    metadata,
    headers: AUTHORIZED,
    retryDelays: null,
    onSuccess: () => resolve(),
    onError: reject,
  }).start();
  return promise;
}

function ask(port: number, method: string, path: string, headers: Record<string, string>, body?: Uint8Array) {
  const { promise, resolve, reject } = Promise.withResolvers<Reply>();
  const asked = request({ port, method, path, headers: { "tus-resumable": "1.0.0", ...headers } }, (response) => {
    let text = "";
    response.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
  });
  asked.on("error", reject);
  asked.end(body);
  return promise;
}

/** A wire to a port that breaks after so many bytes of what is sent through it. */
async function breakingWire(t: TestContext, port: number, after: number): Promise<number> {
  const sockets = new Set<Socket>();
  const wire = createServer((near) => {
    const far = connect(port);
    let left = after;
    near.on("data", (part) => {
      far.write(part.subarray(0, left));
      left -= part.length;
      if (left <= 0) for (const end of [near, far]) end.destroySoon();
    });
    far.pipe(near);
    for (const end of [near, far]) sockets.add(end.on("error", () => undefined));
  });
  wire.listen(0);
  await once(wire, "listening");
  t.after(() => {
    for (const socket of sockets) socket.destroy();
    wire.close();
  });
  return (wire.address() as AddressInfo).port;
}

const creation = (paper: Hash, size: number, change: Record<string, string> = {}) => ({
  "upload-length": String(size),
  "upload-metadata": Object.entries({ ...metadataOf(paper), ...change })
    .map(([key, value]) => `${key} ${Buffer.from(value).toString("base64")}`)
    .join(","),
});

/** The code of the refusal that tus's client met. */
async function refusedAs(sending: Promise<void>): Promise<string> {
  const error = await sending.then(
    () => assert.fail("it was taken"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof DetailedError, String(error));
  return (JSON.parse(error.originalResponse?.getBody() ?? "") as { faults: { code: string }[] }).faults[0]?.code ?? "";
}

test("a list and its pages, sent by the client that phones use, stand where the statement's hashes point", async (t) => {
  const photos = await place(t);
  await photos.report();
  for (const bytes of [LIST, LARGE, SMALL]) await photos.send(bytes);
  assert.deepEqual(photos.published(), [LIST, LARGE, SMALL].map(hashHex).sort());
  assert.deepEqual(photos.left(), []);
  const { published, publishedBytes } = photos.figures();
  assert.deepEqual([published, publishedBytes], [3, LIST.length + LARGE.length + SMALL.length]);
  // Sent again, nothing is uploaded: the first question is answered with all of it.
  await photos.send(LARGE);
  assert.equal(photos.figures().published, 3);
});

test("a photo that is cut off in the middle goes on where it was, also after both ends have died in between", async (t) => {
  // One place: a body that was cut off must not keep it.
  const photos = await place(t, { bodies: 1 });
  await photos.report();
  await photos.send(LIST);
  const wire = await breakingWire(t, photos.port, 200_000);
  await assert.rejects(photos.send(LARGE, wire));
  const paper = `/photo/${hashHex(LARGE)}`;
  const offsetOf = async () => Number((await photos.ask("HEAD", paper)).headers["upload-offset"]);
  const kept = await offsetOf();
  await photos.send(SMALL);
  assert.ok(kept > 0 && kept < LARGE.length, `${kept} bytes were kept`);
  await photos.restart();
  assert.equal(await offsetOf(), kept);
  // So much is left to send that a wire which carries only that is enough.
  await photos.send(LARGE, await breakingWire(t, photos.port, LARGE.length - kept + 4_000));
  assert.deepEqual(photos.published(), [LIST, SMALL, LARGE].map(hashHex).sort());
});

test("the library that phones send with goes on where a wire has broken, and says what a door says", async (t) => {
  const photos = await place(t);
  const host = (port: number) => `http://127.0.0.1:${port}/`;
  const signal = new AbortController().signal;
  const deliver = (bytes: Uint8Array, pass = PASS, port = photos.port) =>
    sendPhoto(host(port), metadataOf(hashHex(bytes)), bytes, pass, signal);
  assert.deepEqual(await deliver(LIST), { kind: "later", milliseconds: 90_000 }, "no sheet names it yet");
  await photos.report();
  assert.deepEqual(await deliver(LIST), { kind: "published" });
  assert.deepEqual(await deliver(SMALL, "another pass"), { kind: "no-pass" });
  const big = jpeg({ extra: Array.from({ length: 20 }, () => segment(0xe2, new Uint8Array(60_000))) });
  const unlisted = await deliver(big);
  assert.deepEqual(unlisted.kind === "refused" && unlisted.reasons.map(({ code }) => code), ["not-in-list"]);
  assert.deepEqual(await deliver(LARGE, PASS, await breakingWire(t, photos.port, 200_000)), { kind: "away" });
  assert.deepEqual(await deliver(LARGE), { kind: "published" });
  assert.deepEqual(await deliver(LARGE), { kind: "published" });
  const stopped = AbortSignal.abort();
  assert.deepEqual(await sendPhoto(host(1), metadataOf(LIST_HASH), LIST, PASS, stopped), { kind: "away" });
});

test("without a pass nothing is read: the answer comes before the body, and the connection ends", async (t) => {
  const photos = await place(t);
  const socket = connect(photos.port);
  const head = ["POST /photo HTTP/1.1", "Host: x", "Tus-Resumable: 1.0.0", "Upload-Length: 9", "Content-Length: 9000"];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  let answer = "";
  for await (const part of socket) answer += String(part);
  assert.match(answer, /^HTTP\/1\.1 401 /);
  assert.match(answer, /"code":"no-pass"/);
  assert.deepEqual(photos.left(), []);
});

test("a device that asks too often is told how long to wait, and so is one that finds every place taken", async (t) => {
  const often = await place(t, { take: () => 4_200 });
  const asked = await often.ask("HEAD", `/photo/${LIST_HASH}`);
  assert.deepEqual([asked.status, asked.headers["retry-after"]], [429, "8"]);
  const busy = await place(t, { bodies: 0 });
  const begun = await busy.ask("POST", "/photo", creation(LIST_HASH, LIST.length));
  assert.deepEqual([begun.status, begun.headers["retry-after"]], [503, "30"]);
});

test("what is no photo, carries metadata, or is not what its hash says is refused in words, and nothing of it stays", async (t) => {
  const photos = await place(t);
  await photos.report();
  await photos.send(LIST);
  const metadata = jpeg({ extra: [segment(0xe1, utf8("Exif\0\0 at home"))] });
  const other = { list: hashHex(utf8("a list that is not here")) };
  const codes = [
    await refusedAs(photos.send(metadata, undefined, { ...metadataOf(hashHex(metadata)), ...other })),
    await refusedAs(photos.send(utf8("GIF89a"), undefined, { ...metadataOf(hashHex(utf8("GIF89a"))), ...other })),
    await refusedAs(photos.send(SMALL.toReversed(), undefined, metadataOf(hashHex(SMALL)))),
    await refusedAs(photos.send(metadata)),
  ];
  assert.deepEqual(codes, ["metadata", "not-a-photo", "wrong-hash", "not-in-list"]);
  assert.deepEqual(photos.published(), [LIST_HASH]);
  assert.deepEqual(photos.left(), []);
  assert.deepEqual(
    [...photos.figures().refused],
    codes.map((code) => [code, 1] as const),
  );
});

test("a photo whose sheet has not come is kept, says so, and is published by the next question after the sheet", async (t) => {
  const photos = await place(t);
  assert.equal(await refusedAs(photos.send(LIST)), "unnamed");
  const waiting = await photos.ask("HEAD", `/photo/${LIST_HASH}`);
  assert.deepEqual([waiting.status, waiting.headers["retry-after"]], [423, "90"]);
  await photos.report();
  const done = await photos.ask("HEAD", `/photo/${LIST_HASH}`);
  assert.deepEqual([done.status, done.headers["upload-offset"]], [200, String(LIST.length)]);
  assert.deepEqual(photos.published(), [LIST_HASH]);
});

test("addresses and names that lead elsewhere lead nowhere", async (t) => {
  const photos = await place(t);
  await photos.report();
  await photos.send(LIST);
  for (const path of [
    "/photo/../../store.db",
    "/photo/%2e%2e%2fstore.db",
    "/photo/a",
    "/",
    "/photos",
    `/photo/${DEVICE}`,
  ]) {
    for (const method of ["HEAD", "PATCH", "DELETE", "GET", "PUT"]) {
      const { status } = await photos.ask(method, path, {
        "upload-offset": "0",
        "content-type": "application/offset+octet-stream",
      });
      assert.ok(status === 404 || status === 400, `${method} ${path}: ${status}`);
    }
  }
  for (const change of [{ paper: "../x" }, { list: "/etc/passwd" }, { station: "../../../x" }] as Record<
    string,
    string
  >[]) {
    assert.equal((await photos.ask("POST", "/photo", creation(hashHex(SMALL), 9, change))).status, 400);
  }
  assert.equal(
    (await photos.ask("POST", "/photo", { "upload-length": "9", "upload-metadata": "paper  ,," })).status,
    400,
  );
  assert.equal(
    (await photos.ask("POST", "/photo", { ...creation(hashHex(SMALL), 9), "upload-length": "1e99" })).status,
    400,
  );
  const deferred = { ...creation(hashHex(SMALL), 9), "upload-defer-length": "1" };
  const { "upload-length": _, ...later } = deferred;
  assert.equal((await photos.ask("POST", "/photo", later)).status, 400);
  assert.deepEqual(photos.published(), [LIST_HASH]);
  assert.deepEqual(photos.left(), []);
});

test("what is uploaded cannot be read back here, and more than was declared is not taken", async (t) => {
  const photos = await place(t);
  const paper = hashHex(SMALL);
  const begun = await photos.ask("POST", "/photo", creation(paper, SMALL.length));
  assert.deepEqual([begun.status, begun.headers.location], [201, `/photo/${paper}`]);
  assert.equal((await photos.ask("GET", `/photo/${paper}`)).status, 404);
  const bytes = { "upload-offset": "0", "content-type": "application/offset+octet-stream" };
  const long = await photos.ask("PATCH", `/photo/${paper}`, bytes, new Uint8Array(SMALL.length + 1));
  assert.equal(long.status, 413);
  const { headers } = await photos.ask("HEAD", `/photo/${paper}`);
  assert.equal(headers["upload-offset"], "0");
});

test("a full disk budget refuses before a byte is sent, and says when to come again", async (t) => {
  const photos = await place(t, { limits: { bytes: 1_000 } });
  assert.equal(await refusedAs(photos.send(LARGE)), "full");
  const { status, headers } = await photos.ask("POST", "/photo", creation(hashHex(LARGE), LARGE.length));
  assert.deepEqual([status, headers["retry-after"]], [507, "450"]);
});
