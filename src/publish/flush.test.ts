import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { FlushFailed, flusher } from "./flush.ts";

const folder = mkdtempSync(join(tmpdir(), "teguh-flush-"));
after(() => rmSync(folder, { recursive: true }));

test("flushes as often as it is asked, also several times at once", async () => {
  const flush = flusher(folder);
  await flush();
  await Promise.all([flush(), flush()]);
  await flush();
});

test("says so when the folder is not there", { skip: process.platform !== "linux" }, async () => {
  await assert.rejects(flusher(join(folder, "absent"))(), FlushFailed);
});

test("a program that has flushed ends by itself", () => {
  const script = `
    import { flusher } from ${JSON.stringify(new URL("./flush.ts", import.meta.url).href)};
    await flusher(${JSON.stringify(folder)})();
    console.log("flushed");`;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { timeout: 60_000 });
  assert.deepEqual([status, stdout.toString()], [0, "flushed\n"]);
});
