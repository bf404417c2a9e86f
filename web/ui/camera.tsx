/**
 * A camera that reads QR codes, for every page that is shown one: a card at the door of the desk, a sheet on a phone's screen. The
 * picture never leaves the page, and the camera is off again as soon as this is taken away. The decoder is fetched with the first use.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Text } from "../../src/election/text.ts";
import { useSpeech } from "./language.tsx";
import "./camera.css";

const WORDS = {
  view: { id: "Gambar kamera", en: "Picture of the camera" },
  hold: { id: "Dekatkan kode QR ke kamera.", en: "Hold the QR code before the camera." },
  starting: { id: "Menyalakan kamera…", en: "Starting the camera…" },
  refused: {
    id: "Kamera tidak diizinkan. Izinkan kamera untuk halaman ini di peramban, atau pakai cara lain di sini.",
    en: "The camera is not allowed. Allow it for this page in the browser, or use the other way here.",
  },
  none: {
    id: "Tidak ada kamera yang dapat dipakai. Pakai cara lain di sini.",
    en: "There is no camera to use. Use the other way here.",
  },
} as const satisfies Readonly<Record<string, Text>>;

/** Whether a page may ask for a camera here at all: browsers give it over a safe connection alone. */
export const canHaveCamera = (): boolean => window.isSecureContext && navigator.mediaDevices !== undefined;

interface Props {
  /** Called with what a code says, again and again while it is held before the camera. */
  readonly onText: (text: string) => void;
}

export function Camera({ onText }: Props) {
  const speech = useSpeech();
  const video = useRef<HTMLVideoElement>(null);
  const told = useRef(onText);
  told.current = onText;
  const [state, setState] = useState<keyof typeof WORDS>("starting");
  useEffect(() => {
    const shown = video.current;
    if (shown === null) return;
    const reading = new AbortController();
    readCodes(shown, reading.signal, (text) => told.current(text)).then(
      () => setState("hold"),
      (fault: unknown) => {
        if (!(fault instanceof DOMException)) throw fault;
        setState(fault.name === "NotAllowedError" ? "refused" : "none");
      },
    );
    return () => reading.abort();
  }, []);
  return (
    <div class="camera">
      <video ref={video} muted playsInline aria-label={speech.text(WORDS.view)} />
      <p role="status" class="small">
        {speech.text(WORDS[state])}
      </p>
    </div>
  );
}

/**
 * Starts the camera, rather the one that looks away from the person, and reads every frame until the signal.
 * Rejects with the browser's DOMException where there is none or it is not allowed.
 */
async function readCodes(video: HTMLVideoElement, signal: AbortSignal, tell: (text: string) => void): Promise<void> {
  const { frameLoop, QRCanvas, rearCamera } = await import("qr/dom.js");
  const camera = await rearCamera(video);
  if (signal.aborted) return camera.stop();
  const canvas = new QRCanvas();
  const read = async () => {
    const found = await camera.readFrame(canvas, true);
    if (typeof found === "string" && !signal.aborted) tell(found);
  };
  const end = frameLoop(() => void read(), video);
  signal.addEventListener("abort", () => {
    end();
    camera.stop();
  });
}
