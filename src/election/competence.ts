/**
 * Which levels recapitulate a contest: from the kecamatan up to the level that declares who is elected, and no further (UU 7/2017
 * art. 390 ff.). A council's result is final at its own commission; the levels above it only list it.
 */
import { type ContestKind, LEVELS, type Level } from "./codes.ts";

const DECLARED_AT: Readonly<Record<ContestKind, Exclude<Level, "kecamatan" | "desa">>> = {
  ppwp: "nation",
  dpr: "nation",
  dpd: "nation",
  dprdp: "provinsi",
  dprdk: "kabupaten",
};

/** Whether the plenaries of a level declare who is elected in a contest. */
export const isDeclaredAt = (contest: ContestKind, level: Level): boolean => DECLARED_AT[contest] === level;

/** Whether the plenaries of a level add a contest up, correct it and certify it. */
export const isRecapitulatedAt = (contest: ContestKind, level: Level): boolean =>
  LEVELS.indexOf(level) >= LEVELS.indexOf(DECLARED_AT[contest]);
