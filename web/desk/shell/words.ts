/** Sentences of the frame around every page; each folder of pages has a `words.ts` of its own. */
import type { Role } from "../../../src/election/statements.ts";
import type { Text } from "../../../src/election/text.ts";
import type { PhaseView } from "../../../src/recap/wire/views.ts";

export const ROLE_WORDS: Readonly<Record<Role, Text>> = {
  chair: { id: "Ketua", en: "Chair" },
  member: { id: "Anggota", en: "Member" },
  operator: { id: "Operator", en: "Operator" },
  supervisor: { id: "Pengawas", en: "Supervisor" },
  observer: { id: "Pemantau", en: "Observer" },
  projector: { id: "Layar ruangan", en: "Projector" },
  station: { id: "KPPS", en: "Polling station" },
  archive: { id: "Arsip", en: "Archive" },
};

export const LEVEL_WORDS: Readonly<Record<string, Text>> = {
  nation: { id: "Nasional", en: "National" },
  provinsi: { id: "Provinsi", en: "Province" },
  kabupaten: { id: "Kabupaten/Kota", en: "Regency or city" },
  kecamatan: { id: "Kecamatan", en: "Kecamatan" },
};

/** What a hall is called: `Kecamatan Kuta`, `Provinsi Bali`, `Kabupaten Badung`. */
export function hallTitle({ level, name }: { readonly level: string; readonly name: string }): Text {
  if (level === "kecamatan") return { id: `Kecamatan ${name}`, en: `Kecamatan ${name}` };
  return level === "provinsi" ? { id: `Provinsi ${name}`, en: `${name} province` } : { id: name, en: name };
}

export const PHASE_WORDS: Readonly<Record<PhaseView["phase"], Text>> = {
  unscheduled: { id: "Belum dijadwalkan", en: "Not scheduled" },
  scheduled: { id: "Terjadwal", en: "Scheduled" },
  open: { id: "Rapat berlangsung", en: "Sitting" },
  paused: { id: "Diskors", en: "In recess" },
  halted: { id: "Dihentikan sementara", en: "Halted by order" },
  read: { id: "Semua TPS dibaca", en: "All stations read" },
  inspected: { id: "Draf dicermati", en: "Draft inspected" },
  certified: { id: "D.Hasil ditetapkan", en: "Certified" },
  reopened: { id: "Dibuka kembali", en: "Reopened" },
};

export const SHELL_WORDS = {
  desk: { id: "Meja Pleno", en: "Plenary desk" },
  cameUp: { id: "Sudah naik semua", en: "All have come up" },
  close: { id: "Tutup", en: "Close" },
  simulation: { id: "SIMULASI", en: "SIMULATION" },
  simulationLong: {
    id: "Semua suara dan nama di sini rekaan, bukan hasil pemilu.",
    en: "Every vote and name here is invented; these are not election results.",
  },
  servers: { id: "Keadaan server, dan cobalah menyerangnya", en: "State of the servers, and try to attack them" },
  skip: { id: "Langsung ke isi", en: "Skip to content" },
  languages: { id: "Bahasa", en: "Language" },
  pages: { id: "Halaman", en: "Pages" },
  panels: { id: "Panel", en: "Panels" },
  panel: { id: "Panel", en: "Panel" },
  panelPaused: { id: "diskors", en: "in recess" },
  panelDone: { id: "selesai", en: "done" },
  clock: { id: "Jam rapat", en: "Clock of the plenary" },
  connected: { id: "Tersambung", en: "Connected" },
  waiting: { id: "menunggu dikirim", en: "waiting to be sent" },
  offline: { id: "Terputus", en: "Cut off" },
  offlineSince: { id: "Data sejak", en: "Data as of" },
  offlineTitle: { id: "Terputus dari program meja", en: "Cut off from the desk's program" },
  lock: { id: "Kunci layar", en: "Lock the screen" },
  myKey: { id: "Kunci dan passkey saya", en: "My key and passkeys" },
  signOut: { id: "Keluar", en: "Sign out" },
  keys: { id: "Tombol", en: "Keys" },
  keysTitle: { id: "Tombol yang berlaku sekarang", en: "Keys that work now" },
  keyColumn: { id: "Tombol", en: "Key" },
  doesColumn: { id: "Gunanya", en: "What it does" },
  loading: { id: "Mengambil data rapat…", en: "Fetching the plenary…" },
  noPage: { id: "Halaman ini tidak ada.", en: "There is no such page." },
  notForRole: {
    id: "Halaman ini bukan untuk peran Anda. Minta kepada yang berwenang, atau pilih halaman lain.",
    en: "This page is not for your role. Ask somebody who holds it, or choose another page.",
  },
  toHall: { id: "Ke halaman utama rapat", en: "To the plenary's first page" },
  pageFailed: {
    id: "Halaman ini tidak dapat diambil. Periksa sambungan, lalu coba lagi.",
    en: "This page could not be fetched. Check the connection, then try again.",
  },
  tryAgain: { id: "Coba lagi", en: "Try again" },
  refusedTitle: { id: "Tidak diterima", en: "Not taken" },
  refusedBody: {
    id: "Pernyataan ini tidak berlaku dan tidak tercatat.",
    en: "This statement does not stand and was not recorded.",
  },
  statement: { id: "Pernyataan", en: "A statement" },
  look: { id: "Buka", en: "Open" },
  understood: { id: "Mengerti", en: "Understood" },
  tryHalls: { id: "Yang dapat dicoba", en: "Open to be tried" },
  findHall: { id: "Cari nama wilayah", en: "Find a region by name" },
  halls: { id: "Pilih rapat", en: "Choose the plenary" },
  noHalls: {
    id: "Meja ini belum mengampu rapat apa pun. Jalankan program meja dengan data rapatnya.",
    en: "This desk keeps no plenary yet. Start its program with the plenary's data.",
  },
  cautions: { id: "Yang perlu ditangani", en: "What needs a hand" },
  since: { id: "Sejak", en: "Since" },
  toConnection: { id: "Ke halaman Sambungan", en: "To the page Connection" },
  otherHall: { id: "Rapat lain", en: "Another plenary" },
} as const satisfies Readonly<Record<string, Text>>;
