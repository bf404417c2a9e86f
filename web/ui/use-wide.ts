/** Whether the screen is wide enough for a table with many columns; follows the window as it changes. */
import { useEffect, useState } from "preact/hooks";

const WIDE = "(min-width: 56rem)";

export function useWide(): boolean {
  const [wide, setWide] = useState(() => matchMedia(WIDE).matches);
  useEffect(() => {
    const query = matchMedia(WIDE);
    const follow = () => setWide(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  return wide;
}
