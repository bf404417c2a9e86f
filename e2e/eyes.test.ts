/**
 * What an operator of the nation sees of the servers while they run, and nobody else does; what Prometheus reads; what the log says
 * and what it must never say.
 */
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { publicKeyOf } from "#ed25519";
import { DataFolder } from "../src/cli/data-folder.ts";
import { NATION, plenoLog, type RegionCode } from "../src/election/codes.ts";
import { STEPS } from "../src/intake/figures.ts";
import { toHex } from "../src/ledger/bytes.ts";
import { sha256 } from "../src/ledger/hash.ts";
import { People } from "../src/recap/people.ts";
import { signerOf, signIn } from "../src/recap/wire/sign.ts";
import { ROLES } from "../src/server/roles.ts";
import { Device } from "../src/server/testing/desk.ts";
import { ORIGIN } from "../src/tally/testing.ts";
import { launchBrowser } from "./browser.ts";
import { type Election, foundElection } from "./election.ts";
import { excess, violations } from "./every-page.ts";
import { Phone } from "./phone.ts";
import { Program } from "./program.ts";
import { until } from "./until.ts";

const scratch = mkdtempSync(join(tmpdir(), "teguh-eyes-"));
const data = join(scratch, "data");
const seedOf = (word: string) => sha256(new TextEncoder().encode(word));
let election: Election;
let program: Program;
let address = "";

before(async () => {
  election = await foundElection(data);
  const folder = await DataFolder.open(data, ORIGIN);
  const root = folder.keys.root ?? assert.fail("a new folder has its root key");
  const list = (["operator", "observer"] as const).map((role) => ({
    key: toHex(publicKeyOf(seedOf(role))),
    person: role === "operator" ? "0123456789abcdef" : "fedcba9876543210",
    region: NATION,
    role,
  }));
  await folder.sequencer.write(plenoLog(NATION), "grant", { list }, [signerOf(ORIGIN, root)]);
  await folder.close();
  People.open(data, ORIGIN).add(
    list.map(({ key, person, role }) => ({ person, name: role, role, region: NATION, publicKey: key, sealed: null })),
  );
  program = new Program(data, undefined, ["--log", "json"]);
  for (const role of ROLES) await program.address(role);
  address = await program.address("desk");
});
after(async () => {
  await program.stop();
  rmSync(scratch, { recursive: true });
});

async function signedIn(role: string, region: RegionCode = NATION): Promise<Device> {
  const device = new Device(Number(new URL(address).port));
  const { body } = await device.ask<{ challenge: string }>("POST", "/api/challenge", {});
  const { status } = await device.ask("POST", "/api/session", signIn(ORIGIN, region, body.challenge, seedOf(role)));
  assert.equal(status, 200);
  return device;
}

const pageFor = async (device: Device, path = "/status") => {
  const { status, body } = await device.ask<string>("GET", path);
  return { status, text: String(body) };
};

async function metrics(): Promise<string> {
  const token = readFileSync(join(data, "desk", "metrics-token"), "utf8").trim();
  const response = await fetch(`${address}metrics`, { headers: { authorization: `Bearer ${token}` } });
  assert.equal(response.status, 200);
  return response.text();
}

const valueIn = (text: string, name: string) =>
  Number(new RegExp(`^${name.replace(/[{}"]/g, "\\$&")} (\\S+)$`, "m").exec(text)?.[1] ?? Number.NaN);

test("the page and the metrics say what the processes do: a sheet that is taken is counted, a stranger is counted as refused", async () => {
  const [station = ""] = election.stations;
  const door = await program.address("intake");
  const sent = await new Phone(election, station).send(door, election.sheet(station, "ppwp", [3, 2, 1]));
  assert.equal(sent.status, 200);
  await fetch(`${door}sheet`, { method: "POST", body: "a stranger's" });
  await until("the sheet is counted", async () => valueIn(await metrics(), "teguh_door_accepted_total") === 1);
  const text = await metrics();
  assert.equal(valueIn(text, 'teguh_door_checks_total{step="pass",outcome="refused"}'), 1);
  for (const role of ROLES) assert.equal(valueIn(text, `teguh_process_up{role="${role}"}`), 1);
  assert.ok(valueIn(text, "teguh_edition_age_seconds") >= 0);
  assert.ok(valueIn(text, "teguh_disk_free_bytes") > 0);

  const operator = await signedIn("operator");
  const page = await pageFor(operator);
  assert.equal(page.status, 200);
  for (const role of ROLES) assert.match(page.text, new RegExp(`<th scope="row">${role}</th>`));
  assert.equal([...page.text.matchAll(/<tr><th scope="row">/g)].length, ROLES.length + STEPS.length);
  assert.match((await pageFor(operator, "/status?lang=en")).text, /State of the servers/);
});

test("a process that is killed is seen as one that began anew", async () => {
  const id = program.children().get("publish") ?? assert.fail("the publisher runs");
  process.kill(id, "SIGKILL");
  await until("the restart is counted", async () => {
    const text = await metrics();
    return (
      valueIn(text, 'teguh_process_restarts_total{role="publish"}') === 1 &&
      valueIn(text, 'teguh_process_up{role="publish"}') === 1
    );
  });
});

test("nobody but an operator of the nation sees the page, and nobody without the word the metrics", async () => {
  assert.equal((await pageFor(new Device(Number(new URL(address).port)))).status, 403);
  assert.equal((await pageFor(await signedIn("observer"))).status, 403);
  assert.equal((await fetch(`${address}metrics`)).status, 401);
  assert.equal((await fetch(`${address}metrics`, { headers: { authorization: "Bearer x" } })).status, 401);
  assert.equal(statSync(join(data, "desk", "metrics-token")).mode & 0o077, 0, "the word is for its user alone");
});

test("every line of the log is one of JSON, and none has a pass, a vote, a secret or a name", () => {
  const lines = program.errors.trim().split("\n");
  assert.ok(lines.length > 1);
  for (const line of lines) {
    const { time, text }: { time: string; text: string } = JSON.parse(line);
    assert.ok(!Number.isNaN(Date.parse(time)) && typeof text === "string", line);
  }
  const code =
    readFileSync(join(data, "desk", "confided"), "utf8")
      .trim()
      .split(": ")
      .at(-1) ?? "";
  const token = readFileSync(join(data, "desk", "metrics-token"), "utf8").trim();
  for (const secret of [code, token, "Teguh ", "votes", "observer"]) {
    assert.ok(secret.length > 0 && !program.errors.includes(secret), secret);
  }
});

test("the page can be read on a phone and on a wall, in light and in dark, by everyone, and keeps itself up to date", async () => {
  const { cookie } = await signedIn("operator");
  const [name = "", value = ""] = cookie.split("=");
  const browser = await launchBrowser();
  try {
    for (const colorScheme of ["light", "dark"] as const) {
      for (const width of [360, 1280]) {
        const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
        await context.addCookies([{ name, value, url: address }]);
        const page = await context.newPage();
        await page.goto(`${address}status`);
        assert.equal(await excess(page), 0, `${width}`);
        assert.deepEqual(await violations(page), [], `${colorScheme} ${width}`);
        const shown = await page.locator("time").first().textContent();
        await page.waitForFunction((before) => document.querySelector("time")?.textContent !== before, shown);
        if (process.env.TEGUH_PICTURES) {
          await page.screenshot({
            path: join(process.env.TEGUH_PICTURES, `status-${colorScheme}-${width}.png`),
            fullPage: true,
          });
        }
        await context.close();
      }
    }
  } finally {
    await browser.close();
  }
});
