import assert from "node:assert/strict";
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { concat, utf8 } from "../ledger/bytes.ts";
import { hashHex } from "../ledger/hash.ts";
import { encodeEntry } from "../ledger/tiles.ts";
import { publicServer } from "./public.ts";

const folder = mkdtempSync(join(tmpdir(), "teguh-public-"));
const publicFolder = join(folder, "public");
const server = publicServer({ publicFolder, siteFolder: join(folder, "site") });

function put(path: string, bytes: Uint8Array | string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, bytes);
  return file;
}

interface Reply {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly body: Buffer;
}

/** A raw request: `fetch` would tidy the path and unpack gzip before we could look. */
function get(path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Reply> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: "127.0.0.1", path, method, headers, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    sent.on("error", reject).end();
  });
}

const LONG = JSON.stringify({ figures: new Array(400).fill(12) });
const objectPath = (text: string) => hashHex(utf8(text)).replace(/^(..)(.*)$/, "object/$1/$2.json");
const OBJECT = objectPath(LONG);

before(async () => {
  put(`public/${OBJECT}`, LONG);
  put("public/checkpoint", "pemilu.example/2029\n3\n");
  put("public/now/ppwp.json", '{"edition":1}');
  put("secret", "not for anyone");
  put("public/.hidden.new", "half written");
  put("site/index.html", "<!doctype html><title>Teguh</title>");
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
after(() => {
  server.close();
  server.closeAllConnections();
  rmSync(folder, { recursive: true });
});

test("what never changes may be cached for ever, what moves for seconds", async () => {
  assert.match(String((await get(`/${OBJECT}`)).headers["cache-control"]), /immutable/);
  for (const path of ["/checkpoint", "/now/ppwp.json", "/index.html"]) {
    assert.match(String((await get(path)).headers["cache-control"]), /max-age=2,.*stale-if-error/, path);
  }
});

test("the address alone gives the site's page", async () => {
  const { status, body, headers } = await get("/");
  assert.deepEqual([status, headers["content-type"]], [200, "text/html; charset=utf-8"]);
  assert.match(body.toString(), /Teguh/);
});

test("text travels packed the way that the reader likes best, and is the same text", async () => {
  const unpack = { br: brotliDecompressSync, gzip: gunzipSync };
  const cases = [
    ["gzip, deflate, br, zstd", "br"],
    ["gzip, deflate", "gzip"],
    ["gzip;q=1.0, br;q=0.5", "gzip"],
    ["BR;Q=0.8, gzip;q=0", "br"],
    ["*", "br"],
  ] as const;
  for (const [accepted, coding] of cases) {
    const { headers, body } = await get(`/${OBJECT}`, { "accept-encoding": accepted });
    assert.deepEqual([headers["content-encoding"], headers.vary], [coding, "accept-encoding"], accepted);
    assert.equal(unpack[coding](body).toString(), LONG);
  }
});

test("who accepts no packing gets the text as it is", async () => {
  for (const accepted of ["", "identity", "gzip;q=0", "gzip;q=0.000, br; q=0"]) {
    const { headers, body } = await get(`/${OBJECT}`, { "accept-encoding": accepted });
    assert.deepEqual([headers["content-encoding"], body.toString()], [undefined, LONG], accepted);
  }
});

test("what is asked for again is packed better, and is the same text with the same tag", async () => {
  const text = JSON.stringify(Array.from({ length: 3000 }, (_, i) => (i * i * 7919) % 10007));
  put(`public/${objectPath(text)}`, text);
  const ask = () => get(`/${objectPath(text)}`, { "accept-encoding": "br" });
  const first = await ask();
  let last = first;
  while (last.body.length >= first.body.length) last = await ask();
  assert.equal(brotliDecompressSync(last.body).toString(), text);
  assert.equal(last.headers.etag, first.headers.etag);
});

test("who has it in one packing is told so in any other", async () => {
  const { etag } = (await get(`/${OBJECT}`, { "accept-encoding": "gzip" })).headers;
  assert.equal((await get(`/${OBJECT}`, { "accept-encoding": "br", "if-none-match": String(etag) })).status, 304);
});

test("hash tiles, which are as good as random, travel as they are", async () => {
  put(
    "public/tile/0/003",
    new Uint8Array(256 * 32)
      .map((_, i) => (Math.imul(i + 1, 2654435761) >>> 13) & 255)
      .map((n, i) => n ^ ((i * i * 31) >> 5)),
  );
  const { headers } = await get("/tile/0/003", { "accept-encoding": "br, gzip" });
  assert.equal(headers["content-encoding"], undefined);
});

test("who has it already is told so, until it changes", async () => {
  const tag = String((await get("/now/ppwp.json")).headers.etag);
  assert.equal((await get("/now/ppwp.json", { "if-none-match": tag })).status, 304);
  put("public/now/ppwp.json", '{"edition":2}!');
  const next = await get("/now/ppwp.json", { "if-none-match": tag });
  assert.deepEqual([next.status, next.body.toString()], [200, '{"edition":2}!']);
});

test("HEAD answers as GET does, without the bytes", async () => {
  const head = await get("/checkpoint", {}, "HEAD");
  assert.deepEqual([head.status, head.headers["content-length"], head.body.length], [200, "22", 0]);
});

test("a partial tile has exactly the entries that its name says, whatever its file has grown to", async () => {
  const hashes = new Uint8Array(5 * 32).map((_, i) => i);
  const entries = ["a", "bb", "ccc", "dddd"].map((text) => encodeEntry(utf8(text)));
  const hashFile = put("public/tile/0/000.p/3", hashes);
  linkSync(hashFile, join(publicFolder, "tile/0/000.p/5"));
  put("public/log/tps/510303/tile/entries/x001/000.p/2", concat(...entries));
  assert.deepEqual((await get("/tile/0/000.p/3")).body, Buffer.from(hashes.subarray(0, 96)));
  assert.deepEqual((await get("/tile/0/000.p/5")).body, Buffer.from(hashes));
  const two = await get("/log/tps/510303/tile/entries/x001/000.p/2");
  assert.deepEqual(two.body, Buffer.from(concat(...entries.slice(0, 2))));
});

test("a partial tile whose file is still shorter than its name says is not there yet", async () => {
  put("public/tile/0/001.p/9", new Uint8Array(64));
  put("public/tile/entries/001.p/9", encodeEntry(utf8("a")));
  assert.equal((await get("/tile/0/001.p/9")).status, 404);
  assert.equal((await get("/tile/entries/001.p/9")).status, 404);
});

test("an object or a full tile that is only half written is not there yet, and then it is", async () => {
  const path = objectPath("whole");
  put(`public/${path}`, "who");
  put("public/tile/0/002", new Uint8Array(255 * 32));
  assert.deepEqual([(await get(`/${path}`)).status, (await get("/tile/0/002")).status], [404, 404]);
  put(`public/${path}`, "whole");
  put("public/tile/0/002", new Uint8Array(256 * 32));
  assert.deepEqual([(await get(`/${path}`)).status, (await get("/tile/0/002")).status], [200, 200]);
});

test("there is no way out of the folder, nor to a file half written", async () => {
  const paths = [
    "/../secret",
    "/now/../../secret",
    "/%2e%2e/secret",
    "//secret",
    "/.hidden.new",
    "/now/",
    "/a\\..\\secret",
  ];
  for (const path of paths) assert.equal((await get(path)).status, 404, path);
});

test("a large file comes whole", async () => {
  const photo = Buffer.alloc(3 * 2 ** 20, 7);
  put("public/photo/large.jpg", photo);
  const { status, headers, body } = await get("/photo/large.jpg");
  assert.deepEqual([status, headers["content-type"], body.equals(photo)], [200, "image/jpeg", true]);
});

test("only reading is answered", async () => {
  assert.equal((await get("/checkpoint", {}, "POST")).status, 405);
});

test("a photo is named by its hash alone, and served as what it is once it is whole", async () => {
  const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 2, 0xff, 0xd9]);
  const name = `photo/${hashHex(jpeg)}`;
  put(`public/${name}`, jpeg.subarray(0, 5));
  assert.equal((await get(`/${name}`)).status, 404);
  put(`public/${name}`, jpeg);
  const { headers } = await get(`/${name}`);
  assert.equal(headers["content-type"], "image/jpeg");
  assert.match(String(headers["cache-control"]), /immutable/);
  const list = utf8(JSON.stringify([hashHex(jpeg)]));
  put(`public/photo/${hashHex(list)}`, list);
  assert.equal((await get(`/photo/${hashHex(list)}`)).headers["content-type"], "application/json");
});
