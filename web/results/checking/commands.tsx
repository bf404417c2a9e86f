/** How to check without this page: our program, a script that has nothing of it, and three lines of shell. See docs/VERIFY.md. */
import { useSpeech } from "../../ui/language.tsx";
import type { Snapshot } from "../verify/verify.ts";
import { regionOf } from "./steps.ts";
import { CHECK_WORDS } from "./words.ts";

export function Commands({ snapshot }: { snapshot: Snapshot }) {
  const speech = useSpeech();
  const { status, contest } = snapshot;
  const site = new URL("./", location.href).href;
  const about = `--contest ${contest} --region ${regionOf(snapshot)}`;
  const set = `E=${site}\nK='${status.editionsVkey}'`;
  const sections = [
    [CHECK_WORDS.program, `${set}\nbin/teguh verify "$E" --key "$K"\nbin/teguh results "$E" --key "$K" ${about}`],
    [CHECK_WORDS.script, `${set}\npython3 docs/verify-by-hand.py "$E" --key "$K" ${about}`],
    [
      CHECK_WORDS.keep,
      `${set}\ncurl -sf "$E"checkpoint > checkpoint-saya\nbin/teguh verify "$E" --key "$K" --since checkpoint-saya`,
    ],
  ] as const;
  return (
    <section class="panel">
      <h2>{speech.text(CHECK_WORDS.elsewhere)}</h2>
      <p>{speech.text(CHECK_WORDS.elsewhereBody)}</p>
      {sections.map(([word, commands]) => (
        <div key={word.en}>
          <h3 class="small">{speech.text(word)}</h3>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
          <pre tabIndex={0}>{commands}</pre>
        </div>
      ))}
    </section>
  );
}
