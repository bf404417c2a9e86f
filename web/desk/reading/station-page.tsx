/**
 * One station: its figures beside the photos, read aloud, and decided by a key. What is shown when the key is pressed is what is
 * stated; if something newer comes meanwhile, the page says so and shows the difference before anything can be decided.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { desaOf } from "../../../src/election/codes.ts";
import type { MinutesActOf } from "../../../src/election/minutes.ts";
import type { Text } from "../../../src/election/text.ts";
import type { Said } from "../../../src/recap/wire/sign.ts";
import type { HallView, StationView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { mayDo, useDesk } from "../shell/desk.ts";
import { type Key, useKeys } from "../shell/keys.ts";
import { routeTo } from "../shell/route.ts";
import { DesaTotal } from "./desa-total.tsx";
import { FiguresTable } from "./figures-table.tsx";
import { fitted, partyGroups, type StationFigures } from "./form.ts";
import { judge } from "./judge.ts";
import { NotePanel } from "./note-panel.tsx";
import { Panels } from "./panels.tsx";
import { Photos } from "./photos.tsx";
import { ChoicePicker, PostponePicker, StationPicker } from "./pickers.tsx";
import { neighbour } from "./queue.ts";
import { asTheSheetSays } from "./said.ts";
import { Heading, Notices, Remarks } from "./station-parts.tsx";
import type { StationProps } from "./station-props.ts";
import { beginTyping, type TypedDraft, TypingPage } from "./typing-page.tsx";
import { READING_WORDS as WORDS } from "./words.ts";

type Question = "none" | "jump" | "find" | "postpone" | "note";

/** What the page shows of a station: its reading, or the sheet that is to be read. */
function shownFigures({ reading, sheet, held }: StationView, again: boolean): StationFigures | null {
  return again ? (sheet ?? held) : (reading ?? sheet ?? held);
}

/** What a decision would rest on; another mark means that something newer has come. */
const markOf = ({ reading, sheet, held }: StationView) => `${reading?.id} ${sheet?.id ?? held?.id}`;

