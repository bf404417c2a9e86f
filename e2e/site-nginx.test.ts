/** The nginx configuration in edge/nginx says of every file what the built-in server says, and gives away nothing else. */
import assert from "node:assert/strict";
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from "node:zlib";
import { hasBrotli, hasNginx, type Nginx, startNginx } from "./nginx.ts";
import { type PublishedSite, publishedSite } from "./published-site.ts";

const PAGE = "<!doctype html><title>Teguh</title>";
const SCRIPT = "// the page's own script";
const SCRIPT_PATH = "assets/a-B_1.js";
let site: PublishedSite;
let nginx: Nginx;
/** The same without the modules for brotli: any mirror's. */
let plain: Nginx;

before(async () => {
  if (!hasNginx) return;
  site = await publishedSite();
  const { publicDir } = site.office;
  writeFileSync(join(publicDir, "index.html"), PAGE);
  writeFileSync(join(publicDir, "index.html.br"), brotliCompressSync(PAGE));
  mkdirSync(join(publicDir, "assets"));
  writeFileSync(join(publicDir, SCRIPT_PATH), SCRIPT);
  writeFileSync(join(publicDir, `${SCRIPT_PATH}.br`), brotliCompressSync(SCRIPT));
  writeFileSync(join(publicDir, ".hidden"), "nobody's");
  nginx = await startNginx(publicDir);
  plain = await startNginx(publicDir, { brotli: false });
});
after(async () => {
  await nginx?.close();
  await plain?.close();
  site?.close();
});

/** A test that needs nginx, or a line that says why it was not run. */
const withNginx = (name: string, run: () => Promise<void>) =>
  test(name, { skip: hasNginx ? false : "nginx is not installed" }, run);
const withBrotli = (name: string, run: () => Promise<void>) =>
  test(name, { skip: hasBrotli ? false : "nginx or its modules for brotli are not installed" }, run);

interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** A raw request: `fetch` would tidy the path and unpack gzip before we could look. */
function get(base: string, path: string, headers: Record<string, string> = {}, method = "GET"): Promise<Reply> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers, method, agent: false }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
      });
    });
    sent.on("error", reject).end();
  });
}

/** One path of each kind that the folder has. */
function paths(): string[] {
  const { publicDir } = site.office;
  const first = (pattern: string) => globSync(pattern, { cwd: publicDir }).sort()[0] ?? assert.fail(pattern);
  const patterns = [
    "checkpoint",
    "status.json",
    "index.html",
    "index.html.br",
    "now/ppwp.json",
    "now/ppwp/51.json",
    "now/*/*.names.json",
    "object/*/*.json",
    "tile/0/*.p/*",
    "tile/entries/*.p/*",
    "log/tps/*/checkpoint",
    "feed/0.atom",
    "feed/0.json",
    "plain/id/ppwp/0.html",
    "search/*/index.json",
    "search/*/w/*.json",
    "download/*.csv.gz",
    "download/*.json",
  ];
  return patterns.map(first);
}

withNginx("the same bytes, type, caching and freedom for programs as from the built-in server", async () => {
  for (const path of paths()) {
    const [ours, theirs] = await Promise.all([get(site.url, `/${path}`), get(nginx.url, `/${path}`)]);
    // The page itself is the built one there, and another here.
    if (!path.startsWith("index.html")) assert.deepEqual(theirs.body, ours.body, path);
    assert.equal(theirs.status, 200, path);
    for (const name of [
      "content-type",
      "cache-control",
      "access-control-allow-origin",
      "x-content-type-options",
      "last-modified",
    ]) {
      assert.equal(theirs.headers[name], ours.headers[name], `${name} of ${path}`);
    }
  }
});

withNginx("text travels packed, and who has it already is told so", async () => {
  for (const { url } of [nginx, plain]) {
    const packed = await get(url, "/now/ppwp.json", { "accept-encoding": "gzip" });
    assert.equal(packed.headers["content-encoding"], "gzip");
    assert.match(String(packed.headers.vary), /accept-encoding/i);
    assert.deepEqual(gunzipSync(packed.body), (await get(url, "/now/ppwp.json")).body);
    const { headers } = await get(url, "/checkpoint");
    assert.equal((await get(url, "/checkpoint", { "if-none-match": String(headers.etag) })).status, 304);
  }
});

