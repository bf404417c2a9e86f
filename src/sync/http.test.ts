import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, request as httpRequest } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, test } from "node:test";
import { keyOf, ORIGIN } from "../core/testing.ts";
import { Endpoints, signEndpoints } from "../election/endpoints.ts";
import { ed25519Verifier } from "../ledger/note.ts";
import { keyName } from "../ledger/statement.ts";
import { StoreFull } from "../store/store.ts";
import { Answerer } from "./answerer.ts";
import { Contacts, signContact } from "./contact.ts";
import { converseOver, keepInSync, MAX_BODY, SyncAway, syncHandler } from "./http.ts";
import { encodeMessages, type Message } from "./messages.ts";
import { genesisOf, HALL_LOG, handedOver, type Place, pause, REGION, sizes } from "./testing.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** The centre over HTTP; the address. */
const serve = (centre: Place): Promise<string> => serveWith(centre, new Answerer({ replica: centre.replica }));

/** Resolves when something that nobody announces has come about. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise(setImmediate);
}

async function serveWith({ replica }: Place, answerer: Answerer, seen = { requests: 0, bodies: 0 }): Promise<string> {
  const contacts = new Contacts(replica, () => 1);
  const speaker = (note: Uint8Array) => contacts.speaker(note);
  const handle = syncHandler({ answerer, speaker, random: () => 0, log: assert.fail });
  const server = createServer((request, response) => {
    seen.requests++;
    request.on("end", () => seen.bodies++);
    if (!handle(request, response)) response.writeHead(404).end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const forever = new AbortController().signal;

test("a laptop and the centre come to the same over HTTP", async () => {
  const { centre, laptop } = await handedOver();
  for (let panel = 0; panel < 300; panel++) await pause(laptop, panel);
  const url = await serve(centre);
  const outcome = await converseOver(url, { replica: laptop.replica, region: REGION }, { signal: forever });
  assert.equal(outcome.complete, true);
  assert.deepEqual(await sizes(laptop), await sizes(centre));
});

test("an upload without end is cut, one too long or of unknown length not begun", async () => {
  const { centre } = await handedOver();
  const url = await serve(centre);
  const statusOf = (headers: Record<string, string>, body: string) =>
    new Promise<number | undefined>((resolve) => {
      const request = httpRequest(`${url}sync`, { method: "POST", headers });
      request.on("response", ({ statusCode }) => resolve(statusCode));
      request.on("error", () => resolve(undefined));
      request.end(body);
    });
  assert.equal(await statusOf({ "content-length": String(MAX_BODY + 1) }, ""), 413);
  assert.equal(await statusOf({ "transfer-encoding": "chunked" }, "x"), 411);
  assert.equal(await statusOf({ "content-length": "3" }, "abc"), 400);
  const { port } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  socket.write(`POST /sync HTTP/1.1\r\nHost: x\r\nContent-Length: ${MAX_BODY * 2}\r\n\r\n`);
  socket.on("error", () => undefined);
  const closed = new Promise((resolve) => socket.on("close", resolve));
  const pour = () => {
    while (!socket.destroyed && socket.write(new Uint8Array(2 ** 16)));
  };
  socket.on("drain", pour);
  pour();
  await closed;
  const stranger = await statusOf({ "content-length": "0" }, "");
  assert.equal(stranger, 200, "the others are served as before");
});

/** A centre that answers nothing before it is released, and what kinds of messages it was asked to answer, in order. */
async function heldCentre(centre: Place) {
  const { promise, resolve: release } = Promise.withResolvers<void>();
  const answerer = new Answerer({ replica: centre.replica });
  const asked: string[] = [];
  const seen = { requests: 0, bodies: 0 };
  const slow = {
    async answer(messages: readonly Message[]) {
      asked.push(messages.map(({ kind }) => kind).join());
      await promise;
      return answerer.answer(messages);
    },
  } as Answerer;
  const url = await serveWith(centre, slow, seen);
  return { url, asked, release, arrived: (count: number) => until(() => seen.bodies === count) };
}

test("more requests than are answered at a time wait for their turn, and none of them is refused", async () => {
  const { centre, laptop } = await handedOver();
  const { url, asked, release } = await heldCentre(centre);
  const conversations = Array.from({ length: 12 }, () =>
    converseOver(url, { replica: laptop.replica, region: REGION }, { signal: forever }),
  );
  await until(() => asked.length === 1);
  release();
  for (const { complete } of await Promise.all(conversations)) assert.equal(complete, true);
  assert.ok(asked.length >= 12);
});

test("who has brought entries has a turn before who only begins, however late", async () => {
  const { centre, laptop } = await handedOver();
  await pause(laptop, 1);
  const { url, asked, release, arrived } = await heldCentre(centre);
  const beginning: Message = { kind: "want", log: HALL_LOG, from: 0 };
  const chunk = await laptop.replica.chunkFrom(HALL_LOG, 0);
  assert.ok(chunk);
  const answers: Promise<Response>[] = [];
  for (const message of [...new Array<Message>(6).fill(beginning), { kind: "chunk", ...chunk } as const]) {
    answers.push(fetch(`${url}sync`, { method: "POST", body: new Uint8Array(encodeMessages([message])) }));
    await arrived(answers.length);
  }
  release();
  for (const answer of answers) assert.equal((await answer).status, 200);
  assert.deepEqual(asked, ["want", "chunk", "want", "want", "want", "want", "want"]);
});

