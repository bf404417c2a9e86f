/** The first page of a hall: where its reading stands, and the way to go on. */
import { useSpeech } from "../ui/language.tsx";
import { useDesk } from "./shell/desk.ts";
import { routeTo } from "./shell/route.ts";
import { PHASE_WORDS } from "./shell/words.ts";

export default function HallPage() {
  const speech = useSpeech();
  const { hall, region } = useDesk();
  return (
    <div class="narrow">
      <h1>{hall.region.name}</h1>
      <p>{speech.text(PHASE_WORDS[hall.phase.phase])}</p>
      <p>
        <a href={routeTo(region, "baca")}>{hall.contests.map(({ name }) => speech.text(name)).join(", ")}</a>
      </p>
    </div>
  );
}
