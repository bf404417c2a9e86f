/** A part further down the page: its script is fetched when it comes near the screen, and the page is complete without it. */
import type { ComponentChildren, ComponentType } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

interface Props<P> {
  readonly load: () => Promise<ComponentType<P>>;
  readonly props: P;
  /** What stands there until then, and for good where the script does not come. */
  readonly children?: ComponentChildren;
}

export const loadBelow = async () => (await import("./below.tsx")).Below;
export const loadHalted = async () => (await import("./sitting.tsx")).Halted;
export const loadNotes = async () => (await import("./flags.tsx")).StationNotes;

/** How far below the screen a part is already fetched. */
const NEAR = "200px";

export function Soon<P extends object>({ load, props, children }: Props<P>) {
  const [Part, setPart] = useState<{ readonly component: ComponentType<P> } | null>(null);
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        watch.disconnect();
        load().then(
          (component) => setPart({ component }),
          () => {}, // it stays as it is
        );
      },
      { rootMargin: NEAR },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }, [load]);
  return <div ref={place}>{Part === null ? children : <Part.component {...props} />}</div>;
}