withBrotli("figures travel in brotli to whoever takes it, and are then smaller than in gzip", async () => {
  const [inGzip, inBrotli] = await Promise.all(
    ["gzip", "gzip, br"].map((accepted) => get(nginx.url, "/now/ppwp.json", { "accept-encoding": accepted })),
  );
  if (inGzip === undefined || inBrotli === undefined) throw new Error("two answers");
  assert.equal(inBrotli.headers["content-encoding"], "br");
  assert.match(String(inBrotli.headers.vary), /accept-encoding/i);
  assert.deepEqual(brotliDecompressSync(inBrotli.body), gunzipSync(inGzip.body));
  assert.ok(inBrotli.body.length < inGzip.body.length);
});

withNginx("a prepared download is a gzip file, and not text that was packed on the way", async () => {
  const path = globSync("download/*.csv.gz", { cwd: site.office.publicDir })[0] ?? "";
  const reply = await get(nginx.url, `/${path}`, { "accept-encoding": "gzip" });
  assert.equal(reply.headers["content-encoding"], undefined);
  assert.match(gunzipSync(reply.body).toString(), /^\uFEFFregion,/);
});

withNginx("the address alone gives the page, for seconds", async () => {
  const reply = await get(nginx.url, "/");
  assert.match(reply.body.toString(), /Teguh/);
  assert.match(String(reply.headers["cache-control"]), /max-age=2,/);
});

const PACKED = [
  { path: "", file: "index.html", content: PAGE, type: /^text\/html/, kept: /^max-age=2,/, referrer: "no-referrer" },
  { path: SCRIPT_PATH, file: SCRIPT_PATH, content: SCRIPT, type: /^text\/javascript/, kept: /immutable/ },
];

for (const { path, file, content, type, kept, referrer } of PACKED) {
  withBrotli(`who takes brotli gets ${file} as it lies packed, and who does not gets it otherwise`, async () => {
    const lies = readFileSync(join(site.office.publicDir, `${file}.br`));
    for (const accepted of ["br", "gzip, deflate, br, zstd", "gzip;q=0.5, br;q=1.0"]) {
      const { headers, body } = await get(nginx.url, `/${path}?data=3`, { "accept-encoding": accepted });
      assert.equal(headers["content-encoding"], "br", accepted);
      assert.deepEqual(body, lies);
      assert.match(String(headers["content-type"]), type);
      assert.match(String(headers["cache-control"]), kept);
      assert.match(String(headers.vary), /accept-encoding/i);
      assert.equal(headers["access-control-allow-origin"], "*");
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.equal(headers["referrer-policy"], referrer);
    }
    for (const accepted of ["", "gzip", "br;q=0, gzip", "brotli"]) {
      const { headers, body } = await get(nginx.url, `/${path}`, { "accept-encoding": accepted });
      assert.notEqual(headers["content-encoding"], "br", accepted);
      assert.equal(headers["content-encoding"] === "gzip" ? gunzipSync(body).toString() : body.toString(), content);
    }
  });

  withBrotli(`a mirror that has ${file} not packed, or an nginx that cannot, gives it all the same`, async () => {
    const packed = join(site.office.publicDir, `${file}.br`);
    const lies = readFileSync(packed);
    rmSync(packed);
    const unpacked = await get(nginx.url, `/${path}`, { "accept-encoding": "br" });
    const { headers, body } = unpacked;
    assert.equal((headers["content-encoding"] === "br" ? brotliDecompressSync(body) : body).toString(), content);
    writeFileSync(packed, lies);
    const without = await get(plain.url, `/${path}`, { "accept-encoding": "br" });
    assert.equal(without.headers["content-encoding"], undefined);
    assert.equal(without.body.toString(), content);
    assert.match(String(without.headers["content-type"]), type);
  });
}

withNginx("what is not there may be there in a second; hidden files and other methods get nothing", async () => {
  for (const path of [
    "/object/00/nothing.json",
    "/.hidden",
    "/feed/.state.json",
    "/now/../.hidden",
    "/%2e%2e/publish.db",
  ]) {
    const reply = await get(nginx.url, path);
    assert.ok([400, 404].includes(reply.status), `${path}: ${reply.status}`);
    assert.doesNotMatch(reply.body.toString(), /nobody|results/);
  }
  assert.equal((await get(nginx.url, "/now/none.json")).headers["cache-control"], "max-age=1");
  for (const method of ["POST", "PUT", "DELETE"]) assert.equal((await get(nginx.url, "/", {}, method)).status, 405);
  assert.equal((await get(nginx.url, "/checkpoint", {}, "HEAD")).status, 200);
});
