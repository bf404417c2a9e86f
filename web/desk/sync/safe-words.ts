/** Words of a laptop's own safety: its copy and its clock. */
import type { Text } from "../../../src/election/text.ts";

export const SAFE_WORDS = {
  title: { id: "Salinan", en: "The copy" },
  help: {
    id: "Yang dicatat langsung disalin ke stik atau disk kedua, lalu dibaca kembali dan dicocokkan. Bila laptop ini rusak atau hilang, laptop lain dapat melanjutkan dari sana setelah KPU kabupaten/kota memindahkan penulisan.",
    en: "What is recorded is copied at once to a stick or second disk, read back and compared. Should this laptop break or be lost, another one can go on from there, once the KPU of the kabupaten has moved custody.",
  },
  none: { id: "Belum ada salinan", en: "No copy is made" },
  going: { id: "Salinan lengkap", en: "The copy is complete" },
  stopped: { id: "Salinan terhenti", en: "The copy has stopped" },
  waiting: { id: "Salinan dibaca…", en: "Reading the copy…" },
  folder: { id: "Tempat", en: "Place" },
  at: { id: "Terakhir lengkap", en: "Last complete" },
  checkedAt: { id: "Terakhir dibaca ulang seluruhnya", en: "Last read back as a whole" },
  choose: { id: "Stik atau disk", en: "Stick or disk" },
  find: { id: "Cari stik atau disk", en: "Look for sticks and disks" },
  noneFound: {
    id: "Tidak ada stik atau disk kedua yang terpasang. Pasang dahulu, lalu cari lagi.",
    en: "No stick or second disk is plugged in. Put one in, then look again.",
  },
  free: { id: "sisa", en: "free" },
  begin: { id: "Salin ke sini", en: "Copy there" },
  end: { id: "Hentikan salinan", en: "End the copy" },
  clockTitle: { id: "Jam laptop ini", en: "This laptop's clock" },
  clockNow: { id: "Menunjukkan", en: "It shows" },
  goOn: { id: "Jam dibiarkan, rapat diteruskan", en: "Leave the clock, go on with the plenary" },
  goesOn: {
    id: "Rapat diteruskan dengan jam ini. Urutan catatan tidak terpengaruh; waktunya tertulis sebagaimana jam ini.",
    en: "The plenary goes on with this clock. The order of the entries is not touched by it; their times are as this clock says.",
  },
} as const satisfies Readonly<Record<string, Text>>;
