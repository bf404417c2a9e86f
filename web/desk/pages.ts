/**
 * The table of pages of a hall: what a page is called, who sees it, and where its code is. A page's code is fetched when it is
 * first opened. Who sees a page is a courtesy to those who have no use for it; what they may do the fold decides.
 */
import { ROLES, type Role } from "../../src/election/statements.ts";
import type { HallView } from "../../src/recap/wire/views.ts";
import type { PageEntry } from "./page.ts";

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
    name: "sambungan",
    title: { id: "Sambungan", en: "Connection" },
    roles: LOOKING,
    inNavigation: (hall) => hall.region.level === "kecamatan" || hall.region.level === "kabupaten",
    load: () => import("./sync/sync-page.tsx"),
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
  {
    name: "kunci",
    title: { id: "Kunci saya", en: "My key" },
    roles: LOOKING,
    inNavigation: false,
    load: () => import("./people/my-key-page.tsx"),
  },
];

/** The page of this name; undefined if there is none. */
export const pageNamed = (name: string): PageEntry | undefined => PAGES.find((page) => page.name === name);
