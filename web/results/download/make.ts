/** Orders a file from a worker and follows it: how far it is, how it ended, and how to stop it. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Text } from "../../../src/election/text.ts";
import type { Order, Report } from "./messages.ts";

export type Making =
  | { readonly state: "rest" }
  | { readonly state: "busy"; readonly what: string; readonly done: number; readonly of: number }
  | { readonly state: "ready"; readonly what: string; readonly name: string; readonly bytes: number }
  | { readonly state: "failed"; readonly what: string; readonly why: Text };

const NOT_STARTED: Text = {
  id: "Pembuat berkas tidak dapat dimulai di peramban ini. Perintah teguh export membuat berkas yang sama.",
  en: "The maker of files could not be started in this browser. The command teguh export makes the same file.",
};

export interface Maker {
  readonly making: Making;
  /** Begins; what was under way is stopped. `what` names it on the screen. */
  order(what: string, order: Order): void;
  stop(): void;
}

export function useMaker(): Maker {
  const [making, setMaking] = useState<Making>({ state: "rest" });
  const worker = useRef<Worker | null>(null);
  const stop = () => {
    worker.current?.terminate();
    worker.current = null;
  };
  useEffect(() => stop, []);
  return {
    making,
    stop: () => {
      stop();
      setMaking({ state: "rest" });
    },
    order: (what, order) => {
      stop();
      setMaking({ state: "busy", what, done: 0, of: 0 });
      const started = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
      worker.current = started;
      started.addEventListener("error", () => {
        setMaking({ state: "failed", what, why: NOT_STARTED });
        stop();
      });
      started.addEventListener("message", ({ data }: MessageEvent<Report>) => {
        if (data.kind === "progress") setMaking({ state: "busy", what, done: data.done, of: data.of });
        else stop();
        if (data.kind === "failed") setMaking({ state: "failed", what, why: data.why });
        if (data.kind !== "done") return;
        save(new Blob([data.bytes], { type: data.type }), data.name);
        setMaking({ state: "ready", what, name: data.name, bytes: data.bytes.length });
      });
      started.postMessage(order);
    },
  };
}

/** How long the browser may take to begin reading the file, in milliseconds. */
const KEEP = 60_000;

/** Gives a file to the browser to be saved. */
export function save(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), KEEP);
}
