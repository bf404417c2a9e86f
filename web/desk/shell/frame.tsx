/** Around every page: where and when this is, who acts, whether the desk answers, and what came back refused. */
import type { ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useSpeech } from "../../ui/language.tsx";
import type { PageEntry, PageProps } from "../page.ts";
import { PAGES, pageNamed } from "../pages.ts";
import { PauseKey } from "../sitting/pausing.tsx";
import { panelsInUse } from "../sitting/queues.ts";
import type { ApiFault } from "./api.ts";
import { Cautions } from "./cautions.tsx";
import { Clock, clockTime } from "./clock.tsx";
import { useDesk } from "./desk.ts";
import { Dialog } from "./dialog.tsx";
import { keyLabel, keyTable, showKeyTable, useKeys } from "./keys.ts";
import { useObserved } from "./observable.ts";
import { type Route, routeTo } from "./route.ts";
import { hallTitle, PHASE_WORDS, ROLE_WORDS, SHELL_WORDS as WORDS } from "./words.ts";

interface Props {
  readonly route: Route;
  readonly fault: ApiFault | null;
  /** When the hall's view came. */
  readonly at: number;
  readonly onLock: () => void;
  readonly onLeave: () => void;
}

export function Frame({ route, fault, at, onLock, onLeave }: Props) {
  const speech = useSpeech();
  const { hall, person, region } = useDesk();
  const [showsKeys, setShowsKeys] = useState(false);
  const page = pageNamed(route.page);
  useKeys([
    {
      key: "?",
      does: WORDS.keysTitle,
      run: () => {
        showKeyTable();
        setShowsKeys(true);
      },
    },
  ]);
  useEffect(() => {
    const title = page === undefined ? speech.text(WORDS.desk) : speech.text(page.title);
    document.title = `${title} · ${hall.region.name} · Teguh`;
  }, [page, hall.region.name, speech]);
  const mayLook = person !== null && page?.roles.includes(person.role);
  const shown = <PageSlot key={`${region}/${route.page}`} page={page} route={route} mayLook={mayLook === true} />;
  if (page?.bare === true && mayLook) return shown;
  return (
    <>
      <header class="top no-print">
        <div class="top-line">
          <Place />
          <Clock />
          <Connection fault={fault} at={at} />
          <Who onLock={onLock} onLeave={onLeave} />
        </div>
        <div class="top-line second">
          <Navigation current={page?.under ?? route.page} />
          <Phase />
          <Panels />
          <button
            type="button"
            class="quiet keys-button"
            onClick={() => {
              showKeyTable();
              setShowsKeys(true);
            }}
          >
            {speech.text(WORDS.keys)} <kbd>?</kbd>
          </button>
        </div>
      </header>
      <PauseKey />
      <Cautions page={route.page} />
      <Refusals />
      {shown}
      {showsKeys && <KeyTable onClose={() => setShowsKeys(false)} />}
    </>
  );
}

function Place() {
  const speech = useSpeech();
  const { hall } = useDesk();
  return (
    <p class="place">
      <strong>{speech.text(hallTitle(hall.region))}</strong>
      <span class="muted above">{hall.above.map(({ name }) => name).join(" › ")}</span>
    </p>
  );
}

function Phase() {
  const speech = useSpeech();
  const { phase, results } = useDesk().hall;
  // Above a kecamatan all may have come up while stations of it were never read.
  const isUnread = phase.phase === "read" && results.some(({ read, expected }) => read < expected);
  return (
    <p class="small">
      <span class={`phase phase-${phase.phase}`}>
        {speech.text(isUnread ? WORDS.cameUp : PHASE_WORDS[phase.phase])}
      </span>{" "}
      {phase.phase === "halted" && <span>{phase.orders.join(", ")}</span>}
    </p>
  );
}

function Connection({ fault, at }: Pick<Props, "fault" | "at">) {
  const speech = useSpeech();
  const { outbox, hall, ahead } = useDesk();
  const waiting = useObserved(outbox.waiting);
  return (
    <p class={fault === null ? "connection" : "connection cut"} role="status">
      {fault === null ? (
        <span>{speech.text(WORDS.connected)}</span>
      ) : (
        <span title={speech.text(fault.words)}>
          {speech.text(WORDS.offline)}. {speech.text(WORDS.offlineSince)}{" "}
          {clockTime(at + ahead, hall.region.zone, speech.language)}
        </span>
      )}
      {waiting > 0 && (
        <span class="small">
          {speech.number(waiting)} {speech.text(WORDS.waiting)}
        </span>
      )}
    </p>
  );
}

function Who({ onLock, onLeave }: Pick<Props, "onLock" | "onLeave">) {
  const speech = useSpeech();
  const { person, region, keyring } = useDesk();
  const active = useObserved(keyring.active);
  if (person === null) return null;
  return (
    <div class="who">
      <p>
        {active === null ? (
          <strong>{person.name}</strong>
        ) : (
          <a href={routeTo(region, "kunci")} title={speech.text(WORDS.myKey)}>
            {person.name}
          </a>
        )}{" "}
        <span class="muted">{speech.text(ROLE_WORDS[person.role])}</span>
      </p>
      <button type="button" class="quiet" onClick={onLock}>
        {speech.text(WORDS.lock)} <kbd>Ctrl+L</kbd>
      </button>
      <button type="button" class="quiet" onClick={onLeave}>
        {speech.text(WORDS.signOut)}
      </button>
    </div>
  );
}

