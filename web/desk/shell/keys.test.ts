import assert from "node:assert/strict";
import { test } from "node:test";
import { keyLabel, nameOf } from "./keys.ts";

test("a key is named by what it writes, whatever the case, and with Ctrl", () => {
  const event = (key: string, ctrlKey = false) => ({ key, ctrlKey, metaKey: false });
  assert.equal(nameOf(event("B")), "b");
  assert.equal(nameOf(event("?")), "?");
  assert.equal(nameOf(event("Enter", true)), "Ctrl+Enter");
  assert.equal(nameOf(event("l", true)), "Ctrl+l");
});

test("keys are printed as they stand on the keyboard", () => {
  assert.equal(keyLabel("Ctrl+l"), "Ctrl+L");
  assert.equal(keyLabel("Escape"), "Esc");
  assert.equal(keyLabel("ArrowLeft"), "←");
});
