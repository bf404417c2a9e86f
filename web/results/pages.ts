/**
 * The pages about a region besides its results: each has a word in the address and a script that is fetched when it is first
 * opened. A new page is a line here and a folder beside this file.
 */
import type { ComponentType } from "preact";
import type { Text } from "../../src/election/text.ts";
import type { PageProps } from "./page-props.ts";
import { WORDS } from "./words.ts";

export interface PageEntry {
  readonly title: Text;
  /** The title in a word or two, for the menu. */
  readonly short: Text;
  /** Whether the menu under a region's name has it. */
  readonly inMenu: boolean;
  readonly load: () => Promise<ComponentType<PageProps>>;
}

/** By their words in the address, in the order of the menu. */
export const PAGES: Readonly<Record<string, PageEntry>> = {
  dapil: {
    title: WORDS.dapil,
    short: WORDS.dapilShort,
    inMenu: true,
    load: async () => (await import("./district/district-page.tsx")).DistrictPage,
  },
  riwayat: {
    title: WORDS.riwayat,
    short: WORDS.riwayatShort,
    inMenu: true,
    load: async () => (await import("./account/account-page.tsx")).AccountPage,
  },
  perubahan: {
    title: WORDS.perubahan,
    short: WORDS.perubahanShort,
    inMenu: true,
    load: async () => (await import("./feed/feed-page.tsx")).FeedPage,
  },
  periksa: {
    title: WORDS.periksa,
    short: WORDS.periksaShort,
    inMenu: true,
    load: async () => (await import("./checking/checking-page.tsx")).CheckingPage,
  },
  cari: {
    title: WORDS.cari,
    short: WORDS.cari,
    inMenu: true,
    load: async () => (await import("./search/search-page.tsx")).SearchPage,
  },
  unduh: {
    title: WORDS.unduh,
    short: WORDS.unduh,
    inMenu: true,
    load: async () => (await import("./download/download-page.tsx")).DownloadPage,
  },
  bandingkan: {
    title: WORDS.bandingkan,
    short: WORDS.bandingkanShort,
    inMenu: true,
    load: async () => (await import("./compare/compare-page.tsx")).ComparePage,
  },
  kertas: {
    title: WORDS.kertas,
    short: WORDS.kertas,
    inMenu: false,
    load: async () => (await import("./printed/printed-page.tsx")).PrintedPage,
  },
  cerita: {
    title: WORDS.cerita,
    short: WORDS.cerita,
    inMenu: false,
    load: async () => (await import("./story/story-page.tsx")).StoryPage,
  },
};
