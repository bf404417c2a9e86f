import assert from "node:assert/strict";
import { test } from "node:test";
import { launchBrowser } from "./browser.ts";

test("the browser that the tests drive runs a page's script and has the font of the tests", async () => {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    await page.setContent("<p id=text></p><script>text.textContent = String(6 * 7)</script>");
    assert.equal(await page.textContent("#text"), "42");
    assert.equal(await page.evaluate(() => document.fonts.check("16px 'DejaVu Sans'")), true);
  } finally {
    await browser.close();
  }
});
