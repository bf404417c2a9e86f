/**
 * The table of pages of a hall: what a page is called, who sees it, and where its code is. A page's code is fetched when it is
 * first opened. Who sees a page is a courtesy to those who have no use for it; what they may do the fold decides.
 */
import type { ComponentType } from "preact";
import { ROLES, type Role } from "../../src/election/statements.ts";
import type { Text } from "../../src/election/text.ts";
import type { HallView } from "../../src/recap/wire/views.ts";

export interface PageProps {
  /** What follows the page's name in the address. */
  readonly args: readonly string[];
}

export interface PageEntry {
  /** In the address: `#/510303/<name>`. Empty: the first page of a hall. */
  readonly name: string;
  readonly title: Text;
  readonly roles: readonly Role[];
  /** Whether the navigation shows it, and of which halls; absent: everywhere. */
  readonly inNavigation?: false | ((hall: HallView) => boolean);
  /** Name of the page under which the navigation shows it. */
  readonly under?: string;
  /** Without the frame around it (the projector). */
  readonly bare?: true;
  readonly load: () => Promise<{ readonly default: ComponentType<PageProps> }>;
}

const SITTING: readonly Role[] = ["chair", "member", "operator", "supervisor"];
const LOOKING: readonly Role[] = [...SITTING, "observer"];
const isKecamatan = (hall: HallView) => hall.region.level === "kecamatan";

export const PAGES: readonly PageEntry[] = [
  {
    name: "",
    title: { id: "Rapat", en: "Plenary" },
    roles: ROLES,
    load: () => import("./sitting/sitting-page.tsx"),
  },
  {
    name: "rapat",
    title: { id: "Rapat", en: "Plenary" },
    roles: LOOKING,
    inNavigation: false,
    under: "",
    load: () => import("./sitting/sitting-page.tsx"),
  },
  {
    name: "baca",
    title: { id: "Pembacaan", en: "Reading" },
    roles: SITTING,
    inNavigation: isKecamatan,
    load: () => import("./reading/reading-page.tsx"),
  },
  {
    name: "keberatan",
    title: { id: "Keberatan", en: "Objections" },
    roles: LOOKING,
    load: () => import("./objections/objections-page.tsx"),
  },
  {
    name: "dhasil",
    title: { id: "D.Hasil", en: "Certificates" },
    roles: LOOKING,
    load: () => import("./certificates/certificates-page.tsx"),
  },
  {
    name: "surat",
    title: { id: "Surat perintah", en: "Orders" },
    roles: LOOKING,
    load: () => import("./orders/orders-page.tsx"),
  },
  {
    name: "papan",
    title: { id: "Papan", en: "Overview" },
    roles: LOOKING,
    load: () => import("./overview/overview-page.tsx"),
  },
  {
    name: "layar",
    title: { id: "Layar ruangan", en: "Screen of the hall" },
    roles: ROLES,
    inNavigation: false,
    bare: true,
    load: () => import("./projector/projector-page.tsx"),
  },
  {
    name: "orang",
    title: { id: "Orang dan kartu", en: "People and cards" },
    roles: ["chair"],
    load: () => import("./people/people-page.tsx"),
  },
];

/** The page of this name; undefined if there is none. */
export const pageNamed = (name: string): PageEntry | undefined => PAGES.find((page) => page.name === name);