export function StationPage(props: StationProps) {
  const { station, desa, district, panel, onDecided, onUndecided, onNext, onGo } = props;
  const speech = useSpeech();
  const desk = useDesk();
  const { drafts, region, hall, person } = desk;
  const place = `${region}/baca/${station.contest}/${station.station}`;
  const [typed, setTyped] = useState<TypedDraft | null>(() => drafts.read<TypedDraft>(place));
  const [question, setQuestion] = useState<Question>("none");
  const [again, setAgain] = useState(false);
  const [told, setTold] = useState<Text | null>(null);
  const [openParties, setOpenParties] = useState<ReadonlySet<number>>(new Set());
  const decidedNow = useRef(false);
  // What the person saw first: a newer state is shown beside it until they have understood.
  const [seen, setSeen] = useState(station);
  const isStale = markOf(seen) !== markOf(station) && !decidedNow.current;
  const figures = fitted(district, shownFigures(station, again));
  const before = isStale ? fitted(district, shownFigures(seen, again)) : null;
  const { remarks, held } = useMemo(() => judge(station, district, figures), [station, district, again]);
  const mayRead = mayDo(person?.role, "reading");
  const isRead = station.reading !== null && !again;
  const hasFigures = shownFigures(station, again) !== null;

  const keep = (draft: TypedDraft | null) => {
    setTyped(draft);
    drafts.write(place, draft);
  };
  const about: Text = useMemo(() => {
    const contest = hall.contests.find(({ kind }) => kind === station.contest)?.name;
    const where = `TPS ${station.number}, ${station.desa.name}`;
    return { id: `${where}, ${contest?.id ?? ""}`, en: `${where}, ${contest?.en ?? ""}` };
  }, [station, hall.contests]);
  const link = routeTo(region, "baca", panel.panel, station.contest, station.station);

  /** One person's decision: stated, and on to the next station while it is on its way. */
  const decide = (reading: Said<"reading">) => {
    if (isStale) return setTold(WORDS.seeFirst);
    decidedNow.current = true;
    onDecided();
    const stated = desk.state("reading", reading, { about, link, goesOn: true });
    keep(null);
    onNext();
    void stated.then(({ ok }) => {
      if (ok) return;
      // What was typed twice from paper is there again for whoever comes back to the station.
      drafts.write(place, typed);
      onUndecided();
    });
  };
  /** A decision that a second person confirms: the page stays until it is taken. Whether it was. */
  const decideTogether = async (reading: Said<"reading">, summary: ComponentChildren): Promise<boolean> => {
    if (isStale) {
      setTold(WORDS.seeFirst);
      return false;
    }
    decidedNow.current = true;
    const stated = await desk.state("reading", reading, { about, link, summary });
    if (!stated.ok) {
      decidedNow.current = false;
      if (stated.words !== null) setTold(stated.words);
      return false;
    }
    onDecided();
    keep(null);
    onNext();
    return true;
  };
  const postpone = async (reason: MinutesActOf<"postpone">["reason"]) => {
    setQuestion("none");
    onDecided();
    const act = { what: "postpone", contest: station.contest, reason, station: station.station } as const;
    const stated = desk.state("minutes", { act }, { about, link, goesOn: true });
    onNext();
    if (!(await stated).ok) onUndecided();
  };
  const takeUp = async () => {
    const act = { what: "take-up", contest: station.contest, station: station.station } as const;
    const stated = await desk.state("minutes", { act }, { about, link });
    if (!stated.ok && stated.words !== null) setTold(stated.words);
  };
  const type = (kind: TypedDraft["kind"]) => {
    setTold(null);
    keep(beginTyping(kind, station));
  };

  const enter = () => {
    if (isStale) return setSeen(station);
    if (isRead || !mayRead) return onNext();
    if (station.refusal !== null) return setTold(station.refusal);
    if (panel.paused) return setTold(WORDS.paused);
    if (!hasFigures) return type("copied");
    if (held) return setTold(WORDS.heldDo);
    decide(asTheSheetSays(station, district, figures));
  };
  const go = (step: 1 | -1) => {
    const other = neighbour(desa, station.station, step);
    if (other !== null) onGo(other);
  };
  const groups = useMemo(() => partyGroups(district), [district]);
  const fold = (party: number) => {
    const next = new Set(openParties);
    if (!next.delete(party)) next.add(party);
    setOpenParties(next);
  };
  const foldAll = () => setOpenParties(openParties.size > 0 ? new Set() : new Set(groups.map(({ index }) => index)));
  const show = (row: string) => {
    setQuestion("none");
    const party = district.choices[Number(row.split(".")[1])]?.party ?? -1;
    if (party >= 0) setOpenParties(new Set([...openParties, party]));
    requestAnimationFrame(() => pointAt(row));
  };
  const byNumber = usePartyNumbers(groups, (index) => {
    setOpenParties(new Set([...openParties, index]));
    requestAnimationFrame(() => pointAt(`votes.${groups[index]?.columns[0]}`));
  });

  const isTyping = typed !== null;
  const officer: readonly Key[] = mayRead
    ? [
        { key: "b", does: WORDS.correct, run: () => type(hasFigures ? "corrected" : "copied") },
        { key: "n", does: WORDS.note, run: () => (hasFigures ? setQuestion("note") : setTold(WORDS.noSheetDo)) },
        { key: "h", does: WORDS.recount, run: () => type("recount") },
        { key: "t", does: WORDS.postpone, run: () => setQuestion("postpone") },
        ...(isRead ? [{ key: "u", does: WORDS.again, run: () => setAgain(true) }] : []),
        ...(isOpen(hall, station) ? [] : [{ key: "m", does: WORDS.takeUp, run: () => void takeUp() }]),
      ]
    : [];
  const parties: readonly Key[] =
    groups.length === 0
      ? []
      : [
          { key: "p", does: WORDS.fold, run: foldAll },
          { key: "/", does: WORDS.find, run: () => setQuestion("find") },
        ];
  useKeys(
    isTyping
      ? []
      : [
          { key: "Enter", does: isRead ? WORDS.next : WORDS.agreeLong, run: enter },
          ...officer,
          { key: "k", does: WORDS.objection, run: () => desk.go("keberatan", station.contest, station.station) },
          { key: "l", does: WORDS.list, run: () => setQuestion("jump") },
          { key: "ArrowLeft", does: WORDS.before, run: () => go(-1) },
          { key: "ArrowRight", does: WORDS.after, run: () => go(1) },
          ...parties,
          ...byNumber,
        ],
  );
  useEffect(() => setTold(null), [typed === null, question, station]);

  if (typed !== null) {
    return (
      <TypingPage
        {...props}
        draft={typed}
        seen={seen}
        isStale={isStale}
        about={about}
        told={told}
        onUnderstood={() => setSeen(station)}
        onChange={keep}
        onDecide={decide}
        onDecideTogether={decideTogether}
      />
    );
  }
  return (
    <div class="reading">
      <Heading station={station} desa={desa} contest={hall.contests.find(({ kind }) => kind === station.contest)?.name}>
        <Panels panel={panel.panel} />
      </Heading>
      <div class="reading-body">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
        <section class="reading-figures" tabIndex={0} aria-label={speech.text(WORDS.figures)}>
          {isBefore(hall.phase.phase) && <p class="notice held">{speech.text(WORDS.notOpen)}</p>}
          {panel.paused && <p class="notice held">{speech.text(WORDS.paused)}</p>}
          <Notices
            station={station}
            seen={seen}
            isStale={isStale}
            held={held}
            hasFigures={hasFigures}
            isRead={isRead}
          />
          {hasFigures && (
            <FiguresTable
              district={district}
              figures={figures}
              before={before}
              typing={null}
              openParties={openParties}
              onFold={fold}
            >
              <Remarks remarks={remarks} />
              <DesaTotal desa={desa} district={district} />
            </FiguresTable>
          )}
          {!hasFigures && <DesaTotal desa={desa} district={district} />}
        </section>
        <Photos pages={(station.sheet ?? station.held)?.pages ?? []} />
      </div>
      <footer class="actions no-print">
        <p role="alert" class="told">
          {told !== null && speech.text(told)}
        </p>
        <button type="button" class="primary agree" onClick={enter}>
          {speech.text(
            isStale ? WORDS.understood : isRead || !mayRead ? WORDS.next : hasFigures ? WORDS.agree : WORDS.typeAll,
          )}{" "}
          <kbd>Enter</kbd>
        </button>
        {officer.map(({ key, does, run }) => (
          <button key={key} type="button" onClick={run}>
            {speech.text(does)} <kbd>{key.toUpperCase()}</kbd>
          </button>
        ))}
        <span class="spacer" />
        <button type="button" class="quiet" onClick={() => desk.go("keberatan", station.contest, station.station)}>
          {speech.text(WORDS.objection)} <kbd>K</kbd>
        </button>
        <button type="button" class="quiet" onClick={() => setQuestion("jump")}>
          {speech.text(WORDS.list)} <kbd>L</kbd>
        </button>
      </footer>
      {question === "jump" && <StationPicker desa={desa} onPick={onGo} onClose={() => setQuestion("none")} />}
      {question === "find" && <ChoicePicker district={district} onPick={show} onClose={() => setQuestion("none")} />}
      {question === "postpone" && (
        <PostponePicker onPick={(reason) => void postpone(reason)} onClose={() => setQuestion("none")} />
      )}
      {question === "note" && (
        <NotePanel
          station={station}
          district={district}
          figures={figures}
          told={told}
          onDecide={decideTogether}
          onClose={() => setQuestion("none")}
        />
      )}
    </div>
  );
}

