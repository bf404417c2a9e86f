// The shelf that a phone's page keeps its sheets on, in the browser that keeps it: the same rules as every other shelf.
import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { build, type Rolldown } from "vite";
import { SHELF_RULES } from "../src/client/testing/shelf-conformance.ts";
import { launchBrowser } from "./browser.ts";

let browser: Browser;
let script = "";
const server = createServer((request, response) => {
  const isScript = request.url === "/rules.js";
  response.setHeader("content-type", isScript ? "text/javascript" : "text/html; charset=utf-8");
  response.end(isScript ? script : '<!doctype html><script type="module" src="/rules.js"></script>');
});
before(async () => {
  script = await bundled();
  browser = await launchBrowser();
  await new Promise<void>((resolve) => server.listen(0, resolve));
});
after(async () => {
  await browser?.close();
  server.close();
});

/** The browser's shelf and the rules, as one script that puts them where a page can be asked for them. */
async function bundled(): Promise<string> {
  const pathOf = (path: string) => JSON.stringify(fileURLToPath(new URL(path, import.meta.url)));
  const entry = [
    `import { openBrowserShelf } from ${pathOf("../src/client/shelf-browser.ts")};`,
    `import { SHELF_RULES } from ${pathOf("../src/client/testing/shelf-conformance.ts")};`,
    "globalThis.check = async (rule) => {",
    "  const first = await openBrowserShelf(rule);",
    "  const reopen = async () => (await openBrowserShelf(rule)).shelf;",
    "  await SHELF_RULES[rule](first.shelf, reopen);",
    "};",
  ].join("\n");
  const made = (await build({
    configFile: false,
    logLevel: "error",
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === "virtual:rules" ? id : null),
        load: (id) => (id === "virtual:rules" ? entry : null),
      },
    ],
    build: { write: false, rolldownOptions: { input: "virtual:rules", output: { format: "es" } } },
  })) as Rolldown.RolldownOutput;
  return made.output[0].code;
}

declare global {
  var check: ((rule: string) => Promise<void>) | undefined;
}

for (const rule of Object.keys(SHELF_RULES)) {
  test(`a shelf in a browser: ${rule}`, async () => {
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction(() => globalThis.check !== undefined);
    const said = await page.evaluate((name) => globalThis.check?.(name).then(() => "kept", String), rule);
    assert.equal(said, "kept");
    await page.close();
  });
}
