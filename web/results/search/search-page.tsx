/** The search page: a field, and what fits while one types. The question stands in the address, so that it can be shared. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { hasParties } from "../../../src/election/codes.ts";
import { useSpeech } from "../../ui/language.tsx";
import type { PageProps } from "../page-props.ts";
import { routeTo, routeToPage } from "../route.ts";
import css from "../tools.css?inline";
import { wear } from "../wear.ts";
import { CONTEST_WORDS, LEVEL_WORDS, WORDS } from "../words.ts";
import { Finder, type Found, MOST_FOUND } from "./finder.ts";
import { SEARCH_WORDS } from "./words.ts";

wear(css);

type State = { readonly found: readonly Found[]; readonly of: string } | "unavailable" | null;

export function SearchPage({ reader, snapshot, route }: PageProps) {
  const speech = useSpeech();
  const { definition } = snapshot.edition;
  const finder = useMemo(() => new Finder(reader.fetch, definition), [reader, definition]);
  const [question, ask] = useState(route.ask.kata ?? "");
  const [state, setState] = useState<State>(null);
  useEffect(() => {
    let current = true;
    const of = question.trim();
    // Replaced, not added: each letter in the history would bury the page before.
    history.replaceState(null, "", routeToPage(route.contest, route.region, "cari", of === "" ? {} : { kata: of }));
    finder.find(of).then(
      (found) => current && setState({ found, of }),
      () => current && setState("unavailable"),
    );
    return () => {
      current = false;
    };
  }, [finder, question]);
  return (
    <search class="panel tool">
      <label for="kata">{speech.text(SEARCH_WORDS.label)}</label>
      <input
        id="kata"
        type="search"
        value={question}
        autocomplete="off"
        spellcheck={false}
        aria-describedby="kata-contoh"
        onInput={(event) => ask(event.currentTarget.value)}
      />
      <p id="kata-contoh" class="small muted">
        {speech.text(SEARCH_WORDS.examples)}
      </p>
      <Answer state={state} contest={route.contest} />
    </search>
  );
}

function Answer({ state, contest }: { state: State; contest: string }) {
  const speech = useSpeech();
  if (state === "unavailable") return <p role="status">{speech.text(SEARCH_WORDS.unavailable)}</p>;
  if (state === null || state.of === "") return <p role="status" />;
  const { found } = state;
  const shown = found.slice(0, MOST_FOUND);
  const count = found.length > MOST_FOUND ? `${speech.number(MOST_FOUND)}+` : speech.number(found.length);
  return (
    <>
      <p role="status" class="small muted">
        {found.length === 0
          ? speech.text(SEARCH_WORDS.nothing)
          : `${count} ${speech.text(SEARCH_WORDS.found)}${found.length > MOST_FOUND ? `. ${speech.text(SEARCH_WORDS.more)}` : ""}`}
      </p>
      <ul class="plain found">
        {shown.map((each) => (
          <li key={each.kind === "choice" ? `${each.contest} ${each.id}` : `${each.code} ${each.station}`}>
            {each.kind === "choice" ? <Choice found={each} /> : <Region found={each} contest={contest} />}
          </li>
        ))}
      </ul>
    </>
  );
}

const LEVELS: Readonly<Record<number, string>> = { 2: "provinsi", 4: "kabupaten", 6: "kecamatan", 10: "desa" };

function Region({ found, contest }: { found: Found & { kind: "region" }; contest: string }) {
  const speech = useSpeech();
  const { code, name, within, station } = found;
  const level = LEVEL_WORDS[LEVELS[code.length] ?? ""];
  const around = station === null ? within : [name, ...within];
  return (
    <>
      <a class="target" href={routeTo(contest, code, station ?? undefined)}>
        {station === null ? name : `${speech.text(WORDS.station)} ${station}`}
      </a>
      <span class="small muted">
        {[station === null && level !== undefined ? speech.text(level) : null, ...around, code + (station ?? "")]
          .filter((part) => part !== null)
          .join(" · ")}
      </span>
    </>
  );
}

function Choice({ found }: { found: Found & { kind: "choice" } }) {
  const speech = useSpeech();
  const { contest, id, number, name, party, district, region, code } = found;
  const isOfParty = hasParties(contest);
  const page = isOfParty ? routeToPage(contest, region, "dapil", { dapil: code }) : routeTo(contest, region);
  const account = routeToPage(contest, region, "riwayat", { pilihan: id, dapil: isOfParty ? code : undefined });
  return (
    <>
      <a class="target" href={page}>
        {number}. {name}
      </a>
      <span class="small muted">
        {[speech.text(CONTEST_WORDS[contest].short), party, district].filter((part) => part !== "").join(" · ")}
        {" · "}
        <a href={account}>{speech.text(SEARCH_WORDS.account)}</a>
      </span>
    </>
  );
}
