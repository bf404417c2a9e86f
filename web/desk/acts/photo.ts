/**
 * A photo as it is handed in: drawn anew, so that nothing of the camera's own notes (place, device, time) goes with it, and no
 * larger than a page needs to be read.
 */
import type { Text } from "../../../src/election/text.ts";

/** A4 at 220 dots per inch: the smallest handwriting on a form is legible. */
const LONGEST_SIDE = 2600;
const QUALITY = 0.85;

/** A file that is no photo that this browser can read. */
export class PhotoFault extends Error {
  override readonly name = "PhotoFault";
  readonly words: Text = {
    id: "Berkas ini bukan foto yang dapat dibuka. Potret lagi, atau pilih berkas JPEG, PNG, atau WebP.",
    en: "This file is not a photo that can be opened. Photograph it again, or choose a JPEG, PNG or WebP file.",
  };
}

/** The photo as JPEG without metadata. Throws {@link PhotoFault}. */
export async function cleanPhoto(file: Blob): Promise<Blob> {
  let image: ImageBitmap;
  try {
    image = await createImageBitmap(file, { imageOrientation: "from-image" });
  } catch {
    throw new PhotoFault();
  }
  const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (blob === null) throw new PhotoFault();
  return blob;
}
