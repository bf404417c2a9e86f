/**
 * The pages about a region besides its results: each has a word in the address and a script that is fetched when it is first
 * opened. A new page is a line here and a folder beside this file.
 */
import type { ComponentType } from "preact";
import type { Text } from "../../src/election/text.ts";
import type { Route } from "./route.ts";
import type { Reader, Snapshot } from "./verify/verify.ts";

/** What every page is given: a verified state of its region, and the means to read more. */
export interface PageProps {
  readonly reader: Reader;
  readonly snapshot: Snapshot;
  readonly route: Route;
  /** Loads the current state of the region anew. */
  readonly refresh: () => void;
}

export interface PageEntry {
  readonly title: Text;
  /** Whether the menu under a region's name has it. */
  readonly inMenu: boolean;
  readonly load: () => Promise<ComponentType<PageProps>>;
}

/** By their words in the address, in the order of the menu. */
export const PAGES: Readonly<Record<string, PageEntry>> = {
  riwayat: {
    title: { id: "Riwayat perubahan suara", en: "Why votes changed" },
    inMenu: true,
    load: async () => (await import("./account/account-page.tsx")).AccountPage,
  },
  perubahan: {
    title: { id: "Perubahan terbaru", en: "Latest changes" },
    inMenu: true,
    load: async () => (await import("./feed/feed-page.tsx")).FeedPage,
  },
  periksa: {
    title: { id: "Periksa sendiri", en: "Check it yourself" },
    inMenu: true,
    load: async () => (await import("./checking/checking-page.tsx")).CheckingPage,
  },
  cari: {
    title: { id: "Cari", en: "Search" },
    inMenu: true,
    load: async () => (await import("./search/search-page.tsx")).SearchPage,
  },
  unduh: {
    title: { id: "Unduh", en: "Downloads" },
    inMenu: true,
    load: async () => (await import("./download/download-page.tsx")).DownloadPage,
  },
  bandingkan: {
    title: { id: "Bandingkan salinan", en: "Compare copies" },
    inMenu: true,
    load: async () => (await import("./compare/compare-page.tsx")).ComparePage,
  },
};
