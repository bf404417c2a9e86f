/** The station's page, whose script is fetched when a station is first opened: most readers never open one. */
import { useSpeech } from "../../ui/language.tsx";
import { Trouble } from "../trouble.tsx";
import { useLoaded } from "../use-loaded.ts";
import { Fault } from "../verify/fault.ts";
import { WORDS } from "../words.ts";
import type { StationProps } from "./station.tsx";

/** Throws {@link Fault} when the script does not come. */
async function loadStation() {
  try {
    return (await import("./station.tsx")).Station;
  } catch (cause) {
    throw new Fault("unreachable", "assets/", String(cause));
  }
}

export function StationLater(props: StationProps) {
  const speech = useSpeech();
  const { value: Station, fault } = useLoaded("", loadStation);
  if (fault) return <Trouble fault={fault} kept={false} again={() => location.reload()} />;
  if (Station === null) return <p class="muted waiting">{speech.text(WORDS.waiting)}</p>;
  return <Station {...props} />;
}
