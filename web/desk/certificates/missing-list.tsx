/** The list of what is missing before a certificate, each with the way to mend it. */
import { useState } from "preact/hooks";
import type { Hash } from "../../../src/ledger/hash.ts";
import type { ResultView } from "../../../src/recap/wire/views.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { stationName } from "../acts/names.ts";
import { NO_PHOTOS, PhotoField } from "../acts/photos.tsx";
import { useDesk } from "../shell/desk.ts";
import { Dialog } from "../shell/dialog.tsx";
import { routeTo } from "../shell/route.ts";
import { evidence } from "./forms.ts";
import { type Missing as Item, missingOf } from "./missing.ts";
import { WORDS } from "./words.ts";

export function Missing({ result }: { result: ResultView }) {
  const speech = useSpeech();
  const { hall } = useDesk();
  const [adding, setAdding] = useState<Extract<Item, { what: "evidence" }> | null>(null);
  const missing = missingOf(result, hall);
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.missing)}</h2>
      {missing.length === 0 && <p>{speech.text(WORDS.missingNone)}</p>}
      {missing.length > 0 && (
        <>
          <p class="small muted">{speech.text(WORDS.missingHelp)}</p>
          <ul class="missing">
            {missing.map((item) => (
              <li key={keyOf(item)}>
                <Said item={item} />
                {item.what === "evidence" && (
                  <button
                    type="button"
                    class="quiet"
                    aria-label={`${speech.text(WORDS.addEvidence)}: ${stationName(hall, item.station)}`}
                    onClick={() => setAdding(item)}
                  >
                    {speech.text(WORDS.addEvidence)}
                  </button>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
      {adding !== null && <AddEvidence reading={adding.reading} onClose={() => setAdding(null)} />}
    </section>
  );
}

function keyOf(item: Item): string {
  if (item.what === "unread" || item.what === "postponed") return `${item.what}/${item.box.desa.code}`;
  return item.what === "evidence" ? item.reading : item.what;
}

function Said({ item }: { item: Item }) {
  const speech = useSpeech();
  const { hall, region } = useDesk();
  switch (item.what) {
    case "unread":
    case "postponed":
      return (
        <span>
          <a href={routeTo(region, "baca")}>{item.box.desa.name}</a>: {speech.number(item.stations)}{" "}
          {speech.text(item.what === "unread" ? WORDS.unread : WORDS.postponed)}
        </span>
      );
    case "not-up":
    case "left-out":
      return (
        <span>
          {speech.number(item.stations)} {speech.text(item.what === "not-up" ? WORDS.notUp : WORDS.unread)}
        </span>
      );
    case "given-back":
      return (
        <span>
          {item.part}: {speech.text(WORDS.notUpAgain)} ({item.order})
        </span>
      );
    case "evidence":
      return (
        <span>
          {speech.text(WORDS.evidence)}: {stationName(hall, item.station)}
        </span>
      );
    case "objections":
      return (
        <a href={routeTo(region, "keberatan")}>
          {speech.number(item.count)} {speech.text(WORDS.objections)}
        </a>
      );
    case "inspection":
      return <span>{speech.text(WORDS.noInspection)}</span>;
  }
}

function AddEvidence({ reading, onClose }: { reading: Hash; onClose: () => void }) {
  const speech = useSpeech();
  const [photos, setPhotos] = useState(NO_PHOTOS);
  const form = () =>
    photos.list === null
      ? { needs: [{ field: "photos", what: WORDS.needPhotos }] }
      : { draft: evidence(reading, photos.list) };
  return (
    <Dialog title={speech.text(WORDS.addEvidence)} onClose={onClose}>
      <ActForm act="evidence" submit={WORDS.addEvidence} form={form} onStated={onClose}>
        <PhotoField
          name="photos"
          kind="evidence"
          label={speech.text(WORDS.evidencePhotos)}
          photos={photos}
          onChange={setPhotos}
        />
      </ActForm>
    </Dialog>
  );
}
