/** The desk's addresses of a hall: what it shows, what is stated in it, and the stream that tells of both. */
import { isRegionCode, isStationCode, type RegionCode } from "../election/codes.ts";
import { MAX_STATEMENT } from "../ledger/statement.ts";
import type { Desk } from "../recap/desk.ts";
import type { Hall } from "../recap/hall.ts";
import type { Session } from "../recap/sessions.ts";
import type { CustodyView } from "../recap/wire/sync.ts";
import type { HallView } from "../recap/wire/views.ts";
import { withNames } from "../recap/witnesses.ts";
import { type Asked, doing, sessionOf } from "./desk-asked.ts";
import { aboutIn, contestIn, numberIn, withoutPdf } from "./desk-bodies.ts";
import type { Events } from "./desk-events.ts";
import { type Answer, bodyOf, ok, orUnknown, Refused, unknown } from "./desk-http.ts";
import { NO_HALL, OTHER_HALL } from "./desk-words.ts";

export interface HallRoutesOptions {
  readonly desk: Desk;
  readonly events: Events;
  /** Of the centre: who writes the logs below a hall. */
  readonly custody?: ((hall: Hall) => Promise<CustodyView>) | undefined;
}

/** Answers what is asked of a hall; null: the answer is a stream, and under way. */
export function hallRoutes({ desk, events, custody }: HallRoutesOptions): (asked: Asked) => Promise<Answer | null> {
  return (asked) => hallRoute(asked, hallOf(asked.path[1] ?? ""));

  function hallOf(code: string): RegionCode {
    if (!isRegionCode(code) || !desk.has(code)) throw new Refused(404, "unknown", NO_HALL);
    return code;
  }

  async function hallRoute(asked: Asked, region: RegionCode): Promise<Answer | null> {
    const { request, response, path } = asked;
    const what = path.slice(2);
    if (request.method === "GET" && what[0] === "people") return ok(await desk.peopleIn(region));
    const session = request.method === "POST" ? await doing(desk, asked) : await sessionOf(desk, asked);
    if (!desk.mayLook(session, region)) throw new Refused(403, "not-allowed", OTHER_HALL);
    if (request.method === "POST") return what[0] === "statements" ? state(asked, session, region) : unknown();
    if (what[0] === "events") {
      await events.stream(request, response, region, () => desk.session(session.token).then((one) => one !== null));
      return null;
    }
    return shown(await desk.hall(region), what, asked);
  }

  async function state({ request }: Asked, session: Session, region: RegionCode): Promise<Answer> {
    const stated = await desk.state(session, region, await bodyOf(request, MAX_STATEMENT));
    if (stated.kind === "accepted") return ok(stated.accepted);
    const reason = stated.kind === "refused" ? stated.reason : undefined;
    throw new Refused(STATUS[stated.kind], stated.kind, stated.message, reason);
  }

  /** The hall, to those who work in it with the names of saksi. */
  async function viewOf(hall: Hall, session: Session | null): Promise<HallView> {
    const view = await hall.view(desk.clock());
    return session !== null && desk.mayHandIn(session) ? withNames(view, desk.witnesses.names()) : view;
  }

  /** What a hall shows under an address. */
  async function shown(hall: Hall, [what = "", ...rest]: readonly string[], { token, query }: Asked): Promise<Answer> {
    await hall.follow();
    const [contest, code = ""] = [contestIn(rest[0]), rest[1]];
    switch (what) {
      case "":
        return ok(await viewOf(hall, desk.sessions.get(token)));
      case "districts":
        return orUnknown(contest && hall.district(contest, code));
      case "stations": {
        // Whoever goes from station to station is at work, though nothing is stated yet.
        const session = desk.sessions.get(token);
        if (session !== null) desk.sessions.touch(session);
        return orUnknown(contest && isStationCode(code) ? await hall.station(contest, code) : null);
      }
      case "desa":
        return orUnknown(contest && isRegionCode(code) ? hall.desa(contest, code) : null);
      case "overview": {
        const of = query.get("of") ?? hall.region;
        const everyKecamatan = query.get("level") === "kecamatan";
        return orUnknown(isRegionCode(of) ? hall.overviewOf(desk.clock(), of, everyKecamatan) : null);
      }
      case "below":
        return orUnknown(contest && (await hall.below(contest, code)));
      case "seats": {
        if (contest && code.endsWith(".pdf")) return pdf(await hall.seatsPdf(contest, withoutPdf(code), desk.names()));
        return orUnknown(contest && (await hall.seats(contest, code)));
      }
      case "story":
        return orUnknown(contest && (await hall.story(contest, aboutIn(query.get("station"), code))));
      case "custody":
        return orUnknown((await custody?.(hall)) ?? null);
      case "acts":
        return ok(await hall.acts(numberIn(query.get("before")) ?? undefined));
      case "certificate":
        return pdf(contest && (await hall.certificatePdf(contest, withoutPdf(code), desk.names())));
      case "night": {
        const desa = withoutPdf(rest[0] ?? "");
        return pdf(isRegionCode(desa) ? await hall.nightPdf(desa) : null);
      }
      case "incidents.pdf":
        return pdf(await hall.incidentsPdf(desk.names()));
      default:
        return unknown();
    }
  }
}

const pdf = (bytes: Uint8Array | null): Answer =>
  bytes === null ? unknown() : { status: 200, bytes, type: "application/pdf" };

const STATUS = { malformed: 400, "too-large": 413, "not-allowed": 403, refused: 409, later: 503 } as const;
