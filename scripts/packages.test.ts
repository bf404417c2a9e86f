import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { NotReady } from "./not-ready.mjs";
import { missingPackages, ROOT, runtimeFor } from "./packages.mjs";

const lock = {
  packages: {
    "": { version: "0.1.0" },
    "node_modules/needed": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/tool": { version: "2.0.0", integrity: "sha512-b", dev: true },
    "node_modules/node-elsewhere-x64": { version: "24.0.0", integrity: "sha512-c", optional: true },
  },
};
const { "": _project, "node_modules/node-elsewhere-x64": _optional, ...whole } = lock.packages;

test("a folder where nothing is installed lacks everything but the optional", () => {
  assert.deepEqual(missingPackages(lock, { packages: {} }, true), ["node_modules/needed", "node_modules/tool"]);
});

test("a whole installation lacks nothing, though packages of other platforms are absent", () => {
  assert.deepEqual(missingPackages(lock, { packages: whole }, true), []);
});

test("a running server does not need what only development needs", () => {
  assert.deepEqual(
    missingPackages(lock, { packages: { "node_modules/needed": whole["node_modules/needed"] } }, false),
    [],
  );
});

test("another version, or the same version with other bytes, is not the package of the lock", () => {
  const other = (change: object) => ({
    packages: { ...whole, "node_modules/needed": { ...whole["node_modules/needed"], ...change } },
  });
  assert.deepEqual(missingPackages(lock, other({ version: "1.0.1" }), true), ["node_modules/needed"]);
  assert.deepEqual(missingPackages(lock, other({ integrity: "sha512-x" }), true), ["node_modules/needed"]);
});

test("a platform without a pinned Node runs under the machine's, if that is new enough", () => {
  assert.equal(runtimeFor("plan9", "mips"), process.execPath);
});

test("a machine with neither a pinned Node nor a new one is told what to install", (t) => {
  t.mock.property(process, "versions", { ...process.versions, node: "20.20.2" });
  assert.throws(
    () => runtimeFor("plan9", "mips"),
    (error) => error instanceof NotReady && /install Node 24/.test(error.message),
  );
});

test("the lock names no host that served a package, and a hash for each", () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
  for (const [path, locked] of Object.entries<{ resolved?: string; integrity?: string }>(packages)) {
    if (path === "") continue;
    assert.equal(locked.resolved, undefined, path);
    assert.match(locked.integrity ?? "", /^sha512-/, path);
  }
});
