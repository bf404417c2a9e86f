import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";

test("halted, cut off and resumed, a small Bali ends with the books of an undisturbed one", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    join(import.meta.dirname, "replay.ts"),
    "--stations",
    "120",
  ]);
  assert.match(stdout, /both books are those of an undisturbed country/);
});
