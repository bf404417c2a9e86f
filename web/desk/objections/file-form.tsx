/** Filing an objection or an incident: about what, for whom, in which words. */
import { type ContestKind, desaOf, type StationCode } from "../../../src/election/codes.ts";
import { useSpeech } from "../../ui/language.tsx";
import { ActForm } from "../acts/act-form.tsx";
import { Radios, SelectField, TextField } from "../acts/fields.tsx";
import { participantOptions } from "../acts/names.ts";
import { NO_PHOTOS, PhotoField } from "../acts/photos.tsx";
import { useDraft } from "../acts/use-draft.ts";
import { useDesk } from "../shell/desk.ts";
import { type About, AboutFields } from "./about-fields.tsx";
import { objection } from "./forms.ts";
import { keepPapers, withPapers } from "./keep-papers.ts";
import { KIND_WORDS, WORDS } from "./words.ts";

interface Props {
  /** What the page was opened about. */
  readonly about: { readonly contest: ContestKind | null; readonly station: StationCode | null };
}

interface Typed extends About {
  readonly kind: "objection" | "incident";
  readonly participant: string;
  readonly words: string;
  readonly photos: typeof NO_PHOTOS;
}

export function FileForm({ about }: Props) {
  const speech = useSpeech();
  const { hall, api } = useDesk();
  const empty: Typed = {
    kind: "objection",
    contest: about.contest ?? "",
    desa: about.station === null ? "" : desaOf(about.station),
    station: about.station ?? "",
    participant: "",
    words: "",
    photos: NO_PHOTOS,
  };
  const place = about.station === null ? "keberatan" : `keberatan/${about.contest}/${about.station}`;
  const [typed, change, clear] = useDraft(place, empty);
  const contest = typed.contest === "" ? null : typed.contest;
  const form = () =>
    withPapers(
      (papers) => objection({ ...typed, participant: typed.participant === "" ? null : typed.participant }, papers),
      () => keepPapers(api, typed.words, typed.photos.pages),
    );
  return (
    <section class="card-panel">
      <h2>{speech.text(WORDS.fileTitle)}</h2>
      <ActForm act="objection" submit={WORDS.fileIt} form={form} onStated={clear}>
        <Radios
          name="kind"
          label={speech.text(WORDS.kind)}
          value={typed.kind}
          onChange={(kind) => change({ kind: kind as Typed["kind"] })}
          options={(["objection", "incident"] as const).map((kind) => ({
            value: kind,
            label: speech.text(KIND_WORDS[kind]),
          }))}
        />
        <AboutFields
          about={typed}
          // Who stands in one contest does not stand in every other.
          onChange={(some) => change("contest" in some ? { ...some, participant: "" } : some)}
        />
        <SelectField
          name="participant"
          label={speech.text(WORDS.for)}
          empty={speech.text(WORDS.forNobody)}
          value={typed.participant}
          onChange={(participant) => change({ participant })}
          options={participantOptions(hall, contest, speech.text)}
        />
        <TextField
          name="words"
          rows={3}
          label={speech.text(WORDS.words)}
          value={typed.words}
          onInput={(words) => change({ words })}
        />
        <PhotoField
          name="photos"
          kind="letter"
          label={speech.text(WORDS.photos)}
          help={speech.text(WORDS.photosHelp)}
          photos={typed.photos}
          onChange={(photos) => change({ photos })}
        />
      </ActForm>
    </section>
  );
}
