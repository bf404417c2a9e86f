/** A screen of the hall opens itself with the one-time link that an officer's browser shows; it needs no card and may only look. */
import { useEffect, useState } from "preact/hooks";
import type { RegionCode } from "../../../src/election/codes.ts";
import type { Text } from "../../../src/election/text.ts";
import type { SessionView } from "../../../src/recap/wire/people.ts";
import { useSpeech } from "../../ui/language.tsx";
import { type Api, ApiFault } from "../shell/api.ts";
import { type Route, routeTo } from "../shell/route.ts";
import { WORDS } from "./words.ts";

/** The link in the address of a screen; null if there is none. */
export function linkIn({ page, args }: Route): string | null {
  return page === "layar" ? (args.find((arg) => /^[0-9a-f]{64}$/.test(arg)) ?? null) : null;
}

interface Props {
  readonly api: Api;
  readonly region: RegionCode;
  readonly route: Route;
  readonly link: string;
  readonly onOpen: (session: SessionView) => void;
}

export function OpenScreen({ api, region, route, link, onOpen }: Props) {
  const speech = useSpeech();
  const [fault, setFault] = useState<Text | null>(null);
  useEffect(() => {
    api.openScreen(link).then(
      (session) => {
        // A link is good once: in the address it would only mislead whoever copies it.
        location.replace(routeTo(region, "layar", ...route.args.filter((arg) => arg !== link)));
        onOpen(session);
      },
      (problem: unknown) => {
        if (!(problem instanceof ApiFault)) throw problem;
        setFault(problem.words);
      },
    );
  }, [api, link]);
  return (
    <main id="isi" class="narrow" tabIndex={-1}>
      <h1>{speech.text(WORDS.title)}</h1>
      <p role="status" class={fault === null ? undefined : "fault"}>
        {speech.text(fault ?? WORDS.opening)}
      </p>
    </main>
  );
}
