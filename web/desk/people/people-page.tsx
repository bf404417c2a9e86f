/** Who holds a role in this hall, and the cards of their keys. */
import { useSpeech } from "../../ui/language.tsx";
import { useDesk } from "../shell/desk.ts";
import { ROLE_WORDS } from "../shell/words.ts";

export default function PeoplePage() {
  const speech = useSpeech();
  const { people } = useDesk();
  return (
    <ul class="narrow">
      {people.map(({ key, name, role }) => (
        <li key={key}>
          {name} · {speech.text(ROLE_WORDS[role])}
        </li>
      ))}
    </ul>
  );
}
