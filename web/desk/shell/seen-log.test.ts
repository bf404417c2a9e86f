import assert from "node:assert/strict";
import { test } from "node:test";
import { SeenLog } from "./seen-log.ts";

/** As much of a browser's storage as is used. */
function storage(): Storage {
  const kept = new Map<string, string>();
  return {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
  } as Storage;
}

const note = (size: number) => `teguh.example/log/pleno/510303\n${size}\nroot\n\n— signature\n`;

test("a browser shows a laptop the longest log that it was shown, once the laptop has less", () => {
  const disk = storage();
  const seen = new SeenLog(disk, "a");
  assert.equal(seen.take({ checkpoint: note(7), size: 7 }), null);
  assert.equal(seen.take({ checkpoint: note(9), size: 9 }), null);
  assert.equal(seen.take({ checkpoint: note(8), size: 8 }), note(9));
  const reloaded = new SeenLog(disk, "a");
  assert.equal(reloaded.take({ checkpoint: null, size: 5 }), note(9), "over a reload too");
  assert.equal(reloaded.take({ checkpoint: note(9), size: 9 }), null);
  assert.equal(new SeenLog(disk, "b").take({ checkpoint: null, size: 0 }), null, "of another log it knows nothing");
});

test("without storage it lasts as long as the page", () => {
  const seen = new SeenLog(null, "a");
  seen.take({ checkpoint: note(3), size: 3 });
  assert.equal(seen.take({ checkpoint: note(2), size: 2 }), note(3));
});
