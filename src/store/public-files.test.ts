import assert from "node:assert/strict";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { utf8 } from "../ledger/bytes.ts";
import { hardLink, writeNew } from "./files.ts";
import { fromFolder, fromUrl, PublicFilesError } from "./public-files.ts";

/** Runs `body` with the address of a server that answers as told. */
async function withServer(answer: RequestListener, body: (base: string) => Promise<void>): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    await body(`http://127.0.0.1:${(server.address() as AddressInfo).port}/pemilu`);
  } finally {
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }
}

test("two names of one file are the same, two files with the same bytes are not", () => {
  const folder = mkdtempSync(join(tmpdir(), "teguh-public-"));
  try {
    for (const name of ["one", "copy"]) writeNew(join(folder, name), utf8("bytes"));
    hardLink(join(folder, "one"), join(folder, "name"));
    const files = fromFolder(folder);
    const others = ["one", "name", "copy", "absent"].map((other) => files.isSame("one", other));
    assert.deepEqual(others, [true, true, false, false]);
    assert.equal(files.isSame("absent", "absent"), false);
    assert.throws(() => files.isSame("one", "../one"), PublicFilesError);
    assert.equal(fromUrl("http://127.0.0.1/").isSame("one", "one"), false);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a folder gives the bytes under a path, null for nothing, and never anything outside of it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "teguh-public-"));
  try {
    writeNew(join(folder, "public", "log", "checkpoint"), utf8("one"));
    writeNew(join(folder, "secret"), utf8("secret"));
    const files = fromFolder(join(folder, "public"));
    assert.deepEqual(await files.get("log/checkpoint"), utf8("one"));
    assert.equal(await files.get("log/absent"), null);
    assert.equal(await files.get("log"), null);
    for (const path of ["../secret", "log/../../secret", "/etc/hostname", "", "log//checkpoint", "log\\..", "./log"]) {
      await assert.rejects(files.get(path), PublicFilesError, path);
    }
    assert.equal(files.describe(), join(folder, "public"));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("a server is asked for the path below its address; 404 is nothing", async () => {
  await withServer(
    (request, response) => {
      const isThere = request.url === "/pemilu/tile/0/x001/067.p/5";
      response.writeHead(isThere ? 200 : 404).end(isThere ? "one" : "no such page");
    },
    async (base) => {
      for (const address of [base, `${base}/`]) {
        const files = fromUrl(address);
        assert.deepEqual(await files.get("tile/0/x001/067.p/5"), utf8("one"));
        assert.equal(await files.get("tile/0/000"), null);
        assert.equal(files.describe(), `${base}/`);
      }
    },
  );
});

test("a server that fails, sends too much, or is not there is an error with the address", async () => {
  let gone = "";
  await withServer(
    (request, response) => {
      response.writeHead(request.url?.endsWith("large") ? 200 : 503).end("x".repeat(1_001));
    },
    async (base) => {
      gone = base;
      const files = fromUrl(base, { maxBytes: 1_000 });
      await assert.rejects(files.get("broken"), /pemilu\/broken cannot be read: the server answered 503/);
      await assert.rejects(files.get("large"), /pemilu\/large cannot be read: it is larger than 1000 bytes/);
    },
  );
  await assert.rejects(fromUrl(gone).get("anything"), /pemilu\/anything cannot be read: /);
});

test("a server that never finishes is given up", async () => {
  await withServer(
    (_, response) => {
      response.writeHead(200).write("a beginning");
    },
    async (base) => {
      await assert.rejects(fromUrl(base, { timeout: 20 }).get("endless"), PublicFilesError);
    },
  );
});
