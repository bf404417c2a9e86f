/**
 * The eyes over HTTP, in the desk's server, since that is where the nation's operators have a session:
 *
 *   GET /status[?lang=en]   the page, for an operator of the nation's plenary who is signed in at this browser
 *   POST /status/flood      of a simulation alone: its attack upon itself begins
 *   GET /metrics            for Prometheus: with `Authorization: Bearer …`, the word in `desk/metrics-token` of the data folder
 */
import { randomBytes, timingSafeEqual } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { dirname, join } from "node:path";
import { fromUtf8, utf8 } from "../../ledger/bytes.ts";
import { sha256 } from "../../ledger/hash.ts";
import { OWN_REQUEST } from "../../recap/wire/routes.ts";
import { readFileOrNull } from "../../store/files.ts";
import type { Answer } from "../desk-http.ts";
import type { Drill } from "./drill.ts";
import { metricsText } from "./metrics.ts";
import { SCRIPT, STYLE, statusPage } from "./page.ts";
import { placeFigures } from "./place.ts";
import type { Watch } from "./watch.ts";

/** Where the word is that a scraper shows. */
const TOKEN = join("desk", "metrics-token");

export interface EyesOptions {
  /** The data folder. */
  readonly data: string;
  readonly watch: Watch;
  /** Of a simulation, where everybody may look. */
  readonly drill?: Drill | undefined;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

export class Eyes {
  readonly #options: EyesOptions;
  readonly #token: string;

  /** Makes the scrapers' word if there is none. Throws what the disk throws. */
  constructor(options: EyesOptions) {
    this.#options = options;
    const path = join(options.data, TOKEN);
    const known = readFileOrNull(path);
    this.#token = known === null ? randomBytes(24).toString("base64url") : fromUtf8(known).trim();
    if (known !== null) return;
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${this.#token}\n`, { mode: 0o600 });
  }

  /** The answer to a request, null if it is none for us. `isOperator`: whether one of the nation is signed in there. */
  async answer(
    { method, url = "", headers }: IncomingMessage,
    isOperator: () => Promise<boolean>,
  ): Promise<Answer | null> {
    const { pathname, searchParams } = new URL(url, "http://desk");
    const { drill } = this.#options;
    if (method === "POST" && pathname === "/status/flood" && drill !== undefined) return begin(drill, headers);
    if (method !== "GET") return null;
    if (pathname === "/status.css") return page(STYLE, "text/css; charset=utf-8");
    if (pathname === "/status.js") return page(SCRIPT, "text/javascript; charset=utf-8");
    if (pathname === "/metrics") return this.#mayScrape(headers.authorization) ? this.#metrics() : NOT_HERE;
    if (pathname !== "/status") return null;
    return drill !== undefined || (await isOperator())
      ? this.#status(searchParams.get("lang") === "en" ? "en" : "id")
      : FOR_OPERATORS;
  }

  async #status(language: "id" | "en"): Promise<Answer> {
    const { watch, data, clock, drill } = this.#options;
    const shown = { now: watch.now, place: await placeFigures(data), at: clock(), drill: drill?.now() ?? null };
    return page(statusPage(shown, language), HTML);
  }

  async #metrics(): Promise<Answer> {
    const { watch, data, clock } = this.#options;
    const { text, type } = await metricsText(watch.now, await placeFigures(data), clock());
    return page(text, type);
  }

  #mayScrape(authorization = ""): boolean {
    const shown = sha256(utf8(authorization));
    return this.#token !== "" && timingSafeEqual(shown, sha256(utf8(`Bearer ${this.#token}`)));
  }
}

/** Only by the page's own button: no other site can send this header. */
function begin(drill: Drill, headers: IncomingMessage["headers"]): Answer {
  if (headers[OWN_REQUEST[0]] !== OWN_REQUEST[1]) return { status: 403 };
  drill.begin();
  return { status: 204 };
}

const HTML = "text/html; charset=utf-8";

const page = (text: string, type: string): Answer => ({ status: 200, bytes: utf8(text), type });

const NOT_HERE: Answer = { status: 401, headers: { "www-authenticate": "Bearer" } };

const FOR_OPERATORS: Answer = {
  ...page(
    '<!doctype html><html lang="id"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Keadaan server: Teguh</title><link rel="stylesheet" href="status.css"></head><body><h1>Keadaan server</h1><p>Halaman ini untuk operator pleno nasional. Masuklah dahulu di <a href="./#/0">meja pleno nasional</a> pada peramban ini.</p><p lang="en">This page is for operators of the national plenary. Sign in at the <a href="./#/0">national plenary desk</a> in this browser first.</p></body></html>\n',
    HTML,
  ),
  status: 403,
};
