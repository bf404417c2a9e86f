/**
 * A room in which people sit at browsers of their own, before a desk that runs: each signed in with a card and a PIN, each page
 * watched for scripts that fail and for breaches of its policy.
 */
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import type { RegionCode } from "../src/election/codes.ts";
import type { HallView } from "../src/recap/wire/views.ts";
import { Client, type Official } from "./desk-officials.ts";
import { chooseName, LAPTOP, signIn } from "./desk-page.ts";

export interface RoomOptions {
  readonly browser: Browser;
  /** Address of the desk at which those of a region sit. */
  readonly deskOf: (region: RegionCode) => string;
  readonly official: (name: string) => Official;
  /** What does not come in so long does not come, in milliseconds. */
  readonly patience?: number;
}

export class Room {
  /** What went wrong on any of the pages. */
  readonly errors: string[] = [];
  readonly official: (name: string) => Official;
  readonly #browser: Browser;
  readonly #deskOf: (region: RegionCode) => string;
  readonly #patience: number;
  readonly #pages = new Map<string, Page>();
  readonly #clients = new Map<string, Client>();

  constructor({ browser, deskOf, official, patience = 15_000 }: RoomOptions) {
    this.official = official;
    this.#browser = browser;
    this.#deskOf = deskOf;
    this.#patience = patience;
  }

  at(name: string): Page {
    return this.#pages.get(name) ?? assert.fail(`${name} sits at no browser`);
  }

  /** Signs somebody in, in their own hall, at a browser of their own. */
  async sit(name: string): Promise<Page> {
    const official = this.official(name);
    const context = await this.#browser.newContext({ viewport: LAPTOP });
    const page = await context.newPage();
    this.watch(name, page);
    await page.goto(`${this.#deskOf(official.region)}#/${official.region}`);
    await signIn(page, official);
    await page.getByText(name, { exact: true }).waitFor();
    return page;
  }

  /** Takes a page into the room: what fails on it is noted under this name. */
  watch(name: string, page: Page): void {
    page.setDefaultTimeout(this.#patience);
    page.on("pageerror", (error) => this.errors.push(`${name}: ${error.message}`));
    page.on("console", (message) => {
      if (/Content.Security.Policy/i.test(message.text())) this.errors.push(`${name}: ${message.text()}`);
    });
    this.#pages.set(name, page);
  }

  /** Opens a page of their own hall for somebody. */
  async open(name: string, path: string): Promise<Page> {
    const page = this.at(name);
    await goTo(page, `#/${this.official(name).region}${path}`);
    return page;
  }

  /** Somebody else confirms at this keyboard, with a card and a PIN of their own. */
  async confirm(page: Page, name: string): Promise<void> {
    const dialog = page.getByRole("dialog", { name: "Konfirmasi orang kedua" });
    await dialog.waitFor();
    const { card, pin } = this.official(name);
    await chooseName(dialog, name);
    const code = dialog.getByLabel("Kode kartu");
    if ((await code.count()) > 0) await code.fill(card);
    await dialog.getByLabel("PIN").fill(pin);
    await dialog.getByRole("button", { name: "Konfirmasi" }).click();
    await dialog.waitFor({ state: "detached" });
  }

  /** Somebody at the desk without a page, signed in with the first question, and their hall as the program shows it. */
  async by(name: string): Promise<{ client: Client; hall: HallView }> {
    const official = this.official(name);
    const client = this.#clients.get(name) ?? new Client(this.#deskOf(official.region));
    if (!this.#clients.has(name)) await client.signIn(official.signer.name.split("/k/")[0] ?? "", official);
    this.#clients.set(name, client);
    return { client, hall: await client.get<HallView>(`/api/halls/${official.region}`) };
  }
}

/** Leads a page to an address of its own. */
export async function goTo(page: Page, address: string): Promise<void> {
  await page.evaluate((hash) => {
    location.hash = hash;
  }, address);
}
