/**
 * The order of reading while it is being changed: which panel reads which boxes, and in what order. Every change keeps all boxes,
 * each once: a box that fell out of all queues would be read by nobody.
 */
import { CONTEST_KINDS, type ContestKind, type RegionCode } from "../../../src/election/codes.ts";
import { PANELS } from "../../../src/election/minutes.ts";
import type { BoxView, PanelView } from "../../../src/recap/wire/views.ts";

export interface QueuedBox {
  readonly desa: RegionCode;
  readonly contest: ContestKind;
}

/** By panel, its boxes in order. */
export type Queues = readonly (readonly QueuedBox[])[];

/** Where a box stands. */
export interface Place {
  readonly panel: number;
  readonly at: number;
}

/** Panels that have a queue; the first always. */
export function panelsInUse({ panels }: { readonly panels: readonly PanelView[] }): PanelView[] {
  return panels.filter(({ panel, queue }) => panel === 0 || queue.length > 0);
}

export const sameBox = (a: QueuedBox, b: QueuedBox): boolean => a.desa === b.desa && a.contest === b.contest;

/** The queues as they are, one for every panel; boxes that are in none stand at the end of the first. */
export function queuesOf(panels: readonly PanelView[], boxes: readonly BoxView[]): Queues {
  const queues = Array.from({ length: PANELS }, (_, panel) => [
    ...(panels.find((one) => one.panel === panel)?.queue ?? []).map(({ desa, contest }) => ({ desa, contest })),
  ]);
  const names = boxes.map(({ desa, contest }) => ({ desa: desa.code, contest }));
  const lost = names.filter((box) => !queues.some((queue) => queue.some((one) => sameBox(one, box))));
  queues[0]?.push(...lost);
  return queues;
}

/** The default: contest by contest in the order of the law, desa by code; over so many panels, desa by desa. */
export function defaultQueues(boxes: readonly BoxView[], panels: number): Queues {
  const desa = [...new Set(boxes.map((box) => box.desa.code))].sort();
  const inOrder = [...boxes].sort(
    (a, b) =>
      CONTEST_KINDS.indexOf(a.contest) - CONTEST_KINDS.indexOf(b.contest) || a.desa.code.localeCompare(b.desa.code),
  );
  return Array.from({ length: PANELS }, (_, panel) =>
    inOrder
      .filter((box) => panel === Math.floor((desa.indexOf(box.desa.code) * panels) / desa.length))
      .map((box) => ({ desa: box.desa.code, contest: box.contest })),
  );
}

/** The queues with one box taken from its place and put before the place where `to` was; unchanged if there is none. */
export function moveBox(queues: Queues, from: Place, to: Place): Queues {
  const box = queues[from.panel]?.[from.at];
  if (box === undefined || to.panel < 0 || to.panel >= queues.length) return queues;
  const without = queues.map((queue, panel) => (panel === from.panel ? queue.toSpliced(from.at, 1) : queue));
  const length = without[to.panel]?.length ?? 0;
  const at = Math.min(length, Math.max(0, to.at));
  return without.map((queue, panel) => (panel === to.panel ? queue.toSpliced(at, 0, box) : queue));
}

/** The panels whose queue differs: for each of them one act is stated. */
export function changedPanels(before: Queues, after: Queues): number[] {
  return after.flatMap((queue, panel) => {
    const old = before[panel] ?? [];
    const same = queue.length === old.length && queue.every((box, i) => sameBox(box, old[i] as QueuedBox));
    return same ? [] : [panel];
  });
}
