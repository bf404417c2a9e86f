/** One run: a country from a seed, what must hold while it goes on, and what must hold when it has healed. */
import { checkHealed, describe, Editions } from "./checks.ts";
import { Country } from "./country.ts";

/** Runs a country. @throws AssertionError, or whatever error the program under test did not expect */
export async function simulate(
  seed: string,
  events: number,
): Promise<{ readonly editions: number; readonly about: string }> {
  const editions: Editions = new Editions(() => country);
  const country: Country = new Country(seed, () => editions.make());
  await country.run(events);
  await checkHealed(country, editions);
  return { editions: editions.count, about: describe(country) };
}
