import assert from "node:assert/strict";
import { get } from "node:http";
import { test } from "node:test";
import { keyOf, ORIGIN } from "../core/testing.ts";
import type { RegionCode } from "../election/codes.ts";
import type { MinutesAct } from "../election/minutes.ts";
import { jpeg } from "../election/testing/photos.ts";
import { exampleFile } from "../election/testing.ts";
import { toHex, utf8 } from "../ledger/bytes.ts";
import type { Hash } from "../ledger/hash.ts";
import { IDLE } from "../recap/sessions.ts";
import type { SessionView, WelcomeView } from "../recap/wire/people.ts";
import type { TriedRole } from "../recap/wire/routes.ts";
import { signIn } from "../recap/wire/sign.ts";
import type { ActsView, HallView } from "../recap/wire/views.ts";
import { CHAIR, type Device, KEC, withDesk } from "./testing/desk.ts";

const OPENING = { act: { what: "open" } } as const;
const HALL = `/api/halls/${KEC}`;
const hallOf = async (device: Device) => (await device.ask<HallView>("GET", HALL)).body;

test("someone who holds a role signs in, looks into the hall and states an act", async () => {
  await withDesk(async ({ signedIn, say, size }) => {
    const chair = await signedIn(CHAIR);
    assert.equal((await hallOf(chair)).phase.phase, "unscheduled");
    const stated = await say(chair, "minutes", OPENING, CHAIR);
    assert.equal(stated.status, 200);
    assert.equal(stated.body.index, (await size()) - 1);
    assert.equal((await hallOf(chair)).phase.phase, "open");
    const { acts } = (await chair.ask<ActsView>("GET", `${HALL}/acts`)).body;
    assert.deepEqual([acts[0]?.index, acts[0]?.stated?.type, acts[0]?.refusal], [stated.body.index, "minutes", null]);
  });
});

test("before anyone signs in only the front page's knowledge is given", async () => {
  await withDesk(async ({ device }) => {
    const stranger = device();
    const { body } = await stranger.ask<WelcomeView>("GET", "/api/welcome");
    assert.deepEqual(
      body.halls.filter(({ code }) => code.startsWith("7101")),
      [
        { code: "7101", name: "Kabupaten Alfa", level: "kabupaten", above: ["Provinsi Satu"], tryRoles: [] },
        {
          code: KEC,
          name: "Kecamatan Alfa Utara",
          level: "kecamatan",
          above: ["Provinsi Satu", "Kabupaten Alfa"],
          tryRoles: [],
        },
      ],
    );
    assert.deepEqual([body.origin, body.simulation, body.tryRoles], [exampleFile().origin, true, false]);
    for (const path of ["/api/session", HALL, `${HALL}/overview`, `${HALL}/events`, `/api/papers/${"0".repeat(64)}`]) {
      const { status, body: problem } = await stranger.ask("GET", path);
      assert.deepEqual([status, problem.code], [401, "no-session"], path);
    }
  });
});

test("a challenge is answered once, within two minutes, by a key with a role in that hall", async () => {
  await withDesk(async ({ device, world }) => {
    const one = device();
    const challenge = async () => (await one.ask<{ challenge: string }>("POST", "/api/challenge", {})).body.challenge;
    const answer = async (text: string, word = CHAIR, region: RegionCode = KEC) =>
      (await one.ask("POST", "/api/session", signIn(ORIGIN, region, text, keyOf(word).seed))).status;
    const used = await challenge();
    assert.equal(await answer(used), 200);
    assert.equal(await answer(used), 403);
    assert.equal(await answer("0".repeat(64)), 403, "never asked for");
    assert.equal(await answer(await challenge(), "stranger"), 403);
    assert.equal(await answer(await challenge(), "phone"), 403, "a phone has no seat");
    assert.equal(await answer(await challenge(), CHAIR, "710201" as RegionCode), 403, "no role there");
    assert.equal(await answer(await challenge(), CHAIR, "799999" as RegionCode), 404, "no such hall");
    const late = await challenge();
    world.time.now += 120_000;
    assert.equal(await answer(late), 403);
    assert.equal((await one.ask("POST", "/api/session", { region: KEC })).status, 400);
  });
});

