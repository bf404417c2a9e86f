// What the tests of the desk's and the site's pages ask of each page: that everybody can use it (axe-core), that no script stands
// in it, and that it is no wider than its screen.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { LAPTOP, PHONE } from "./desk-page.ts";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/**
 * What a page may not have: violations of the accessibility rules, each with where it is; and scripts that stand in the page
 * itself, be it in an element, an attribute or an address. Without one, every page can forbid them all, and what slips into it
 * cannot run.
 */
export async function violations(page: Page): Promise<string[]> {
  // The page's own policy lets no script in; axe comes by the browser's side door.
  await page.evaluate(AXE);
  return page.evaluate(async () => {
    // What measures itself once it is drawn has done so after two frames.
    for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
    interface AxeResult {
      violations: { id: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
    }
    const { axe } = globalThis as unknown as { axe: { run(): Promise<AxeResult> } };
    const found = await axe.run();
    const inline = [...document.querySelectorAll("*")].filter(
      (element) =>
        (element.localName === "script" && !element.hasAttribute("src")) ||
        [...element.attributes].some(({ name, value }) => /^on/i.test(name) || /^\s*javascript:/i.test(value)),
    );
    return [
      ...found.violations.flatMap(({ id, nodes }) =>
        nodes.map((node) => `${id} ${String(node.target)} ${node.failureSummary}`),
      ),
      ...inline.map(({ outerHTML }) => `a script in the page: ${outerHTML.slice(0, 100)}`),
    ];
  });
}

/** By how many pixels the page is wider than the screen; 0 if it is not. */
export const excess = (page: Page): Promise<number> =>
  page.evaluate(() => Math.max(0, document.documentElement.scrollWidth - innerWidth));

/** Where pictures of the pages go, if somebody wants to look at them. */
const PICTURES = process.env.TEGUH_PICTURES;

/** Everybody can use the page as it stands, nothing is wider than the screen, and a picture of it is kept if asked for. */
export async function look(page: Page, name: string): Promise<void> {
  assert.deepEqual(await violations(page), [], name);
  assert.ok((await excess(page)) <= 0, `${name} is wider than the screen`);
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

/** {@link look} on a laptop and a phone, in light and dark. Afterwards the page is as it was, in light. */
export async function lookEverywhere(page: Page, name: string): Promise<void> {
  const before = page.viewportSize() ?? LAPTOP;
  for (const viewport of [LAPTOP, PHONE])
    for (const colorScheme of ["light", "dark"] as const) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      await look(page, `${name}-${viewport.width}-${colorScheme}`);
    }
  await page.setViewportSize(before);
  await page.emulateMedia({ colorScheme: "light" });
}
