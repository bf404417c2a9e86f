/** Asks the worker that compares, and follows what it answers. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import { save } from "../download/make.ts";
import type { Answer, Compared, Opened, Question } from "./messages.ts";
import { COMPARE_WORDS } from "./words.ts";

export type Asking =
  | { readonly state: "rest" }
  | { readonly state: "busy"; readonly what: Question["what"]; readonly done: number; readonly of: number }
  | { readonly state: "failed"; readonly why: Text };

export interface Worked {
  readonly asking: Asking;
  readonly opened: Opened | null;
  readonly compared: Compared | null;
  ask(question: Question): void;
  stop(): void;
}

export function useComparer(): Worked {
  const [asking, setAsking] = useState<Asking>({ state: "rest" });
  const [opened, setOpened] = useState<Opened | null>(null);
  const [compared, setCompared] = useState<Compared | null>(null);
  const worker = useRef<Worker | null>(null);
  const end = () => {
    worker.current?.terminate();
    worker.current = null;
  };
  useEffect(() => end, []);
  const hear = (answer: Answer) => {
    if (answer.kind === "progress") {
      const { done, of } = answer;
      setAsking((before) => (before.state === "busy" ? { ...before, done, of } : before));
      return;
    }
    if (answer.kind === "failed") {
      setAsking({ state: "failed", why: answer.why });
      return;
    }
    setAsking({ state: "rest" });
    if (answer.kind === "opened") setOpened(answer.opened);
    else if (answer.kind === "compared") setCompared(answer);
    else save(new Blob([answer.bytes], { type: "text/csv" }), answer.name);
  };
  const started = (): Worker => {
    const made = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
    made.addEventListener("message", ({ data }: MessageEvent<Answer>) => hear(data));
    made.addEventListener("error", () => {
      end();
      setAsking({ state: "failed", why: COMPARE_WORDS.notStarted });
    });
    return made;
  };
  return {
    asking,
    opened,
    compared,
    ask: (question) => {
      setAsking({ state: "busy", what: question.what, done: 0, of: 0 });
      setCompared(null);
      if (question.what === "open") setOpened(null);
      worker.current ??= started();
      worker.current.postMessage(question);
    },
    stop: () => {
      end();
      setOpened(null);
      setAsking({ state: "rest" });
    },
  };
}
