/**
 * The keyboard of the desk: every key is declared with what it does, so that `?` can show the whole table and two parts of a
 * page cannot quietly take the same key. Single letters are left alone while somebody types in a field.
 */
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { Observable } from "./observable.ts";

export interface Key {
  /** `KeyboardEvent.key`, small letters; `Ctrl+l` with Ctrl. */
  readonly key: string;
  readonly does: Text;
  readonly run: () => void;
  /** Also while a field has the focus; of keys that write nothing. */
  readonly inFields?: boolean;
  /** Not on the table: another name of a key that is. */
  readonly hidden?: boolean;
}

/** Layers of keys, the topmost last: a dialog's layer hides those below. */
const layers: { readonly keys: () => readonly Key[]; readonly isModal: boolean }[] = [];

/** What `?` shows: the keys that work now. */
export const keyTable = new Observable<readonly Key[]>([]);

function activeKeys(): readonly Key[] {
  const from = layers.findLastIndex(({ isModal }) => isModal);
  return layers.slice(Math.max(0, from)).flatMap(({ keys }) => keys());
}

/** Name of the key of an event, as {@link Key.key} has it. */
export function nameOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey">): string {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `Ctrl+${key}` : key;
}

const FIELDS = "input, select, textarea, [contenteditable]";
/** Enter and the space bar belong to whatever has the focus, if it does something with them. */
const PRESSED = "button, a[href], summary";

/** The key of the page that an event means; undefined if it is for a field or a button. */
export function keyFor(event: KeyboardEvent, keys: readonly Key[]): Key | undefined {
  if (event.altKey || event.isComposing || event.defaultPrevented) return undefined;
  const name = nameOf(event);
  const found = keys.findLast(({ key }) => key === name);
  const target = event.target instanceof Element ? event.target : null;
  if (found === undefined || found.inFields || target === null) return found;
  if (target.closest(FIELDS)) return undefined;
  return (name === "Enter" || name === " ") && target.closest(PRESSED) ? undefined : found;
}

/** Listens to the keyboard for the whole page; once. */
export function listenToKeys(target: EventTarget): void {
  target.addEventListener("keydown", (event) => {
    if (!(event instanceof KeyboardEvent)) return;
    const key = keyFor(event, activeKeys());
    if (key === undefined) return;
    event.preventDefault();
    // A key that is held down must not decide station after station.
    if (!event.repeat) key.run();
  });
}

/** The keys of a component, as long as it is shown. `isModal`: those beneath rest. */
export function useKeys(keys: readonly Key[], isModal = false): void {
  const latest = useRef(keys);
  latest.current = keys;
  // Before anything is painted: a key pressed right after the page has changed belongs to the page that is shown.
  useLayoutEffect(() => {
    const layer = { keys: () => latest.current, isModal };
    layers.push(layer);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
    };
  }, [isModal]);
}

/** Keys as they are printed on the table and beside what they do. */
export function keyLabel(key: string): string {
  const names: Readonly<Record<string, string>> = { Escape: "Esc", " ": "Spasi", ArrowLeft: "←", ArrowRight: "→" };
  return key
    .split("+")
    .map((part) => names[part] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join("+");
}

/** Makes the table of the keys that work at this moment. */
export function showKeyTable(): void {
  keyTable.set(activeKeys().filter(({ hidden }) => hidden !== true));
}
