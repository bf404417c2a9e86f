/** What is typed into a form, kept in this browser until it is stated: a lock or a reload in the middle loses nothing. */
import { useState } from "preact/hooks";
import { useDesk } from "../shell/desk.ts";

/**
 * @param place what is worked on within the hall
 * @returns the values, a change of some of them, and the way to begin anew
 */
export function useDraft<T extends object>(
  place: string,
  initial: T,
): readonly [T, (change: Partial<T>) => void, () => void] {
  const { drafts, region } = useDesk();
  const key = `${region}/${place}`;
  const [typed, setTyped] = useState<T>(() => ({ ...initial, ...drafts.read<Partial<T>>(key) }));
  const change = (some: Partial<T>) =>
    setTyped((before) => {
      const after = { ...before, ...some };
      drafts.write(key, after);
      return after;
    });
  const clear = () => {
    drafts.write(key, null);
    setTyped(initial);
  };
  return [typed, change, clear];
}
