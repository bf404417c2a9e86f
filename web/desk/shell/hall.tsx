/**
 * One hall, open on this device: follows it, keeps who works here, and gives the pages what they need.
 */
import { useEffect, useMemo, useState } from "preact/hooks";
import type { RegionCode } from "../../../src/election/codes.ts";
import type { Role } from "../../../src/election/statements.ts";
import type { Signer } from "../../../src/ledger/note.ts";
import type { PersonView, SessionView, WelcomeView } from "../../../src/recap/wire/people.ts";
import { signAct } from "../../../src/recap/wire/sign.ts";
import { POWERS } from "../../../src/tally/powers.ts";
import { useSpeech } from "../../ui/language.tsx";
import { Confirm, type Confirmation } from "../people/confirm.tsx";
import { type Active, Keyring } from "../people/keyring.ts";
import { LockScreen, SignIn } from "../people/sign-in.tsx";
import { linkIn, OpenScreen } from "../projector/open-screen.tsx";
import { type Api, ApiFault } from "./api.ts";
import { actOf, type Desk, DeskProvider, type HallType, type Said, type Stated, type StateOptions } from "./desk.ts";
import { draftsIn, storageOf } from "./drafts.ts";
import { Frame } from "./frame.tsx";
import { HallWatch } from "./hall-watch.ts";
import { useIdle } from "./idle.ts";
import { useKeys } from "./keys.ts";
import { useObserved } from "./observable.ts";
import { Outbox } from "./outbox.ts";
import { type Route, routeTo } from "./route.ts";
import { hallTitle, SHELL_WORDS } from "./words.ts";

interface Props {
  readonly api: Api;
  readonly welcome: WelcomeView;
  readonly region: RegionCode;
  readonly route: Route;
}

/** After so long without a key or a touch the screen locks itself, in milliseconds. */
const IDLE = 10 * 60_000;

export function Hall({ api, welcome, region, route }: Props) {
  const speech = useSpeech();
  const parts = useMemo(() => {
    const storage = storageOf(window);
    return {
      drafts: draftsIn(storage),
      keyring: new Keyring(api, welcome.origin, region),
      outbox: new Outbox(api, region, storage),
    };
  }, [api, welcome.origin, region]);
  const { keyring } = parts;
  const active = useObserved(keyring.active);
  const present = useObserved(keyring.present);
  const [people, setPeople] = useState<readonly PersonView[] | null>(null);
  const [asked, setAsked] = useState(0);
  const [viewer, setViewer] = useState<SessionView | null>(null);
  const named = welcome.halls.find(({ code }) => code === region);
  useEffect(() => {
    let isCurrent = true;
    const quietly = (fault: unknown) => {
      if (!(fault instanceof ApiFault)) throw fault;
    };
    api.people(region).then((list) => isCurrent && setPeople(list), quietly);
    // Who only looks needs no key, and so survives a reload: the screen of the room comes back by itself.
    api.session().then((session) => isCurrent && session.region === region && setViewer(session), quietly);
    return () => {
      isCurrent = false;
    };
  }, [api, region, active, asked]);
  useKeys([{ key: "Ctrl+l", does: SHELL_WORDS.lock, run: () => keyring.lock(), inFields: true }]);
  useIdle(active !== null, IDLE, () => keyring.lock());

  const looking = viewer?.people.find(({ role }) => role === "projector" || role === "observer") ?? null;
  const shared = { keyring, people: people ?? [], tryRoles: named?.tryRoles ?? [] };
  if (active === null && present.length > 0) return <LockScreen {...shared} />;
  const link = linkIn(route);
  if (active === null && looking === null && link !== null) {
    return <OpenScreen api={api} region={region} route={route} link={link} onOpen={setViewer} />;
  }
  if (active === null && looking === null)
    return <SignIn {...shared} hallName={named === undefined ? region : speech.text(hallTitle(named))} />;
  return (
    <OpenHall
      {...parts}
      {...shared}
      api={api}
      welcome={welcome}
      region={region}
      route={route}
      active={active}
      person={active?.person ?? looking}
      refreshPeople={() => setAsked(asked + 1)}
    />
  );
}

type ConfirmOptions = Pick<StateOptions, "summary"> & { readonly about?: StateOptions["about"] | null };

interface OpenProps extends Props {
  readonly keyring: Keyring;
  readonly drafts: Desk["drafts"];
  readonly outbox: Outbox;
  readonly people: readonly PersonView[];
  readonly tryRoles: readonly Role[];
  readonly active: Active | null;
  readonly person: Desk["person"];
  readonly refreshPeople: () => void;
}

function OpenHall(props: OpenProps) {
  const { api, welcome, region, route, keyring, drafts, outbox, people, tryRoles, active, person, refreshPeople } =
    props;
  const speech = useSpeech();
  const watch = useMemo(() => new HallWatch(api, region), [api, region]);
  useEffect(() => {
    watch.start();
    return () => watch.close();
  }, [watch]);
  const { view, ahead, fault, at } = useObserved(watch.state);
  const size = useObserved(watch.size);
  const isStuck = useObserved(outbox.isStuck);
  useEffect(() => {
    if (isStuck) void watch.refresh();
  }, [isStuck, watch]);
  const [confirmation, setConfirmation] = useState<Confirmation | null>(null);
  useEffect(() => {
    if (fault === null) void outbox.push();
  }, [fault, outbox]);
  if (view === null) {
    return (
      <main id="isi" class="narrow" tabIndex={-1}>
        <p role="status">{speech.text(fault?.words ?? SHELL_WORDS.loading)}</p>
      </main>
    );
  }

  const confirmed = (first: Active, act: Confirmation["act"], { about = null, summary }: ConfirmOptions) =>
    new Promise<Signer | null>((resolve) => {
      const done = (signer: Signer | null) => {
        setConfirmation(null);
        resolve(signer);
      };
      setConfirmation({ act, first, about, summary, done });
    });

  const state = async <T extends HallType>(type: T, body: Said<T>, options: StateOptions = {}): Promise<Stated> => {
    if (active === null) return { ok: false, code: "cancelled", words: null };
    const act = actOf(type, body);
    const second = POWERS[act].persons === 2 ? await confirmed(active, act, options) : null;
    if (POWERS[act].persons === 2 && second === null) return { ok: false, code: "cancelled", words: null };
    const signers = second === null ? [active.signer] : [active.signer, second];
    const time = Math.round(Date.now() + ahead);
    const note = signAct({ type, body, election: view.election.tag, signers, time });
    const { about, link, goesOn } = options;
    const delivery = await outbox.send({
      note,
      about: about ?? SHELL_WORDS.statement,
      ...(link === undefined ? {} : { link }),
      ...(goesOn === undefined ? {} : { goesOn }),
    });
    if (delivery.ok && delivery.index >= watch.size.value) watch.size.set(delivery.index + 1);
    void watch.refresh();
    return delivery;
  };

  const desk: Desk = {
    api,
    welcome,
    region,
    hall: view,
    size,
    ahead,
    person,
    people,
    keyring,
    drafts,
    outbox,
    state,
    refreshPeople,
    refreshHall: () => void watch.refresh(),
    go: (page, ...args) => {
      location.hash = routeTo(region, page, ...args);
    },
  };
  return (
    <DeskProvider value={desk}>
      <Frame route={route} fault={fault} at={at} onLock={() => keyring.lock()} onLeave={() => void keyring.leave()} />
      {confirmation !== null && (
        <Confirm confirmation={confirmation} keyring={keyring} people={people} tryRoles={tryRoles} />
      )}
    </DeskProvider>
  );
}