function Navigation({ current }: { current: string }) {
  const speech = useSpeech();
  const { hall, person, region } = useDesk();
  const shown = PAGES.filter(
    ({ roles, inNavigation }) =>
      person !== null &&
      roles.includes(person.role) &&
      inNavigation !== false &&
      (inNavigation === undefined || inNavigation(hall)),
  );
  return (
    <nav aria-label={speech.text(WORDS.pages)}>
      {shown.map(({ name, title }) => (
        <a key={name} href={routeTo(region, name)} aria-current={name === current ? "page" : undefined}>
          {speech.text(title)}
        </a>
      ))}
    </nav>
  );
}

function Panels() {
  const speech = useSpeech();
  const { hall } = useDesk();
  const panels = panelsInUse(hall);
  if (panels.length < 2 && !panels.some(({ paused }) => paused)) return null;
  return (
    <ul class="panels" aria-label={speech.text(WORDS.panels)}>
      {panels.map(({ panel, paused, queue, at }) => {
        const box = queue[at];
        const desa = hall.boxes.find((each) => each.desa.code === box?.desa)?.desa.name;
        return (
          <li key={panel} class={paused ? "paused" : undefined}>
            <strong>
              {speech.text(WORDS.panel)} {panel + 1}
            </strong>{" "}
            {paused ? speech.text(WORDS.panelPaused) : (desa ?? speech.text(WORDS.panelDone))}
          </li>
        );
      })}
    </ul>
  );
}

/** Statements that came back refused after their page had gone on. They stay until somebody has read them. */
function Refusals() {
  const speech = useSpeech();
  const { outbox } = useDesk();
  const returned = useObserved(outbox.returned);
  return (
    <div role="alert" class="refusals no-print">
      {returned.map((each) => (
        <section key={each} class="refusal">
          <h2>
            {speech.text(WORDS.refusedTitle)}: {speech.text(each.about)}
          </h2>
          <p>
            {speech.text(each.words)} {speech.text(WORDS.refusedBody)}
          </p>
          <p class="row">
            {each.link !== null && (
              <a href={each.link} onClick={() => outbox.dismiss(each)}>
                {speech.text(WORDS.look)}
              </a>
            )}
            <button type="button" class="quiet" onClick={() => outbox.dismiss(each)}>
              {speech.text(WORDS.understood)}
            </button>
          </p>
        </section>
      ))}
    </div>
  );
}

interface SlotProps {
  readonly page: PageEntry | undefined;
  readonly route: Route;
  readonly mayLook: boolean;
}

/** The page itself, fetched when it is first opened. */
function PageSlot({ page, route, mayLook }: SlotProps) {
  const speech = useSpeech();
  const { region } = useDesk();
  const main = useRef<HTMLElement>(null);
  const [Shown, setShown] = useState<ComponentType<PageProps> | null>(null);
  const [failed, setFailed] = useState(0);
  useEffect(() => {
    let isCurrent = true;
    if (page === undefined || !mayLook) return;
    page.load().then(
      (module) => isCurrent && setShown(() => module.default),
      () => isCurrent && setFailed((count) => count + 1),
    );
    return () => {
      isCurrent = false;
    };
  }, [page, mayLook]);
  useEffect(() => main.current?.focus({ preventScroll: true }), []);
  const problem = page === undefined ? WORDS.noPage : mayLook ? null : WORDS.notForRole;
  return (
    <main id="isi" ref={main} tabIndex={-1}>
      {problem !== null && (
        <div class="narrow">
          <p>{speech.text(problem)}</p>
          <p>
            <a href={routeTo(region)}>{speech.text(WORDS.toHall)}</a>
          </p>
        </div>
      )}
      {problem === null && Shown !== null && <Shown args={route.args} />}
      {problem === null && Shown === null && failed > 0 && (
        <div class="narrow" role="alert">
          <p>{speech.text(WORDS.pageFailed)}</p>
          <button type="button" onClick={() => location.reload()}>
            {speech.text(WORDS.tryAgain)}
          </button>
        </div>
      )}
    </main>
  );
}

function KeyTable({ onClose }: { onClose: () => void }) {
  const speech = useSpeech();
  const keys = useObserved(keyTable);
  return (
    <Dialog title={speech.text(WORDS.keysTitle)} onClose={onClose}>
      <table class="key-table">
        <thead>
          <tr>
            <th>{speech.text(WORDS.keyColumn)}</th>
            <th>{speech.text(WORDS.doesColumn)}</th>
          </tr>
        </thead>
        <tbody>
          {keys.map(({ key, does }) => (
            <tr key={key}>
              <td>
                <kbd>{keyLabel(key)}</kbd>
              </td>
              <td>{speech.text(does)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Dialog>
  );
}
