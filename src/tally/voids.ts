/** The entries that a fold refused, by log: kept with their reasons, since a log shows what does nothing as well. */
import type { LogName } from "./logs.ts";
import type { RefusalReason } from "./refusal.ts";
import type { VoidEntry } from "./unit.ts";

export class Voids {
  /** Of each log by rising index. */
  readonly #entries = new Map<LogName, VoidEntry[]>();

  add(entry: VoidEntry): void {
    const entries = this.#entries.get(entry.log);
    if (entries) entries.push(entry);
    else this.#entries.set(entry.log, [entry]);
  }

  of(log: LogName): readonly VoidEntry[] {
    return this.#entries.get(log) ?? [];
  }

  /** All of them, by log and index. */
  all(): VoidEntry[] {
    return [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([, entries]) => entries);
  }

  /** Why an entry was refused; null if it was not. */
  reasonOf(log: LogName, index: number): RefusalReason | null {
    const entries = this.of(log);
    let [low, high] = [0, entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((entries[middle]?.index ?? 0) < index) low = middle + 1;
      else high = middle;
    }
    const found = entries[low];
    return found?.index === index ? found.reason : null;
  }
}
