/** What tests of the desk's page share: a page that is open at a hall, and people with cards. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { Browser, Locator, Page } from "playwright-core";
import type { Role } from "../src/election/statements.ts";
import { type Card, makeCard, seal } from "../src/recap/wire/card.ts";
import { type FixtureDesk, REGION } from "./desk-fixture.ts";

export const LAPTOP = { width: 1366, height: 768 } as const;
export const PHONE = { width: 360, height: 780 } as const;

/** What does not come within so many milliseconds does not come. */
const WAIT = 10_000;

const random = (count: number) => new Uint8Array(randomBytes(count));

export interface OpenOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: "light" | "dark";
  /** A role of the simulation to try at once; null: the page stays at the door. */
  readonly role?: string | null;
}

/** Opens a page of the hall in a browser of its own, and fails the test if a script of it fails. */
export async function openDesk(
  browser: Browser,
  desk: FixtureDesk,
  path: string,
  { viewport = LAPTOP, colorScheme = "light", role = "Operator" }: OpenOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport, colorScheme });
  context.setDefaultTimeout(WAIT);
  const page = await context.newPage();
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) errors.push(message.text());
  });
  page.on("close", () => assert.deepEqual(errors, []));
  await page.goto(`${desk.url}#/${REGION}${path}`);
  if (role !== null) await page.getByRole("button", { name: role, exact: true }).click();
  return page;
}

/** Waits until this station is on the screen. */
export async function atStation(page: Page, number: string, desa = "Ampel Sari"): Promise<void> {
  await page.getByRole("heading", { level: 1, name: `TPS ${number} ${desa}` }).waitFor();
}

export interface Holder {
  readonly name: string;
  readonly card: Card;
  readonly pin: string;
}

/** Gives the person of this role a card; `pin` null: not used before. */
export async function giveCard(desk: FixtureDesk, role: Role, pin: string | null): Promise<Holder> {
  const person = desk.hall.people.find((each) => each.role === role);
  assert.ok(person);
  const card = makeCard(random);
  desk.hall.seal(person.key, await seal(person.seed, pin === null ? { card } : { card, pin }, random));
  return { name: person.name, card, pin: pin ?? "" };
}

/** Signs in at the door with a card that has a PIN. */
export async function signIn(page: Page, { name, card, pin }: Holder): Promise<void> {
  await chooseName(page, name);
  await page.getByLabel("Kode kartu").fill(card);
  await page.getByLabel("PIN").fill(pin);
  await page.keyboard.press("Enter");
}

/** Chooses somebody in the list of names, where there is more than one. */
export async function chooseName(form: Page | Locator, name: string): Promise<void> {
  await form.getByLabel(/PIN/).first().waitFor();
  const list = form.getByLabel("Nama", { exact: true });
  if ((await list.count()) === 0) return;
  const option = list.locator("option", { hasText: name });
  await list.selectOption(await option.getAttribute("value"));
}
