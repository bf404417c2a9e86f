/**
 * Reads QR codes: from the camera, frame by frame, or from a picture where no camera can be opened (a browser opens one only at
 * `localhost` or over https, and a hall's second laptop may have neither).
 */
import { useId, useState } from "preact/hooks";
import decodeQR from "qr/decode.js";
import type { Text } from "../../../src/election/text.ts";
import { Camera, canHaveCamera } from "../../ui/camera.tsx";
import { useSpeech } from "../../ui/language.tsx";
import { WORDS } from "./words.ts";

interface Props {
  /** Told every text that is read; a code that is held still is read again and again. */
  readonly onText: (text: string) => void;
  /** On the button that opens the camera. */
  readonly open: Text;
}

/** A picture may take its time, which a camera's frame may not. */
const WHOLE = { effort: Number.POSITIVE_INFINITY, timeLimit: 5_000 };
/** Longest side at which a picture is looked at: a code fills much of it. */
const MOST_PIXELS = 2_000;

export function CodeReader({ onText, open }: Props) {
  const speech = useSpeech();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [told, setTold] = useState<Text | null>(null);
  const openOrClose = () => {
    // At an address that browsers hold for unsafe there is no camera at all.
    if (canHaveCamera()) setOpen(!isOpen);
    else setTold(WORDS.noCamera);
  };
  const readPicture = async (file: File | undefined) => {
    if (file === undefined) return;
    const text = await textIn(file);
    setTold(text === null ? WORDS.noCode : null);
    if (text !== null) onText(text);
  };
  return (
    <div class="code-reader">
      <div class="row">
        <button type="button" aria-expanded={isOpen} onClick={openOrClose}>
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
      {isOpen && <Camera onText={onText} />}
      {told !== null && (
        <p class="small need" role="alert">
          {speech.text(told)}
        </p>
      )}
    </div>
  );
}

/** The code in a picture; null if there is none, or it is no picture. */
async function textIn(file: File): Promise<string | null> {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, MOST_PIXELS / Math.max(picture.width, picture.height));
    const canvas = new OffscreenCanvas(Math.ceil(picture.width * scale), Math.ceil(picture.height * scale));
    const context = canvas.getContext("2d");
    context?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return context ? decodeQR(context.getImageData(0, 0, canvas.width, canvas.height), WHOLE) : null;
  } catch {
    // No picture, or no code in it: the decoder throws where it finds none.
    return null;
  }
}
