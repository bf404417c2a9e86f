/**
 * A browser makes the spreadsheet of a province of 12,809 stations out of verified objects: how long it takes from the click to
 * the file, and whether the page can be used meanwhile. The votes are invented; the archive's way in is the shortest to so
 * many stations.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { launchBrowser } from "../e2e/browser.ts";
import { serveFolder } from "../e2e/published-site.ts";
import { jsonLines, record } from "../src/cli/archive/testing.ts";
import { teguh } from "../src/cli/testing.ts";
import { regionNames } from "../src/store/geography.ts";
import type { Context, Figure } from "./figure.ts";

/** Those of Bali in 2024. */
const STATIONS = 12_809;
const PROVINCE = "51";

/** So many stations over the desa of the province, each with a sheet. */
function archive(): Uint8Array {
  const desa = [...regionNames().keys()].filter((code) => code.length === 10 && code.startsWith(PROVINCE));
  const lines = Array.from({ length: STATIONS }, (_, i) => {
    const code = desa[i % desa.length] ?? "";
    const number = String(Math.floor(i / desa.length) + 1).padStart(3, "0");
    return [code + number, record([(i * 7) % 90, (i * 11) % 80, (i * 13) % 70], "2024-02-15 08:00:00")] as const;
  });
  return jsonLines(lines);
}

export async function run(_context: Context): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "teguh-bench-export-"));
  const file = join(folder, "archive.jsonl");
  const data = join(folder, "data");
  writeFileSync(file, archive());
  const imported = await teguh("import", "kpu", file, "--data", data, "--contest", "ppwp");
  if (imported.code !== 0) throw new Error(imported.err);
  const site = await serveFolder(join(data, "public"));
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 360, height: 800 } });
    await page.goto(`${site.url}#/ppwp/${PROVINCE}/unduh`);
    await page.getByRole("button", { name: "Excel (XLSX)" }).waitFor();
    const first = await made(page, "Excel (XLSX)");
    const again = await made(page, "Excel (XLSX)");
    const csv = await made(page, "CSV");
    const what = `in a browser, ${STATIONS.toLocaleString("en")} stations`;
    return [
      { what: `XLSX ${what}: from the click to the file`, value: first.seconds, unit: "s", atMost: 5 },
      { what: "the same once the objects are in the browser's cache", value: again.seconds, unit: "s" },
      { what: `CSV ${what}`, value: csv.seconds, unit: "s" },
      { what: "longest time the page did not draw meanwhile", value: first.longestGap, unit: "ms", atMost: 250 },
    ];
  } finally {
    await browser.close();
    site.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Made {
  readonly seconds: number;
  /** Milliseconds between two frames, at most. */
  readonly longestGap: number;
}

async function made(page: Page, button: string): Promise<Made> {
  await page.evaluate(WATCH_FRAMES);
  const began = performance.now();
  const [download] = await Promise.all([
    page.waitForEvent("download", { timeout: 120_000 }),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  await download.path();
  const seconds = (performance.now() - began) / 1000;
  return { seconds, longestGap: Number(await page.evaluate("globalThis.longestGap")) };
}

/** Runs in the page. */
const WATCH_FRAMES = `
  globalThis.longestGap = 0;
  let last = performance.now();
  const frame = (now) => {
    globalThis.longestGap = Math.max(globalThis.longestGap, now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
`;
