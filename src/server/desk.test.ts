import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { Standings } from "../core/standings.ts";
import type { Core } from "../core/submission.ts";
import { keyOf, ORIGIN, openWorld, type World } from "../core/testing.ts";
import type { RegionCode } from "../election/codes.ts";
import { utf8 } from "../ledger/bytes.ts";
import type { Signer } from "../ledger/note.ts";
import { Desk } from "../recap/desk.ts";
import { Papers } from "../recap/papers.ts";
import { People } from "../recap/people.ts";
import { Sessions } from "../recap/sessions.ts";
import { makeCard } from "../recap/wire/card.ts";
import type { SessionView } from "../recap/wire/people.ts";
import type { Accepted, Problem } from "../recap/wire/routes.ts";
import { type HallType, type Said, signAct, signIn } from "../recap/wire/sign.ts";
import type { HallView } from "../recap/wire/views.ts";
import { openMemoryStore, type Fault as StoreFault } from "../store/memory.ts";
import { deskServer } from "./desk.ts";

const KEC = "710101" as RegionCode;
const random = (count: number) => new Uint8Array(randomBytes(count));

interface Reply<T> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: T & Problem;
}

/** A browser: it keeps its cookie, and marks its requests as the desk's page does. */
class Device {
  readonly #port: number;
  cookie = "";

  constructor(port: number) {
    this.#port = port;
  }

  ask<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = { "x-teguh-desk": "1" },
  ): Promise<Reply<T>> {
    const bytes = body === undefined ? undefined : body instanceof Uint8Array ? body : utf8(JSON.stringify(body));
    const cookie = this.cookie === "" ? {} : { cookie: this.cookie };
    const length = bytes === undefined ? {} : { "content-length": bytes.length };
    return new Promise((resolve, reject) => {
      const options = { port: this.#port, host: "127.0.0.1", method, path, agent: false } as const;
      const sent = request({ ...options, headers: { ...cookie, ...length, ...headers } }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => {
          const [set] = response.headers["set-cookie"] ?? [];
          if (set !== undefined) this.cookie = set.split(";")[0] ?? "";
          const text = Buffer.concat(parts).toString();
          const isJson = response.headers["content-type"] === "application/json";
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: isJson ? JSON.parse(text) : text,
          });
        });
      });
      sent.on("error", reject);
      sent.end(bytes);
    });
  }

  async signIn(word: string, region: RegionCode = KEC): Promise<Reply<SessionView>> {
    const { body } = await this.ask<{ challenge: string }>("POST", "/api/challenge", {});
    return this.ask("POST", "/api/session", signIn(ORIGIN, region, body.challenge, keyOf(word).seed));
  }
}

interface Fixture {
  readonly world: World;
  readonly data: string;
  readonly desk: Desk;
  readonly logged: string[];
  readonly secret: string;
  /** What goes wrong at the log's writer. */
  readonly trouble: { core: Error | null; store: StoreFault | null };
  device(): Device;
  /** Hands in what these sign. */
  say<T extends HallType>(device: Device, type: T, body: Said<T>, ...words: string[]): Promise<Reply<Accepted>>;
}

/** A desk for the example's election: chair, two members, operator, supervisor and observer of one kecamatan. */
async function withDesk(run: (fixture: Fixture) => Promise<void>): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), "teguh-desk-"));
  const trouble: Fixture["trouble"] = { core: null, store: null };
  const world = await openWorld(openMemoryStore(undefined, { fault: () => trouble.store }));
  for (const role of ["member", "operator", "supervisor", "observer"] as const) await world.grant(role, KEC, role);
  const definition = () => world.model;
  const standings = new Standings(world.store, definition);
  await standings.load("pleno/0");
  const clock = () => world.time.now;
  const core: Core = {
    append: (...args) => (trouble.core ? Promise.reject(trouble.core) : world.sequencer.append(...args)),
    see: (...args) => (trouble.core ? Promise.reject(trouble.core) : world.sequencer.see(...args)),
  };
  const desk = new Desk({
    store: world.store,
    core,
    standings,
    definition,
    people: People.open(data, ORIGIN),
    papers: new Papers(data, random),
    sessions: new Sessions({ clock, random }),
    clock,
    root: () => keyOf("root").signer,
  });
  const logged: string[] = [];
  mkdirSync(join(data, "page"));
  writeFileSync(join(data, "page", "index.html"), "<!doctype html><title>Meja</title>");
  const secret = makeCard(random);
  const { server, endStreams } = deskServer({
    desk,
    pageFolder: join(data, "page"),
    setupSecret: secret,
    log: (line) => logged.push(line),
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const election = world.sequencer.standings.genesis?.electionTag ?? "";
  const say: Fixture["say"] = (device, type, body, ...words) => {
    const signers: Signer[] = words.map((word) => keyOf(word).signer);
    const note = signAct({ election, signers, time: clock(), type, body });
    return device.ask("POST", `/api/halls/${KEC}/statements`, note);
  };
  try {
    await run({ world, data, desk, logged, secret, trouble, device: () => new Device(port), say });
    assert.deepEqual(logged, []);
  } finally {
    endStreams();
    server.close();
    server.closeAllConnections();
    rmSync(data, { recursive: true });
  }
}

const CHAIR = `chair ${KEC}`;
const minutes = (what: "open") => ({ act: { what } });

test("someone who holds a role signs in, looks into the hall and states an act", async () => {
  await withDesk(async ({ device, say, world }) => {
    const chair = device();
    const session = await chair.signIn(CHAIR);
    assert.deepEqual([session.status, session.body.people.map(({ role }) => role)], [200, ["chair"]]);
    const before = (await chair.ask<HallView>("GET", `/api/halls/${KEC}`)).body;
    assert.equal(before.phase.phase, "unscheduled");
    const stated = await say(chair, "minutes", minutes("open"), CHAIR);
    assert.equal(stated.status, 200);
    assert.equal(stated.body.index, ((await world.store.head(`pleno/${KEC}`))?.size ?? 0) - 1);
    assert.equal((await chair.ask<HallView>("GET", `/api/halls/${KEC}`)).body.phase.phase, "open");
  });
});
