/**
 * A room in which people sit at browsers of their own, before a desk that runs: each signed in with a card and a PIN, each page
 * watched for scripts that fail and for breaches of its policy.
 */
import assert from "node:assert/strict";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import type { HallView } from "../src/recap/wire/views.ts";
import { Client, type Official } from "./desk-officials.ts";
import { LAPTOP, signIn } from "./desk-page.ts";
import { excess, violations } from "./every-page.ts";

/** What does not come in so long does not come, in milliseconds. */
const PATIENCE = 15_000;
/** Where pictures of the pages go, if somebody wants to look at them. */
const PICTURES = process.env.TEGUH_PICTURES;

export class Room {
  /** What went wrong on any of the pages. */
  readonly errors: string[] = [];
  readonly #browser: Browser;
  readonly #desk: string;
  readonly #officials: ReadonlyMap<string, Official>;
  readonly #pages = new Map<string, Page>();

  /** @param desk address of the desk's page */
  constructor(browser: Browser, desk: string, officials: readonly Official[]) {
    this.#browser = browser;
    this.#desk = desk;
    this.#officials = new Map(officials.map((official) => [official.name, official]));
  }

  official(name: string): Official {
    return this.#officials.get(name) ?? assert.fail(`nobody is called ${name}`);
  }

  at(name: string): Page {
    return this.#pages.get(name) ?? assert.fail(`${name} sits at no browser`);
  }

  /** Signs somebody in, in their own hall, at a browser of their own. */
  async sit(name: string): Promise<Page> {
    const official = this.official(name);
    const context = await this.#browser.newContext({ viewport: LAPTOP });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    page.on("pageerror", (error) => this.errors.push(`${name}: ${error.message}`));
    page.on("console", (message) => {
      if (/Content.Security.Policy/i.test(message.text())) this.errors.push(`${name}: ${message.text()}`);
    });
    await page.goto(`${this.#desk}#/${official.region}`);
    await signIn(page, official);
    await page.getByText(name, { exact: true }).waitFor();
    this.#pages.set(name, page);
    return page;
  }

  /** Opens a page of their own hall for somebody. */
  async open(name: string, path: string): Promise<Page> {
    const page = this.at(name);
    await page.evaluate(
      (hash) => {
        location.hash = hash;
      },
      `#/${this.official(name).region}${path}`,
    );
    return page;
  }

  /** Somebody else confirms at this keyboard, with a card and a PIN of their own. */
  async confirm(page: Page, name: string): Promise<void> {
    const dialog = page.getByRole("dialog");
    await dialog.waitFor();
    const { card, pin } = this.official(name);
    const list = dialog.getByLabel("Nama", { exact: true });
    if ((await list.count()) > 0) {
      const value = await list.locator("option", { hasText: name }).getAttribute("value");
      await list.selectOption(value);
    }
    const code = dialog.getByLabel("Kode kartu");
    if ((await code.count()) > 0) await code.fill(card);
    await dialog.getByLabel("PIN").fill(pin);
    await dialog.getByRole("button", { name: "Konfirmasi" }).click();
    await dialog.waitFor({ state: "detached" });
  }

  /** Everybody can use the page as it stands, nothing is wider than the screen, and a picture of it is kept if asked for. */
  async look(page: Page, name: string): Promise<void> {
    assert.deepEqual(await violations(page), [], name);
    assert.ok((await excess(page)) <= 0, `${name} is wider than the screen`);
    if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  }

  /** Somebody at the desk without a page, and their hall as the program shows it. */
  async by(name: string): Promise<{ client: Client; hall: HallView }> {
    const official = this.official(name);
    const client = new Client(this.#desk);
    await client.signIn(official.signer.name.split("/k/")[0] ?? "", official);
    return { client, hall: await client.get<HallView>(`/api/halls/${official.region}`) };
  }
}
