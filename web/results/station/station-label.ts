/** How a column of votes is called on the form: "2. Name", and within a party "3.2 Name", the numbers of the ballot. */
import type { Names } from "../verify/names.ts";

export function choiceLabel(names: Names | undefined, column: number): string {
  const choice = names?.choices[column];
  if (choice === undefined) return String(column + 1);
  const party = names?.parties[choice.party];
  if (party === undefined || party.id === choice.id) return `${choice.number}. ${choice.name}`;
  return `${party.number}.${choice.number} ${choice.name}`;
}
