/** From a form to the photographs of its pages. */
import { Chance } from "../random.ts";
import { photograph } from "./camera.ts";
import { drawForm } from "./form.ts";
import { jpegOf } from "./jpeg.ts";
import type { Order } from "./studio.ts";

/** Bytes of a photograph at most. */
export const MOST_BYTES = 60_000;
const QUALITIES = [26, 20, 14, 8] as const;

/** The photographs of a form: JPEG, the same bytes each time, as good as so few bytes allow. */
export function draw({ form, seed, label, shot }: Order): Uint8Array[] {
  const pages = drawForm(form, new Chance(seed, `hand ${label}`));
  return pages.map((page, i) => {
    const pixels = photograph(page, new Chance(seed, `shot ${label} ${shot} ${i}`));
    const [best = 0, ...worse] = QUALITIES;
    let picture = jpegOf(pixels, best);
    for (const quality of worse) if (picture.length > MOST_BYTES) picture = jpegOf(pixels, quality);
    return picture;
  });
}
