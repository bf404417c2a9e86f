/**
 * Serves the desk's built page with a hall that lives in memory: what the page's own tests and measurements drive in a browser,
 * and `node e2e/desk-fixture.ts 8090` for looking at it by hand.
 */
import { existsSync, readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { ContestKind, RegionCode, StationCode } from "../src/election/codes.ts";
import type { Role } from "../src/election/statements.ts";
import { fromHex, toHex } from "../src/ledger/bytes.ts";
import { sha256 } from "../src/ledger/hash.ts";
import { keyName, shortKey } from "../src/ledger/statement.ts";
import type { SessionView } from "../src/recap/wire/people.ts";
import { type NewPerson, OWN_REQUEST, type SignIn } from "../src/recap/wire/routes.ts";
import { isSealAnew, isSignIn, type SealAnew } from "../src/recap/wire/sign.ts";
import { sayRefusal } from "../src/tally/refusal.ts";
import { FixtureHall, type FixtureOptions, Refused } from "../web/desk/testing/fixture-hall.ts";
import { ORIGIN, REGION } from "../web/desk/testing/invented.ts";

const BUILT = new URL("../dist/desk/", import.meta.url);
const TYPES: Readonly<Record<string, string>> = { js: "text/javascript", css: "text/css", html: "text/html" };
const SETUP_SECRET = "rahasia-konsol";

export interface FixtureDesk {
  readonly url: string;
  readonly hall: FixtureHall;
  /** What the console's secret is, where the desk is new. */
  readonly secret: string;
  /** While true every request is cut off, as when the main laptop sleeps. */
  isCut: boolean;
  /** Requests answered so far, `METHOD path`. */
  readonly asked: string[];
  close(): Promise<void>;
}

interface Started extends FixtureOptions {
  readonly port?: number;
  readonly needsSetup?: boolean;
}

class Answer extends Error {
  readonly status: number;
  readonly body: unknown;
  constructor(status: number, body: unknown) {
    super(`${status}`);
    this.status = status;
    this.body = body;
  }
}

const problem = (status: number, code: string, words: string, reason?: string) =>
  new Answer(status, { code, message: { id: words, en: words }, ...(reason === undefined ? {} : { reason }) });

export async function startFixtureDesk({
  port = 0,
  needsSetup = false,
  ...options
}: Started = {}): Promise<FixtureDesk> {
  const hall = new FixtureHall(options);
  let session: SessionView | null = null;
  let isNew = needsSetup;
  const challenges = new Set<string>();
  const streams = new Set<ServerResponse>();
  hall.subscribe((size) => {
    for (const stream of streams) stream.write(`data: {"size":${size}}\n\n`);
  });

  const admit = (key: string, region: RegionCode): SessionView => {
    const person = hall.personViews().find((each) => each.key === key);
    if (person === undefined) throw problem(401, "no-session", "Kunci ini tidak dikenal di meja ini.");
    const { person: id, name, role } = person;
    const others = session?.people.filter((each) => each.key !== key) ?? [];
    session = { region, people: [...others, { person: id, name, role, key }], until: Date.now() + 3600_000 };
    return session;
  };
  const admitPeople = (list: readonly NewPerson[]) => {
    hall.admit(
      list.map((each) => {
        const key = shortKey(keyName(ORIGIN, fromHex(each.publicKey)));
        return { ...each, key, passkeys: [], standing: "granted" as const };
      }),
    );
  };

  const routes: readonly (readonly [
    method: string,
    path: RegExp,
    answer: (args: string[], body: Buffer) => unknown,
  ])[] = [
    [
      "GET",
      /^\/api\/welcome$/,
      () => {
        const { region, above, election } = hall.view();
        return {
          origin: ORIGIN,
          title: election.title,
          simulation: true,
          halls: [
            {
              code: region.code,
              name: region.name,
              level: region.level,
              above: above.map(({ name }) => name),
              tryRoles: hall.tryRoles ? hall.people.map(({ role }) => role) : [],
            },
          ],
          needsSetup: isNew,
          tryRoles: hall.tryRoles,
        };
      },
    ],
    ["GET", /^\/api\/halls\/\d+\/people$/, () => hall.personViews()],
    [
      "POST",
      /^\/api\/challenge$/,
      () => {
        const challenge = toHex(crypto.getRandomValues(new Uint8Array(32)));
        challenges.add(challenge);
        return { challenge };
      },
    ],
    [
      "POST",
      /^\/api\/session$/,
      (_, body) => {
        const signIn = JSON.parse(body.toString()) as SignIn;
        const publicKey = fromHex(signIn.publicKey);
        if (!challenges.delete(signIn.challenge) || !isSignIn(ORIGIN, signIn, publicKey)) {
          throw problem(401, "not-allowed", "Tanda tangan tidak sesuai. Masuk sekali lagi.");
        }
        return admit(shortKey(keyName(ORIGIN, publicKey)), signIn.region);
      },
    ],
    [
      "GET",
      /^\/api\/session$/,
      () => {
        if (session === null) throw problem(401, "no-session", "Belum masuk.");
        return session;
      },
    ],
    [
      "DELETE",
      /^\/api\/session$/,
      () => {
        session = null;
        return null;
      },
    ],
    [
      "POST",
      /^\/api\/try$/,
      (_, body) => {
        const { region, role } = JSON.parse(body.toString()) as { region: RegionCode; role: Role };
        const person = hall.people.find((each) => each.role === role);
        if (person === undefined) throw problem(404, "unknown", "Peran itu tidak ada.");
        return {
          ...admit(person.key, region),
          publicKey: toHex(person.signer.publicKey),
          seed: toHex(person.seed),
        };
      },
    ],
    [
      "POST",
      /^\/api\/setup$/,
      (_, body) => {
        const { secret, list } = JSON.parse(body.toString()) as { secret: string; list: NewPerson[] };
        if (secret !== SETUP_SECRET) throw problem(403, "not-allowed", "Rahasia ini bukan yang tertulis di konsol.");
        admitPeople(list);
        isNew = false;
        return { index: 1 };
      },
    ],
    [
      "POST",
      /^\/api\/people$/,
      (_, body) => {
        admitPeople(JSON.parse(body.toString()) as NewPerson[]);
        return hall.personViews();
      },
    ],
    [
      "PUT",
      /^\/api\/people\/([0-9a-f]{16})\/sealed$/,
      ([key = ""], body) => {
        const wish = JSON.parse(body.toString()) as SealAnew;
        const person = hall.personViews().find((each) => each.key === key);
        if (person === undefined || !isSealAnew(ORIGIN, wish, fromHex(person.publicKey))) {
          throw problem(403, "not-allowed", "Hanya kunci itu sendiri yang dapat memasang PIN.");
        }
        hall.seal(key, wish.sealed);
        return null;
      },
    ],
    ["GET", /^\/api\/halls\/\d+$/, () => hall.view()],
    [
      "GET",
      /^\/api\/halls\/\d+\/districts\/(\w+)\/[\w.-]+$/,
      ([contest = ""]) => hall.districts.get(contest as ContestKind),
    ],
    [
      "GET",
      /^\/api\/halls\/\d+\/stations\/(\w+)\/(\d+)$/,
      ([contest, station]) => hall.station(contest as ContestKind, station as StationCode),
    ],
    [
      "GET",
      /^\/api\/halls\/\d+\/desa\/(\w+)\/(\d+)$/,
      ([contest, desa]) => hall.desaView(contest as ContestKind, desa as RegionCode),
    ],
    ["GET", /^\/api\/halls\/\d+\/overview$/, () => hall.overview()],
    ["GET", /^\/api\/halls\/\d+\/acts$/, () => hall.acts(null)],
    ["POST", /^\/api\/halls\/\d+\/statements$/, (_, body) => hall.take(new Uint8Array(body))],
    [
      "POST",
      /^\/api\/papers$/,
      (_, body) => {
        const hash = toHex(sha256(body));
        hall.papers.set(hash, { type: "image/png", bytes: body });
        return { hash };
      },
    ],
    ["POST", /^\/api\/paper-lists$/, (_, body) => ({ hash: toHex(sha256(body)) })],
  ];

  const answerApi = (method: string, path: string, body: Buffer): unknown => {
    for (const [verb, pattern, answer] of routes) {
      const found = verb === method ? pattern.exec(path) : null;
      if (found !== null) return answer(found.slice(1), body);
    }
    throw problem(404, "unknown", "Alamat ini tidak ada.");
  };

  const desk: FixtureDesk = {
    url: "",
    hall,
    secret: SETUP_SECRET,
    isCut: false,
    asked: [],
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };

  const server = createServer((request, response) => {
    if (desk.isCut) {
      request.destroy();
      return;
    }
    void serve(request, response).catch((fault: unknown) => {
      const answer = asAnswer(fault);
      response.writeHead(answer.status, { "content-type": "application/json" }).end(JSON.stringify(answer.body));
    });
  });

  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = "GET", url = "/" } = request;
    const [path = "/"] = url.split("?");
    desk.asked.push(`${method} ${path}`);
    if (!path.startsWith("/api/")) return sendFile(path, response);
    if (method === "GET" && path.startsWith("/api/papers/")) return sendPaper(hall, path, response);
    if (path.endsWith("/events")) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      response.write(`data: {"size":${hall.size}}\n\n`);
      streams.add(response);
      response.on("close", () => streams.delete(response));
      return;
    }
    const body: Buffer[] = [];
    for await (const part of request) body.push(part as Buffer);
    if (method !== "GET" && request.headers[OWN_REQUEST[0]] !== OWN_REQUEST[1]) {
      throw problem(403, "not-allowed", "Permintaan ini bukan dari halaman meja.");
    }
    const answer = answerApi(method, path, Buffer.concat(body));
    if (answer === null) response.writeHead(204).end();
    else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer));
  };

  await new Promise<void>((done) => server.listen(port, "127.0.0.1", done));
  return Object.assign(desk, { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
}

function asAnswer(fault: unknown): Answer {
  if (fault instanceof Answer) return fault;
  if (fault instanceof Refused) {
    const { refusal } = fault;
    return new Answer(409, { code: "refused", message: sayRefusal(refusal), reason: refusal.reason });
  }
  return problem(500, "malformed", String(fault));
}

function sendFile(path: string, response: ServerResponse): void {
  const name = path === "/" ? "index.html" : path.slice(1);
  const file = new URL(name, BUILT);
  if (!file.href.startsWith(BUILT.href) || !existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  const type = TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream";
  response.writeHead(200, { "content-type": type, "cache-control": "no-store" }).end(readFileSync(file));
}

/** A photographed page, drawn: paper with lines, so that zooming and turning it can be seen. */
function sendPaper(hall: FixtureHall, path: string, response: ServerResponse): void {
  const hash = path.split("/").at(-1) ?? "";
  const kept = hall.papers.get(hash);
  if (kept !== undefined) {
    response.writeHead(200, { "content-type": kept.type }).end(kept.bytes);
    return;
  }
  const lines = Array.from({ length: 18 }, (_, i) => {
    const y = 250 + i * 44;
    const number = String(Number.parseInt(hash.slice(i * 3, i * 3 + 3), 16) % 400).padStart(3, "0");
    const boxes = [...number]
      .map(
        (digit, d) =>
          `<rect x="${560 + d * 52}" y="${y - 32}" width="48" height="38"/><text x="${574 + d * 52}" y="${y - 2}" class="n">${digit}</text>`,
      )
      .join("");
    return `<text x="60" y="${y}">Baris ${i + 1} pada formulir</text>${boxes}<path d="M50 ${y + 10}H750"/>`;
  }).join("");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="800" height="1130" viewBox="0 0 800 1130"><style>text{font:22px sans-serif;fill:#223}.n{font:italic 30px serif;fill:#134}rect,path{fill:none;stroke:#556;stroke-width:1.5}</style><rect width="800" height="1130" style="fill:#f4f1e6"/><rect x="30" y="30" width="740" height="1070"/><text x="60" y="90" style="font-weight:700">MODEL C.HASIL (gambar peraga)</text><text x="60" y="130">Bukan formulir asli</text><text x="60" y="180">${hash.slice(0, 12)}</text>${lines}</svg>`;
  response.writeHead(200, { "content-type": "image/svg+xml" }).end(svg);
}

export { REGION };

if (import.meta.main) {
  const desk = await startFixtureDesk({ port: Number(process.argv[2] ?? 8090), desa: 3, contests: 5 });
  process.stdout.write(`${desk.url}#/${REGION}\n`);
}
