/** A part of the site whose script is fetched when it is first opened: most readers never open most of them. */
import type { ComponentType } from "preact";
import { useSpeech } from "../ui/language.tsx";
import { Trouble } from "./trouble.tsx";
import { useLoaded } from "./use-loaded.ts";
import { Fault } from "./verify/fault.ts";
import { WORDS } from "./words.ts";

interface Props<P> {
  /** Tells one part from another. */
  readonly name: string;
  /** Fetches the component. */
  readonly load: () => Promise<ComponentType<P>>;
  readonly props: P;
}

export function Later<P extends object>({ name, load, props }: Props<P>) {
  const speech = useSpeech();
  const { value: Part, fault } = useLoaded(name, async () => {
    try {
      return await load();
    } catch (cause) {
      throw new Fault("unreachable", "assets/", String(cause));
    }
  });
  if (fault) return <Trouble fault={fault} kept={false} again={() => location.reload()} />;
  if (Part === null) return <p class="muted waiting">{speech.text(WORDS.waiting)}</p>;
  return <Part {...props} />;
}
