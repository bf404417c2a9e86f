/** The desk's addresses about who is here: setting up, signing in, the people and their keys, the names of saksi, the hall's screens. */
import type { IncomingMessage } from "node:http";
import { isRegionCode } from "../election/codes.ts";
import { Buckets } from "../intake/bucket.ts";
import { toHex } from "../ledger/bytes.ts";
import type { Desk } from "../recap/desk.ts";
import type { Session } from "../recap/sessions.ts";
import { type Card, isSealedSeed, readCard } from "../recap/wire/card.ts";
import { isPasskey } from "../recap/wire/passkey.ts";
import type { TriedRole } from "../recap/wire/routes.ts";
import type { SealAnew } from "../recap/wire/sign.ts";
import { isName, isPerson } from "../recap/witnesses.ts";
import { type Asked, doing, granted, limit, routeOf, sessionOf } from "./desk-asked.ts";
import { isRole, isSame, isSignInBody, peopleIn } from "./desk-bodies.ts";
import { type Answer, cookie, fieldsOf, jsonIn, malformed, ok, Refused, SMALL, unknown } from "./desk-http.ts";
import { LINK_USED, NOT_OFFICER, NOT_YOURS, PASSKEY_WORDS, SEAL_WORDS, SET_UP, WRONG_SECRET } from "./desk-words.ts";

const PEOPLE_BYTES = 512 * 1024;

/** Attempts to sign in: a committee of one address at once, then one every two seconds. */
const SIGN_INS = { capacity: 40, perSecond: 0.5 };
/** Guesses of the console's secret, of everyone together. */
const GUESSES = { capacity: 5, perSecond: 1 / 30 };

