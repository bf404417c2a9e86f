// Holds how files name choices: a column of a table and the title of a file of evidence say the same of the same choice.
import assert from "node:assert/strict";
import { test } from "node:test";
import { choiceColumns, choiceName } from "./columns.ts";

const DISTRICT = {
  choices: [
    { id: "melati", kind: "party", name: "Partai Melati", number: 3, party: 0 },
    { id: "ayu", kind: "candidate", name: "Ayu", number: 1, party: 0 },
  ],
  parties: [{ id: "melati", name: "Partai Melati", number: 3, short: "MELATI" }],
};

test("a party's candidate is named with the party, a party by itself", () => {
  assert.deepEqual(
    DISTRICT.choices.map((choice) => choiceName(choice, DISTRICT)),
    ["3. Partai Melati", "MELATI 1. Ayu"],
  );
});

test("a candidate who stands without a party has no party before the name", () => {
  const lone = { id: "budi", kind: "candidate", name: "Budi", number: 21, party: -1 };
  assert.equal(choiceName(lone, { choices: [lone], parties: [] }), "21. Budi");
});

test("a column bears the name of its choice", () => {
  assert.deepEqual(
    choiceColumns(DISTRICT).map(({ key, words }) => [key, words.id, words.en]),
    [
      ["melati", "3. Partai Melati", "3. Partai Melati"],
      ["ayu", "MELATI 1. Ayu", "MELATI 1. Ayu"],
    ],
  );
});