test("a session ends by itself after half an hour without a deed, and when it is ended", async () => {
  await withDesk(async ({ signedIn, world, say }) => {
    const chair = await signedIn(CHAIR);
    world.time.now += IDLE - 1;
    assert.equal((await say(chair, "pause", { panel: null }, CHAIR)).status, 200);
    world.time.now += IDLE - 1;
    assert.equal((await chair.ask("GET", HALL)).status, 200, "the deed has lengthened it");
    world.time.now += 1;
    assert.equal((await chair.ask("GET", HALL)).status, 401);
    await chair.signIn(CHAIR);
    const { cookie } = chair;
    assert.equal((await chair.ask("DELETE", "/api/session")).status, 204);
    chair.cookie = cookie;
    assert.equal((await chair.ask("GET", HALL)).status, 401);
  });
});

test("the cookie is out of reach of scripts and of other sites, and secure where the way is", async () => {
  await withDesk(async ({ device }) => {
    const one = device();
    const plain = (await one.signIn(CHAIR)).headers["set-cookie"]?.[0] ?? "";
    assert.match(plain, /^teguh-desk=[0-9a-f]{64}; Path=\/; Max-Age=1800; HttpOnly; SameSite=Strict$/);
    const { body } = await one.ask<{ challenge: string }>("POST", "/api/challenge", {});
    const answer = signIn(ORIGIN, KEC, body.challenge, keyOf(CHAIR).seed);
    const headers = { "x-teguh-desk": "1", "x-forwarded-proto": "https" };
    const behindTls = await one.ask("POST", "/api/session", answer, headers);
    assert.match(behindTls.headers["set-cookie"]?.[0] ?? "", /; Secure$/);
  });
});

test("a session looks into the halls of its region and states there, and into no other", async () => {
  await withDesk(async ({ device, note }) => {
    const above = device();
    await above.signIn("chair 7101", "7101" as RegionCode);
    assert.equal((await above.ask("GET", HALL)).status, 200);
    const pause = note("pause", { panel: null }, "chair 7101");
    assert.equal((await above.ask("POST", `${HALL}/statements`, pause)).status, 200, "the kabupaten's chair may");
    assert.equal((await above.ask("GET", "/api/halls/7102")).status, 403);
    assert.equal((await above.ask("GET", "/api/halls/799999")).status, 404);
    assert.equal((await above.ask("GET", "/api/halls/7101012001")).status, 404, "a desa has no plenary");
  });
});

test("who asks too often for a challenge is told to come later", async () => {
  await withDesk(async ({ device }) => {
    const one = device();
    const answers: number[] = [];
    for (let i = 0; i < 50; i++) answers.push((await one.ask("POST", "/api/challenge", {})).status);
    assert.deepEqual([answers[0], answers.at(-1)], [200, 429]);
  });
});

test("a screen comes with a one-time link of an officer, and may look and nothing else", async () => {
  await withDesk(async ({ signedIn, device, note }) => {
    const observer = await signedIn("observer");
    assert.equal((await observer.ask("POST", "/api/projector", {})).status, 403);
    const officer = await signedIn("operator");
    const { link } = (await officer.ask<{ link: string }>("POST", "/api/projector", {})).body;
    const screen = device();
    const session = await screen.ask<SessionView>("POST", `/api/projector/${link}`, {});
    assert.deepEqual(
      session.body.people.map(({ role }) => role),
      ["projector"],
    );
    assert.equal((await device().ask("POST", `/api/projector/${link}`, {})).status, 403, "used");
    assert.equal((await screen.ask("GET", `${HALL}/desa/ppwp/7101012001`)).status, 200);
    assert.equal((await screen.ask("POST", `${HALL}/statements`, note("pause", { panel: null }, CHAIR))).status, 403);
    assert.equal((await screen.ask("POST", "/api/projector", {})).status, 403);
  });
});

