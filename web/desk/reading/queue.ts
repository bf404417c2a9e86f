/**
 * Which station comes next: the panel's queue of boxes, each box's stations from first to last, without those that were read or
 * put off. What was decided on this page a moment ago counts before the desk's program has said so.
 */
import type { ContestKind, RegionCode, StationCode } from "../../../src/election/codes.ts";
import type { DesaView, PanelView, StationLine } from "../../../src/recap/wire/views.ts";

export interface Spot {
  readonly contest: ContestKind;
  readonly station: StationCode;
}

export const spotKey = ({ contest, station }: Spot): string => `${contest}/${station}`;

export interface Box {
  readonly contest: ContestKind;
  readonly desa: RegionCode;
}

/** Whether a station is still to be read. */
export const isWaiting = ({ read, postponed }: StationLine): boolean => read === null && !postponed;

/** The stations of a box that are still to be read, those after `from` first, then those before it. */
export function waitingIn(desa: DesaView, decided: ReadonlySet<string>, from: StationCode | null): Spot[] {
  const { contest, lines } = desa;
  const spots = lines
    .filter((line) => isWaiting(line) && !decided.has(spotKey({ contest, station: line.station })))
    .map(({ station }) => ({ contest, station }));
  const after = spots.filter(({ station }) => from === null || station > from);
  return [...after, ...spots.filter(({ station }) => from !== null && station < from)];
}

/** The boxes of a panel after this one, in the order of its queue; all of them if the box is not in the queue. */
export function boxesAfter({ queue }: PanelView, box: Box | null): readonly Box[] {
  const at = box === null ? -1 : queue.findIndex(({ contest, desa }) => contest === box.contest && desa === box.desa);
  return queue.slice(at + 1);
}

/** The station before or after one in its box, whatever has been decided about it; null at the ends. */
export function neighbour(desa: DesaView, station: StationCode, step: 1 | -1): StationCode | null {
  const at = desa.lines.findIndex((line) => line.station === station);
  return at < 0 ? null : (desa.lines[at + step]?.station ?? null);
}

/** The panel after this one, and after the last the first. */
export function panelAfter(panels: readonly Pick<PanelView, "panel">[], panel: number): number {
  const at = panels.findIndex((each) => each.panel === panel);
  return panels[(at + 1) % panels.length]?.panel ?? panel;
}
