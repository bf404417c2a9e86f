/**
 * What the public saw of the days: the real publisher makes editions of what the simulated centre has, and pictures of the real
 * page are taken in a browser. Only for the document: what must hold needs no page.
 */
import { mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { ensureChromium } from "../scripts/chromium.mjs";
import { diskFolder } from "../src/publish/folder.ts";
import { PublishIndex } from "../src/publish/index-db.ts";
import { Publisher } from "../src/publish/publisher.ts";
import { publicServer } from "../src/server/public.ts";
import { openMemoryStore } from "../src/store/memory.ts";
import { type Bali, PUBLISHER_KEYS } from "./bali.ts";

/** Where `npm run build` puts the page for readers. */
const BUILT = join(import.meta.dirname, "..", "dist", "results");

/** A page to be taken: its address, what stands on it once everything is verified, and the part that is wanted. */
export interface Shot {
  readonly route: string;
  readonly awaited: string;
  readonly file: string;
  /** The picture begins with this. */
  readonly from: string;
  readonly width: number;
  readonly height: number;
}

export class PublicSide {
  readonly #dir = mkdtempSync(join(tmpdir(), "teguh-replay-"));
  #publisher: Publisher | null = null;

  /** An edition of what the centre has, if anything is new. */
  async publish(bali: Bali): Promise<void> {
    this.#publisher ??= await this.#open(bali);
    await this.#publisher.step();
  }

  #open(bali: Bali): Promise<Publisher> {
    const { invented } = bali;
    const log = (line: string) => process.stderr.write(`${line}\n`);
    return Publisher.open({
      store: bali.centre.store,
      own: openMemoryStore(),
      index: PublishIndex.open(join(this.#dir, "index.db")),
      folder: diskFolder(join(this.#dir, "public"), log),
      definitions: { model: () => invented.model, objects: () => invented.objects },
      keys: PUBLISHER_KEYS,
      clock: () => bali.now,
      page: BUILT,
      log,
    });
  }

  /** Takes pictures of the page as it is now. */
  async take(shots: readonly Shot[]): Promise<void> {
    const server = publicServer({ publicFolder: join(this.#dir, "public") });
    await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    // Chromium refuses to sandbox for root, which is who runs it in a bare container.
    const chromiumSandbox = process.getuid?.() !== 0;
    const browser = await chromium.launch({
      executablePath: ensureChromium(),
      chromiumSandbox,
      args: ["--disable-dev-shm-usage"],
    });
    try {
      for (const { route, awaited, file, from, width, height } of shots) {
        const page = await browser.newPage({ viewport: { width, height }, colorScheme: "light" });
        await page.goto(`${url}${route}`);
        await page.locator(awaited).first().waitFor();
        const y = (await page.locator(from).first().boundingBox())?.y ?? 0;
        await page.screenshot({ path: file, fullPage: true, clip: { x: 0, y, width, height } });
        await page.close();
      }
    } finally {
      await browser.close();
      server.close();
      server.closeAllConnections();
    }
  }

  async close(): Promise<void> {
    await this.#publisher?.close();
    rmSync(this.#dir, { recursive: true, force: true });
  }
}