test("nobody waits for somebody else's slow line", async () => {
  const { centre, laptop } = await handedOver();
  const seen = { requests: 0, bodies: 0 };
  const url = await serveWith(centre, new Answerer({ replica: centre.replica }), seen);
  for (let i = 0; i < 8; i++) {
    const slow = httpRequest(`${url}sync`, { method: "POST", headers: { "content-length": "1000" } });
    slow.on("error", () => undefined).write("x");
    closing.push(() => slow.destroy());
  }
  await until(() => seen.requests === 8);
  const { complete } = await converseOver(url, { replica: laptop.replica, region: REGION }, { signal: forever });
  assert.equal(complete, true);
});

test("however many strangers come and however slowly they send, a hall has its turn", async () => {
  const { centre, laptop } = await handedOver();
  const url = await serve(centre);
  const { port } = new URL(url);
  const sockets = Array.from({ length: 40 }, () => {
    const socket = connect(Number(port), "127.0.0.1").on("error", () => undefined);
    socket.write("POST /sync HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\nx");
    return socket;
  });
  // Beyond the place and the seats of strangers they are sent away: then all the others are taken.
  await Promise.race(sockets.map((socket) => new Promise((resolve) => socket.on("data", resolve))));
  await pause(laptop, 1);
  const contact = () => signContact(laptop.replica, REGION, 1);
  const { complete } = await converseOver(
    url,
    { replica: laptop.replica, region: REGION, contact },
    { signal: forever },
  );
  assert.equal(complete, true);
  assert.deepEqual(await sizes(laptop), await sizes(centre));
  for (const socket of sockets) socket.destroy();
});

test("a hall has one turn at a time: what was overheard of it takes the turn of no other", async () => {
  const { centre, laptop } = await handedOver();
  const { url, asked, release } = await heldCentre(centre);
  const contact = () => signContact(laptop.replica, REGION, 1);
  const ask = () => converseOver(url, { replica: laptop.replica, region: REGION, contact }, { signal: forever });
  const first = ask();
  await until(() => asked.length === 1);
  await assert.rejects(ask(), SyncAway);
  release();
  assert.equal((await first).complete, true);
});

test("where one address is dead the next is tried, and the list itself may be renewed on the way", async () => {
  const { world, centre, laptop } = await handedOver();
  const url = await serve(centre);
  const { electionTag, centre: key } = genesisOf(world);
  const endpoints = new Endpoints({ centre: ed25519Verifier(keyName(ORIGIN, key), key), electionTag, random: () => 0 });
  const list = (number: number, urls: string[]) =>
    signEndpoints({ election: electionTag, number, time: 1, urls }, keyOf("centre").signer);
  endpoints.learn(list(1, ["http://127.0.0.1:9/", url]));
  endpoints.learn(list(0, ["http://older.example/"]));
  endpoints.learn(signEndpoints({ election: electionTag, number: 9, time: 1, urls: ["http://x/"] }, keyOf("x").signer));
  await pause(laptop, 1);
  const stopping = new AbortController();
  const tried: [string | null, boolean][] = [];
  await keepInSync({
    replica: laptop.replica,
    region: REGION,
    endpoints,
    signal: stopping.signal,
    every: 1,
    report: (at, outcome) => {
      const isDone = !(outcome instanceof Error) && outcome.complete;
      tried.push([at, isDone]);
      if (isDone) stopping.abort();
    },
  });
  assert.deepEqual(tried, [
    ["http://127.0.0.1:9/", false],
    [url, true],
  ]);
  assert.equal((await centre.store.head(HALL_LOG))?.size, (await laptop.store.head(HALL_LOG))?.size);
});

test("a full disk ends no exchange: what was said is said again, and comes in once there is room", async () => {
  const { world, centre, laptop } = await handedOver();
  const url = await serve(centre);
  await world.grant("other chair", "7102", "chair");
  const { electionTag, centre: key } = genesisOf(world);
  const endpoints = new Endpoints({ centre: ed25519Verifier(keyName(ORIGIN, key), key), electionTag, random: () => 0 });
  endpoints.learn(signEndpoints({ election: electionTag, number: 1, time: 1, urls: [url] }, keyOf("centre").signer));
  const take = laptop.replica.take.bind(laptop.replica);
  laptop.replica.take = () => Promise.reject(new StoreFull("store.db"));
  const stopping = new AbortController();
  const outcomes: string[] = [];
  await keepInSync({
    replica: laptop.replica,
    region: REGION,
    endpoints,
    signal: stopping.signal,
    every: 1,
    report: (_, outcome) => {
      outcomes.push(outcome instanceof Error ? outcome.name : String(outcome.complete));
      laptop.replica.take = take;
      if (outcomes.at(-1) === "true") stopping.abort();
    },
  });
  assert.deepEqual(outcomes, ["StoreFull", "true"]);
  assert.deepEqual(await sizes(laptop), await sizes(centre));
});

test("the longer it fails the longer it may wait, and never less than it was asked to", () => {
  const bounds: number[] = [];
  const centre = ed25519Verifier("x", keyOf("centre").signer.publicKey);
  const endpoints = new Endpoints({ centre, electionTag: "", random: () => 0.999 });
  for (let i = 0; i < 12; i++) bounds.push(endpoints.failed());
  assert.deepEqual(
    bounds,
    [...bounds].sort((a, b) => a - b),
  );
  assert.ok((bounds.at(-1) ?? 0) <= 60_000 && (bounds.at(-1) ?? 0) > 50_000);
  assert.ok(endpoints.failed(5_000) >= 5_000);
});
