/**
 * Reads QR codes: from the camera, frame by frame, or from a picture where no camera can be opened (a browser opens one only at
 * `localhost` or over https, and a hall's second laptop may have neither).
 */

import { useEffect, useId, useRef, useState } from "preact/hooks";
import decodeQR from "qr/decode.js";
import type { Text } from "../../../src/election/text.ts";
import { useSpeech } from "../../ui/language.tsx";
import { WORDS } from "./words.ts";

interface Props {
  /** Told every text that is read; a code that is held still is read again and again. */
  readonly onText: (text: string) => void;
  /** On the button that opens the camera. */
  readonly open: Text;
}

/** Between two looks at the camera, in milliseconds: a phone shows each code for half a second. */
const LOOK = 120;
/** A picture may take its time; a camera's next frame comes at once. */
const WHOLE = { effort: Number.POSITIVE_INFINITY, timeLimit: 5_000 };
/** Longest side at which a picture is looked at: a code fills much of it. */
const MOST_PIXELS = 2_000;

export function CodeReader({ onText, open }: Props) {
  const speech = useSpeech();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [told, setTold] = useState<Text | null>(null);
  const readPicture = async (file: File | undefined) => {
    if (file === undefined) return;
    const text = await textIn(file);
    setTold(text === null ? WORDS.noCode : null);
    if (text !== null) onText(text);
  };
  return (
    <div class="code-reader">
      <div class="row">
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {speech.text(isOpen ? WORDS.closeCamera : open)}
        </button>
        <span class="photos">
          <input
            id={id}
            class="unseen"
            type="file"
            accept="image/*"
            onChange={(event) => {
              void readPicture(event.currentTarget.files?.[0]);
              event.currentTarget.value = "";
            }}
          />
          <label for={id} class="photo-button">
            {speech.text(WORDS.choosePicture)}
          </label>
        </span>
      </div>
      {isOpen && (
        <Camera
          onText={onText}
          onRefused={() => {
            setOpen(false);
            setTold(WORDS.noCamera);
          }}
        />
      )}
      {told !== null && (
        <p class="small need" role="alert">
          {speech.text(told)}
        </p>
      )}
    </div>
  );
}

function Camera({ onText, onRefused }: { readonly onText: Props["onText"]; readonly onRefused: () => void }) {
  const speech = useSpeech();
  const video = useRef<HTMLVideoElement>(null);
  const latest = useRef(onText);
  latest.current = onText;
  useEffect(() => {
    let isOver = false;
    let timer = 0;
    let stream: MediaStream | null = null;
    const pixels = document.createElement("canvas");
    const look = () => {
      const text = video.current === null ? null : textSeen(video.current, pixels);
      if (text !== null) latest.current(text);
      if (!isOver) timer = window.setTimeout(look, LOOK);
    };
    const begin = async () => {
      // At an address that browsers hold for unsafe there is no such thing at all.
      if (navigator.mediaDevices === undefined) return onRefused();
      try {
        stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      } catch {
        // No camera, or the person has said no.
        if (!isOver) onRefused();
        return;
      }
      if (isOver || video.current === null) return stop(stream);
      video.current.srcObject = stream;
      await video.current.play().catch(() => undefined);
      look();
    };
    void begin();
    return () => {
      isOver = true;
      clearTimeout(timer);
      stop(stream);
    };
  }, []);
  return <video ref={video} class="camera" muted playsInline aria-label={speech.text(WORDS.openCamera)} />;
}

function stop(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}

/** The code that the camera sees now; null while it sees none. */
function textSeen(video: HTMLVideoElement, canvas: HTMLCanvasElement): string | null {
  const { videoWidth: width, videoHeight: height } = video;
  if (width === 0) return null;
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context?.drawImage(video, 0, 0);
  return context ? decoded(context.getImageData(0, 0, width, height)) : null;
}

/** The code in a picture; null if there is none, or it is no picture. */
async function textIn(file: File): Promise<string | null> {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, MOST_PIXELS / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.ceil(picture.width * scale), Math.ceil(picture.height * scale));
    const context = canvas.getContext("2d");
    context?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return context ? decoded(context.getImageData(0, 0, canvas.width, canvas.height), WHOLE) : null;
  } catch {
    return null;
  }
}

function decoded(pixels: ImageData, options: Parameters<typeof decodeQR>[1] = {}): string | null {
  try {
    return decodeQR(pixels, options);
  } catch {
    // It throws where it finds none.
    return null;
  }
}