/** Answers what is asked about people; null: it is about something else. */
export function peopleRoutes(desk: Desk, setupSecret: Card): (asked: Asked) => Answer | Promise<Answer> | null {
  const signIns = new Buckets(SIGN_INS, desk.clock);
  const guesses = new Buckets(GUESSES, desk.clock);
  return (asked) => {
    const [, second = "", third] = asked.path;
    switch (routeOf(asked)) {
      case "POST setup":
        return setUp(asked);
      case "POST challenge":
        return challenge(asked);
      case "POST session":
        return signIn(asked);
      case "GET session":
        return view(asked);
      case "DELETE session":
        return signOut(asked);
      case "POST people":
        return third === "passkeys" ? addPasskey(asked, second) : addPeople(asked);
      case "PUT people":
        return third === "sealed" ? sealAnew(asked, second) : unknown();
      case "DELETE people":
        return third === "passkeys" ? removePasskey(asked, second) : unknown();
      case "PUT witnesses":
      case "DELETE witnesses":
        return nameWitness(asked, second);
      case "POST try":
        return tryRole(asked);
      case "POST projector":
        return second === "" ? pair(asked) : project(asked, second);
      default:
        return null;
    }
  };

  async function challenge({ request }: Asked): Promise<Answer> {
    limit(signIns, request);
    return ok({ challenge: desk.sessions.challenge() });
  }

  async function view(asked: Asked): Promise<Answer> {
    return ok(desk.view(await sessionOf(desk, asked)));
  }

  async function signOut({ request, token }: Asked): Promise<Answer> {
    if (token !== null) desk.sessions.end(token);
    return { status: 204, headers: { "set-cookie": cookie("", request, 0) } };
  }

  async function signIn({ request, token }: Asked): Promise<Answer> {
    limit(signIns, request);
    const answer = await jsonIn(request, SMALL);
    if (!isSignInBody(answer)) throw malformed();
    return begun(request, granted(await desk.signIn(token, answer)));
  }

  async function tryRole({ request, token }: Asked): Promise<Answer> {
    limit(signIns, request);
    const { region, role } = fieldsOf(await jsonIn(request, SMALL));
    if (typeof region !== "string" || !isRegionCode(region) || !isRole(role)) throw malformed();
    const { session, role: open } = granted(await desk.tryRole(token, region, role));
    const { headers = {} } = begun(request, session);
    const tried: TriedRole = { ...desk.view(session), publicKey: toHex(open.publicKey), seed: toHex(open.seed) };
    return { ...ok(tried), headers };
  }

  /** A screen's one-time link, shown by an officer of the hall. */
  async function pair(asked: Asked): Promise<Answer> {
    const session = await doing(desk, asked);
    if (!desk.isOfficer(session)) throw new Refused(403, "not-allowed", NOT_OFFICER);
    return ok({ link: desk.sessions.link(session.region) });
  }

  /** The screen itself, which comes with the link. */
  async function project({ request }: Asked, link: string): Promise<Answer> {
    limit(signIns, request);
    const session = desk.sessions.project(link);
    if (session === null) throw new Refused(403, "not-allowed", LINK_USED);
    return begun(request, session);
  }

  function begun(request: IncomingMessage, session: Session): Answer {
    const seconds = Math.ceil((session.until - desk.clock()) / 1000);
    return { ...ok(desk.view(session)), headers: { "set-cookie": cookie(session.token, request, seconds) } };
  }

  async function setUp({ request }: Asked): Promise<Answer> {
    if (!(await desk.needsSetup())) throw new Refused(403, "not-allowed", SET_UP);
    limit(guesses, "everyone");
    const { secret, list } = fieldsOf(await jsonIn(request, PEOPLE_BYTES));
    const typed = readCard(String(secret));
    if (!("card" in typed) || !isSame(typed.card, setupSecret)) throw new Refused(403, "not-allowed", WRONG_SECRET);
    return ok(granted(await desk.setUp(peopleIn(list))));
  }

  async function addPeople(asked: Asked): Promise<Answer> {
    const session = await doing(desk, asked);
    const list = peopleIn(await jsonIn(asked.request, PEOPLE_BYTES));
    return ok(granted(await desk.addPeople(session, list)));
  }

  async function sealAnew({ request }: Asked, key: string): Promise<Answer> {
    limit(signIns, request);
    const { sealed, signature } = fieldsOf(await jsonIn(request, SMALL));
    if (!isSealedSeed(sealed) || typeof signature !== "string") throw malformed();
    const refusal = desk.people.sealAnew(key, { sealed, signature } satisfies SealAnew);
    if (refusal !== null) throw new Refused(refusal === "unknown" ? 404 : 403, "not-allowed", SEAL_WORDS[refusal]);
    return { status: 204 };
  }

  async function addPasskey({ request }: Asked, key: string): Promise<Answer> {
    limit(signIns, request);
    const { passkey, challenge, signature } = fieldsOf(await jsonIn(request, SMALL));
    if (!isPasskey(passkey) || typeof challenge !== "string" || typeof signature !== "string") throw malformed();
    const isInTime = desk.sessions.redeem(challenge);
    const refusal = isInTime ? desk.people.addPasskey(key, { passkey, challenge, signature }) : "late";
    if (refusal !== null) throw new Refused(refusal === "unknown" ? 404 : 403, "not-allowed", PASSKEY_WORDS[refusal]);
    return { status: 204 };
  }

  async function removePasskey(asked: Asked, key: string): Promise<Answer> {
    const { keys } = await doing(desk, asked);
    if (!keys.includes(key)) throw new Refused(403, "not-allowed", NOT_YOURS);
    desk.people.removePasskey(key, asked.path[3] ?? "");
    return { status: 204 };
  }

  /** What the saksi of a mandate is called, or that the name is to be forgotten. */
  async function nameWitness(asked: Asked, person: string): Promise<Answer> {
    if (!desk.isOfficer(await doing(desk, asked))) throw new Refused(403, "not-allowed", NOT_OFFICER);
    if (!isPerson(person)) return unknown();
    if (asked.request.method === "DELETE") {
      desk.witnesses.forget(person);
    } else {
      const { name } = fieldsOf(await jsonIn(asked.request, SMALL));
      if (!isName(name)) throw malformed();
      desk.witnesses.keep(person, name);
    }
    return { status: 204 };
  }
}
