/** A table that may be wider than the screen scrolls within itself; only where it does, the keyboard stops at it. */
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

export function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  const box = useRef<HTMLElement>(null);
  const [isWide, setWide] = useState(false);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const look = () => setWide(element.scrollWidth > element.clientWidth);
    look();
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    for (const child of element.children) sizes.observe(child);
    return () => sizes.disconnect();
  }, []);
  return (
    <section ref={box} class="scroll" aria-label={label} {...(isWide ? { tabIndex: 0 } : {})}>
      {children}
    </section>
  );
}