/** Whether the plenary has not begun, by its chair's opening or by a first reading. */
const isBefore = (phase: HallView["phase"]["phase"]) => phase === "unscheduled" || phase === "scheduled";

/** Whether the box that a station belongs to has been begun. */
function isOpen(
  hall: { readonly boxes: readonly { contest: string; desa: { code: string }; open: boolean; read: number }[] },
  station: StationView,
) {
  const box = hall.boxes.find(
    ({ contest, desa }) => contest === station.contest && desa.code === desaOf(station.station),
  );
  return box === undefined || box.open || box.read > 0;
}

/** Brings a row of the form to the middle and marks it until another is pointed at. */
function pointAt(row: string): void {
  for (const old of document.querySelectorAll(".pointed")) old.classList.remove("pointed");
  const found = document.querySelector(`[data-row="${row}"]`);
  found?.classList.add("pointed");
  found?.scrollIntoView({ block: "center" });
}

/**
 * Digits lead to the party of that number: at once, and on to the longer number if another digit fits. So 1 shows party 1, and 1
 * followed by 2 party 12, without waiting for either.
 */
function usePartyNumbers(groups: ReturnType<typeof partyGroups>, onParty: (index: number) => void): readonly Key[] {
  const typed = useRef("");
  if (groups.length === 0) return [];
  const find = (text: string) => groups.find(({ party }) => String(party.number) === text);
  const press = (digit: string) => {
    const found = find(typed.current + digit) ?? find(digit);
    typed.current = found === undefined ? "" : String(found.party.number);
    if (found !== undefined) onParty(found.index);
  };
  return [..."0123456789"].map((digit) => ({
    key: digit,
    does: { id: "Ke partai nomor …", en: "To the party of this number" },
    run: () => press(digit),
    hidden: digit !== "1",
  }));
}