test("in a simulation a role is handed to whoever asks, and nowhere else", async () => {
  const seats = ["operator"];
  const openRoles = (_region: RegionCode, role: string) =>
    role !== "operator"
      ? []
      : seats.map((word) => ({ seed: keyOf(word).seed, publicKey: keyOf(word).signer.publicKey }));
  await withDesk(
    async ({ device, say, desk }) => {
      const { tryRoles, halls } = await desk.welcome();
      assert.deepEqual([tryRoles, halls.find(({ code }) => code === KEC)?.tryRoles], [true, ["operator"]]);
      const visitor = device();
      const tried = await visitor.ask<TriedRole>("POST", "/api/try", { region: KEC, role: "operator" });
      assert.deepEqual([tried.body.seed, tried.body.people[0]?.role], [toHex(keyOf("operator").seed), "operator"]);
      const act: MinutesAct = { what: "attendance", panel: 0, participants: [], supervisors: 1, observers: 0 };
      assert.equal((await say(visitor, "minutes", { act }, "operator")).status, 200);
      assert.equal((await visitor.ask("POST", "/api/try", { region: KEC, role: "chair" })).status, 403);
    },
    () => ({ openRoles }),
  );
  await withDesk(async ({ device }) => {
    assert.equal((await device().ask("POST", "/api/try", { region: KEC, role: "operator" })).status, 403);
  });
});

test("who watches a hall is told of what others state", async () => {
  await withDesk(async ({ signedIn, say }) => {
    const watcher = await signedIn("observer");
    const chair = await signedIn(CHAIR);
    const sizes: number[] = [];
    const { promise: told, resolve } = Promise.withResolvers<void>();
    const { promise: first, resolve: started } = Promise.withResolvers<void>();
    const path = { port: watcher.port, host: "127.0.0.1", path: `${HALL}/events`, headers: { cookie: watcher.cookie } };
    const asked = get(path, (response) => {
      assert.equal(response.headers["content-type"], "text/event-stream");
      response.on("data", (part: Buffer) => {
        for (const [, size] of part.toString().matchAll(/data: {"size":(\d+)}/g)) sizes.push(Number(size));
        started();
        if (sizes.length > 1) resolve();
      });
    });
    await first;
    const { body } = await say(chair, "pause", { panel: null }, CHAIR);
    await told;
    assert.equal(sizes.at(-1), body.index + 1);
    asked.destroy();
  });
});

test("the page is served for any address, with a policy that lets nothing else run", async () => {
  await withDesk(async ({ device }) => {
    for (const path of ["/", "/index.html", "/anything/else"]) {
      const { status, headers, body } = await device().ask("GET", path);
      assert.equal(status, 200);
      assert.match(String(body), /<title>Meja/);
      assert.match(
        String(headers["content-security-policy"]),
        /default-src 'none'; script-src 'self'; style-src 'self'/,
      );
      assert.equal(headers["x-content-type-options"], "nosniff");
    }
    assert.equal((await device().ask("GET", "/api/nothing")).status, 404);
    assert.equal((await device().ask("POST", "/api/session", utf8("{"))).status, 400);
  });
});

test("papers are taken from those who state acts, and shown to everyone who is signed in but a screen", async () => {
  await withDesk(async ({ signedIn, device }) => {
    const [officer, observer] = [await signedIn("operator"), await signedIn("observer")];
    const send = (from: Device, kind: string, bytes: Uint8Array) =>
      from.ask<{ hash: Hash }>("POST", `/api/papers?kind=${kind}`, bytes);
    assert.equal((await send(observer, "letter", jpeg())).status, 403);
    assert.equal((await send(officer, "selfie", jpeg())).status, 400);
    const noPhoto = await send(officer, "evidence", utf8("no photo"));
    assert.deepEqual([noPhoto.status, noPhoto.body.code], [400, "not-a-photo"]);
    assert.equal((await send(officer, "evidence", new Uint8Array(8 * 2 ** 20 + 1))).status, 413);
    const { hash } = (await send(officer, "letter", jpeg())).body;
    const list = await officer.ask<{ hash: Hash }>("POST", "/api/paper-lists", { pages: [hash] });
    assert.equal(list.status, 200);
    assert.equal((await officer.ask("POST", "/api/paper-lists", { pages: ["nothing"] })).status, 400);
    const shown = await observer.ask("GET", `/api/papers/${hash}`);
    assert.deepEqual([shown.status, shown.headers["content-type"]], [200, "image/jpeg"]);
    const { link } = (await officer.ask<{ link: string }>("POST", "/api/projector", {})).body;
    const screen = device();
    await screen.ask("POST", `/api/projector/${link}`, {});
    assert.equal((await screen.ask("GET", `/api/papers/${hash}`)).status, 404);
  });
});
