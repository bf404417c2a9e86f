/** Photos of a paper: taken or chosen, handed in one by one, and shown small; together they are one list that a statement names. */
import { useId, useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ApiFault, type PaperKind, paperUrl } from "../shell/api.ts";
import { useDesk } from "../shell/desk.ts";
import { useNeed } from "./act-form.tsx";
import { cleanPhoto, PhotoFault } from "./photo.ts";
import { WORDS } from "./words.ts";

export interface Photos {
  readonly pages: readonly Hash[];
  /** Of the list of these pages; null while there are none. */
  readonly list: Hash | null;
}
export const NO_PHOTOS: Photos = { pages: [], list: null };

interface Props {
  readonly name: string;
  readonly label: string;
  readonly help?: string;
  readonly kind: PaperKind;
  readonly photos: Photos;
  readonly onChange: (photos: Photos) => void;
}

export function PhotoField({ name, label, help, kind, photos, onChange }: Props) {
  const speech = useSpeech();
  const { api } = useDesk();
  const id = useId();
  const need = useNeed(name);
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<Text | null>(null);

  const keep = async (pages: readonly Hash[]) => {
    const list = pages.length === 0 ? null : (await api.paperList(pages)).hash;
    onChange({ pages, list });
  };
  const guarded = async (work: () => Promise<void>) => {
    setBusy(true);
    setFault(null);
    try {
      await work();
    } catch (problem) {
      if (!(problem instanceof ApiFault || problem instanceof PhotoFault)) throw problem;
      setFault(problem.words);
    } finally {
      setBusy(false);
    }
  };
  const add = (files: readonly File[]) =>
    guarded(async () => {
      const hashes: Hash[] = [];
      for (const file of files) hashes.push((await api.paper(kind, await cleanPhoto(file))).hash);
      await keep([...new Set([...photos.pages, ...hashes])]);
    });

  const told = fault ?? need;
  return (
    <div class="field photos">
      <span class="photo-label" id={`${id}-label`}>
        {label}
      </span>
      <input
        id={id}
        class="unseen"
        name={name}
        type="file"
        accept="image/jpeg,image/png,image/webp"
        capture="environment"
        multiple
        disabled={isBusy}
        aria-invalid={told !== null}
        aria-labelledby={`${id}-label`}
        aria-describedby={`${id}-told`}
        onChange={(event) => {
          const { files } = event.currentTarget;
          void add([...(files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
      <label for={id} class="photo-button">
        {speech.text(photos.pages.length === 0 ? WORDS.takePhoto : WORDS.anotherPhoto)}
      </label>
      <p
        id={`${id}-told`}
        class={told === null ? "small muted" : "small need"}
        role={fault === null ? undefined : "alert"}
      >
        {told === null ? (isBusy ? speech.text(WORDS.handingIn) : help) : speech.text(told)}
      </p>
      {photos.pages.length > 0 && (
        <ul class="thumbs">
          {photos.pages.map((page, i) => (
            <li key={page}>
              <img src={paperUrl(page)} alt={`${label} ${i + 1}`} />
              <button
                type="button"
                class="quiet"
                aria-label={`${speech.text(WORDS.remove)}: ${label} ${i + 1}`}
                disabled={isBusy}
                onClick={() => void guarded(() => keep(photos.pages.filter((one) => one !== page)))}
              >
                {speech.text(WORDS.remove)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
