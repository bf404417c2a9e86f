import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { testSelection } from "./commands.mjs";
import { ROOT } from "./packages.mjs";

test("npm test alone runs every test and needs a browser", () => {
  const { options, files, browser } = testSelection([]);
  assert.deepEqual(options, []);
  assert.ok(files.includes("e2e/**/*.test.{ts,tsx}"));
  assert.equal(browser, true);
});

test("a folder stands for the tests in it, and needs no browser unless it is e2e", () => {
  assert.deepEqual(testSelection(["scripts", "--test-only"]), {
    options: ["--test-only"],
    files: ["scripts/**/*.test.{ts,tsx}"],
    browser: false,
  });
  assert.equal(testSelection(["e2e"]).browser, true);
  assert.equal(testSelection(["src/a.test.ts", "e2e/b.test.ts"]).browser, true);
});

let folder = "";
before(() => {
  folder = mkdtempSync(join(tmpdir(), "child-"));
});
after(() => rmSync(folder, { recursive: true }));

/** A program that runs another one through runUnder and ends with the code that it returned. */
function runsUnder(program: string) {
  const inner = join(folder, "inner.mjs");
  const outer = join(folder, "outer.mjs");
  writeFileSync(inner, program);
  writeFileSync(
    outer,
    `import { runUnder } from ${JSON.stringify(join(ROOT, "scripts", "child.mjs"))};
     process.exitCode = await runUnder(process.execPath, [${JSON.stringify(inner)}]);`,
  );
  return spawn(process.execPath, [outer], { stdio: ["ignore", "pipe", "inherit"] });
}

test("the exit code of the program is kept", async () => {
  const [code] = await once(runsUnder("process.exitCode = 7"), "exit");
  assert.equal(code, 7);
});

test("a program ended by a signal counts as 128 and its number, as in a shell", async () => {
  const [code] = await once(runsUnder('process.kill(process.pid, "SIGKILL")'), "exit");
  assert.equal(code, 137);
});

for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
  test(`${signal} reaches the program, which ends in its own way`, async () => {
    const child = runsUnder(
      `process.once("${signal}", () => process.exit(9)); setInterval(() => {}, 1000); console.log("ready");`,
    );
    await once(child.stdout, "data");
    child.kill(signal);
    const [code] = await once(child, "exit");
    assert.equal(code, 9);
  });
}

/** A repository in which `teguh` is a program that prints what it was given; returns where its `bin/teguh` is linked. */
function repositoryWith(place: typeof copyFileSync | typeof symlinkSync, name: string): string {
  const root = join(folder, name);
  mkdirSync(join(root, "src", "cli"), { recursive: true });
  mkdirSync(join(root, "bin"));
  writeFileSync(
    join(root, "src", "cli", "teguh.ts"),
    "const args: string[] = process.argv.slice(2);\nconsole.log(...args);\n",
  );
  copyFileSync(join(ROOT, "bin", "teguh"), join(root, "bin", "teguh"));
  cpSync(join(ROOT, "scripts"), join(root, "scripts"), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"));
  place(join(ROOT, "package-lock.json"), join(root, "package-lock.json"));
  const link = join(folder, `teguh-${name}`);
  symlinkSync(join(root, "bin", "teguh"), link);
  return link;
}

for (const [state, place] of [
  ["older than the installation", symlinkSync],
  ["newer than the installation", copyFileSync],
] as const) {
  test(`bin/teguh runs through a symbolic link, from any folder, with a lock ${state}`, async () => {
    const child = spawn(repositoryWith(place, place.name), ["results", "a b", ""], { cwd: folder });
    const said = { stdout: "", stderr: "" };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        said[stream] += text;
      });
    }
    const [code] = await once(child, "close");
    assert.deepEqual({ code, ...said }, { code: 0, stdout: "results a b \n", stderr: "" });
  });
}
