/** A desk for tests: the small example election with real keys, served over HTTP, and browsers that behave as the desk's page does. */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type IncomingHttpHeaders, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Standings } from "../../core/standings.ts";
import type { Core } from "../../core/submission.ts";
import { keyOf, ORIGIN, openWorld, STATION, sheetNote, submissionOf, type World } from "../../core/testing.ts";
import type { RegionCode } from "../../election/codes.ts";
import type { ReadingBody } from "../../election/sheet.ts";
import { exampleSheet } from "../../election/testing.ts";
import { toHex, utf8 } from "../../ledger/bytes.ts";
import { asHash, type Hash } from "../../ledger/hash.ts";
import { parseStatement } from "../../ledger/statement.ts";
import { Desk, type DeskOptions } from "../../recap/desk.ts";
import { Papers } from "../../recap/papers.ts";
import { People } from "../../recap/people.ts";
import { Sessions } from "../../recap/sessions.ts";
import { type Card, makeCard } from "../../recap/wire/card.ts";
import type { SessionView } from "../../recap/wire/people.ts";
import { type Accepted, OWN_REQUEST, type Problem } from "../../recap/wire/routes.ts";
import { type HallType, type Said, signAct, signIn } from "../../recap/wire/sign.ts";
import { Witnesses } from "../../recap/witnesses.ts";
import { openMemoryStore, type Fault as StoreFault } from "../../store/memory.ts";
import { deskServer } from "../desk.ts";

export const KEC = "710101" as RegionCode;
export const CHAIR = `chair ${KEC}`;
export const random = (count: number): Uint8Array => new Uint8Array(randomBytes(count));

export interface Reply<T> {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** What was answered, or the problem. */
  readonly body: T & Problem;
}

const OWN: Readonly<Record<string, string>> = { [OWN_REQUEST[0]]: OWN_REQUEST[1] };

/** A browser: it keeps its cookie, and marks its requests as the desk's page does. */
export class Device {
  readonly port: number;
  cookie = "";

  constructor(port: number) {
    this.port = port;
  }

