/** The minutes: the hall's log as people read it, newest first, with what does not stand and why. */
import { useEffect, useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import type { ActView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { actTitle, actWords } from "../acts/say-act.ts";
import { Scroll } from "../acts/scroll.tsx";
import { WORDS as COMMON, momentWords } from "../acts/words.ts";
import { ApiFault } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { useView } from "../shell/use-view.ts";
import { ROLE_WORDS } from "../shell/words.ts";
import { outOfOrder } from "./out-of-order.ts";
import { joined } from "./stretches.ts";
import { WORDS } from "./words.ts";

export function Minutes() {
  const speech = useSpeech();
  const { api, region, size } = useDesk();
  const { view: newest, fault } = useView(`acts/${region}`, size, () => api.acts(region));
  const [kept, keep] = useState<readonly ActView[]>([]);
  /** Why older ones did not come. */
  const [missing, setMissing] = useState<Text | null>(null);
  const [onlyVoid, setOnlyVoid] = useState(false);
  const all = joined(newest?.acts ?? [], kept);
  useEffect(() => keep((before) => joined(newest?.acts ?? [], before)), [newest]);
  const shown = onlyVoid ? all.filter(({ refusal }) => refusal !== null) : all;
  const last = all.at(-1)?.index ?? 0;
  const late = outOfOrder(all.map(({ index, stated }) => ({ index, time: stated?.body.time ?? null })));
  const more = () => {
    setMissing(null);
    api.acts(region, last).then(
      ({ acts }) => keep((before) => joined(before, acts)),
      (problem: unknown) => {
        if (!(problem instanceof ApiFault)) throw problem;
        setMissing(problem.words);
      },
    );
  };
  return (
    <section class="card-panel">
      <header class="row spread">
        <h2>{speech.text(WORDS.minutesTitle)}</h2>
        <label class="choice">
          <input type="checkbox" checked={onlyVoid} onChange={() => setOnlyVoid(!onlyVoid)} />
          {speech.text(WORDS.onlyVoid)}
        </label>
      </header>
      <p class="small muted">{speech.text(WORDS.minutesHelp)}</p>
      {fault !== null && newest === null && <p class="fault">{speech.text(fault.words)}</p>}
      {newest === null && fault === null && <p class="muted">{speech.text(COMMON.waitingView)}</p>}
      {newest !== null && (
        <Scroll label={speech.text(WORDS.minutesTitle)}>
          <table class="minutes">
            <thead>
              <tr>
                <th scope="col" class="number">
                  {speech.text(WORDS.number)}
                </th>
                <th scope="col">{speech.text(COMMON.at)}</th>
                <th scope="col">{speech.text(COMMON.what)}</th>
                <th scope="col">{speech.text(COMMON.who)}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((act) => (
                <Row key={act.index} act={act} isOutOfOrder={late.has(act.index)} />
              ))}
            </tbody>
          </table>
        </Scroll>
      )}
      {missing !== null && (
        <p class="fault" role="alert">
          {speech.text(missing)}
        </p>
      )}
      {last > 0 && (
        <button type="button" onClick={more}>
          {speech.text(WORDS.older)}
        </button>
      )}
    </section>
  );
}

function Row({ act, isOutOfOrder }: { act: ActView; isOutOfOrder: boolean }) {
  const speech = useSpeech();
  const { hall, people } = useDesk();
  const { stated } = act;
  const signers = (stated?.body.by ?? []).map((name) => {
    const key = name.slice(name.lastIndexOf("/") + 1);
    const person = people.find((one) => one.key === key);
    if (person === undefined) return stated?.type === "seen" ? speech.text(WORDS.machine) : key;
    return `${person.name} (${speech.text(ROLE_WORDS[person.role])})`;
  });
  const details = stated === null ? "" : actWords(stated, hall, speech);
  return (
    <tr class={act.refusal !== null ? "void" : stated?.type === "seen" ? "muted" : undefined}>
      <td class="number muted">{speech.number(act.index)}</td>
      <td class="moment">
        {stated === null ? "–" : momentWords(speech, stated.body.time, hall.region.zone)}
        {isOutOfOrder && <span class="why">{speech.text(WORDS.outOfOrder)}</span>}
      </td>
      <td>
        <strong>{speech.text(stated === null ? WORDS.unreadable : actTitle(stated))}</strong>
        {details !== "" && <span class="details"> {details}</span>}
        {act.refusal !== null && (
          <span class="why">
            {speech.text(WORDS.void)}: {speech.text(act.refusal)}
          </span>
        )}
      </td>
      <td>{signers.join("; ")}</td>
    </tr>
  );
}
