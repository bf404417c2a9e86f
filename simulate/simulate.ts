/** One run: a country from a seed, what must hold while it goes on, and what must hold when it has healed. */
import { checkHealed, Editions } from "./checks.ts";
import { Country, type Cut } from "./country.ts";

/** What a run came to. */
export interface Run {
  readonly editions: number;
  /** Writes to disks at which the power could have gone. */
  readonly writes: number;
}

/** Runs a country. @throws AssertionError, or whatever error the program under test did not expect */
export async function simulate(seed: string, events: number, cut: Cut | null = null): Promise<Run> {
  const editions: Editions = new Editions(() => country);
  const country: Country = new Country(seed, () => editions.make(), cut);
  await country.run(events);
  await checkHealed(country, editions);
  return { editions: editions.count, writes: country.writes };
}