  /** `body`: bytes as they are, anything else as JSON. */
  ask<T = unknown>(method: string, path: string, body?: unknown, headers = OWN): Promise<Reply<T>> {
    const bytes = body === undefined || body instanceof Uint8Array ? body : utf8(JSON.stringify(body));
    const cookie = this.cookie === "" ? {} : { cookie: this.cookie };
    const length = bytes === undefined ? {} : { "content-length": bytes.length };
    return new Promise((resolve, reject) => {
      const options = { port: this.port, host: "127.0.0.1", method, path, agent: false } as const;
      const sent = request({ ...options, headers: { ...cookie, ...length, ...headers } }, (response) => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => {
          const [set] = response.headers["set-cookie"] ?? [];
          if (set !== undefined) this.cookie = set.split(";")[0] ?? "";
          const text = Buffer.concat(parts).toString();
          const isJson = response.headers["content-type"] === "application/json";
          const answer = { status: response.statusCode ?? 0, headers: response.headers };
          resolve({ ...answer, body: isJson ? JSON.parse(text) : text });
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

export interface Fixture {
  readonly world: World;
  readonly data: string;
  readonly desk: Desk;
  /** Where the desk answers. */
  readonly port: number;
  /** The console's. */
  readonly secret: Card;
  /** What goes wrong at the log's writer, or at its store. */
  readonly trouble: { core: Error | null; store: StoreFault | null };
  device(): Device;
  /** A device on which these have signed in. */
  signedIn(...words: string[]): Promise<Device>;
  /** The note of an act that these sign. */
  note<T extends HallType>(type: T, body: Said<T>, ...words: string[]): Uint8Array;
  /** Hands in what these sign. */
  say<T extends HallType>(device: Device, type: T, body: Said<T>, ...words: string[]): Promise<Reply<Accepted>>;
  /** Entries of the hall's log. */
  size(): Promise<number>;
}

/**
 * Runs a test against a desk with chair, member, operator, supervisor and observer of kecamatan {@link KEC}, whose keys are named
 * by these words (the chair's {@link CHAIR}).
 * @param pageFolder where the built page lies; without it there is an empty one
 */
export async function withDesk(
  run: (fixture: Fixture) => Promise<void>,
  change: (world: World) => Partial<DeskOptions> = () => ({}),
  pageFolder?: string,
): Promise<void> {
  const data = mkdtempSync(join(tmpdir(), "teguh-desk-"));
  const trouble: Fixture["trouble"] = { core: null, store: null };
  const world = await openWorld(openMemoryStore(undefined, { fault: () => trouble.store }));
  for (const role of ["member", "operator", "supervisor", "observer"] as const) await world.grant(role, KEC, role);
  const { sequencer, store } = world;
  const definition = () => world.model;
  const standings = new Standings(store, definition);
  await standings.load("pleno/0");
  const clock = () => world.time.now;
  const core: Core = {
    append: (...args) => (trouble.core ? Promise.reject(trouble.core) : sequencer.append(...args)),
    see: (...args) => (trouble.core ? Promise.reject(trouble.core) : sequencer.see(...args)),
  };
  const desk = new Desk({
    store,
    core,
    standings,
    definition,
    people: People.open(data, ORIGIN),
    witnesses: Witnesses.open(data),
    papers: new Papers(data, random),
    sessions: new Sessions({ clock, random }),
    clock,
    root: () => keyOf("root").signer,
    ...change(world),
  });
  const logged: string[] = [];
  mkdirSync(join(data, "page"));
  writeFileSync(join(data, "page", "index.html"), "<!doctype html><title>Meja</title>");
  const secret = makeCard(random);
  const log = (line: string) => logged.push(line);
  const { server, endStreams } = deskServer({
    desk,
    pageFolder: pageFolder ?? join(data, "page"),
    setupSecret: secret,
    log,
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const device = () => new Device(port);
  const note: Fixture["note"] = (type, body, ...words) => {
    const election = sequencer.standings.genesis?.electionTag ?? "";
    return signAct({ election, signers: words.map((word) => keyOf(word).signer), time: clock(), type, body });
  };
  const signedIn = async (...words: string[]) => {
    const one = device();
    for (const word of words) assert.equal((await one.signIn(word)).status, 200, word);
    return one;
  };
  const say: Fixture["say"] = (one, type, body, ...words) =>
    one.ask("POST", `/api/halls/${KEC}/statements`, note(type, body, ...words));
  const size = async () => (await store.head(`pleno/${KEC}`))?.size ?? 0;
  try {
    await run({ world, data, desk, port, secret, trouble, device, signedIn, note, say, size });
    assert.deepEqual(logged, []);
  } finally {
    endStreams();
    server.close();
    server.closeAllConnections();
    await desk.close();
    rmSync(data, { recursive: true });
  }
}

/** Sends the phone's sheet of {@link STATION}, with these votes, in place of an earlier one. */
export async function sendSheet(
  world: World,
  votes: readonly number[] = [100, 60, 40],
  previous: Hash | null = null,
): Promise<Hash> {
  const bytes = sheetNote(world, { votes, previous });
  await world.sequencer.sequence([submissionOf(bytes)]);
  return asHash(toHex(parseStatement(bytes).id));
}

/** A reading of {@link STATION} for the pairs, as its sheet says. */
export function readingOf({ model }: World, change: Partial<ReadingBody> = {}): Said<"reading"> {
  const {
    by: _by,
    election: _election,
    time: _time,
    papers: _papers,
    ...form
  } = exampleSheet(model, { station: STATION });
  const decided = {
    evidence: null,
    fields: [],
    incident: null,
    initialled: [],
    refused: [],
    reason: null,
    sheet: null,
  };
  return { ...form, ...decided, outcome: "same", ...change };
}
