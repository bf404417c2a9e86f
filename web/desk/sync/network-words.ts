/** Words of the hall's network: on the main laptop, and on a device that is to be let in. */
import type { Text } from "../../../src/election/text.ts";

export const NETWORK_WORDS = {
  title: { id: "Jaringan ruangan", en: "The hall's network" },
  lead: {
    id: "Laptop kedua, proyektor, dan ponsel petugas membuka meja ini lewat jaringan ruangan. Tiap perangkat dipasangkan sekali.",
    en: "A second laptop, the projector and officers' phones open this desk over the hall's network. Each device is paired once.",
  },
  noAddress: {
    id: "Laptop ini belum tersambung ke jaringan setempat. Sambungkan ke Wi-Fi ruangan atau nyalakan hotspot; alamatnya muncul sendiri.",
    en: "This laptop is on no local network yet. Join the hall's Wi-Fi or switch a hotspot on; its address appears by itself.",
  },
  whichNetwork: { id: "Jaringan yang dipakai di ruangan", en: "Network that is used in the hall" },
  pair: { id: "Pasangkan perangkat", en: "Pair a device" },
  scan: { id: "Pindai dengan kamera perangkat itu,", en: "Scan with that device's camera," },
  orType: {
    id: "atau ketik alamat ini di perambannya, lalu kodenya:",
    en: "or type this address there, then the code:",
  },
  goodUntil: { id: "Untuk satu perangkat, sampai", en: "For one device, until" },
  fingerprint: { id: "Sidik jari sertifikat aula", en: "Fingerprint of the hall's certificate" },
  fingerprintHelp: {
    id: "Harus sama, huruf demi huruf, dengan yang ditampilkan perangkat saat sertifikat dipasang.",
    en: "Must be the same, letter by letter, as what the device shows when the certificate is installed.",
  },
  forDesks: { id: "Meja pleno: laptop kedua, proyektor", en: "The desk: a second laptop, the projector" },
  forPhones: { id: "C.Hasil dari ponsel TPS", en: "Sheets from the stations' phones" },
  forEveryone: { id: "Hasil, untuk siapa saja di ruangan", en: "Results, for everyone in the room" },
  devices: { id: "Perangkat yang dipasangkan", en: "Paired devices" },
  noDevices: { id: "Belum ada.", en: "None yet." },
  device: { id: "Perangkat", en: "Device" },
  pairedAt: { id: "Dipasangkan", en: "Paired" },
  seenAt: { id: "Terakhir terlihat", en: "Last seen" },
  notSeen: { id: "belum sejak program dinyalakan", en: "not since the program was started" },
  access: { id: "Akses", en: "Access" },
  putOut: { id: "Keluarkan", en: "Put out" },

  // ---- on the device
  pairTitle: { id: "Pasangkan perangkat ini", en: "Pair this device" },
  pairLead: {
    id: "Laptop induk belum mengenal perangkat ini. Minta petugas menekan “Pasangkan perangkat” di halaman Sambungan laptop induk.",
    en: "The main laptop does not know this device yet. Ask an officer to press “Pair a device” on its page Connection.",
  },
  name: { id: "Nama perangkat ini", en: "Name of this device" },
  nameHelp: {
    id: "Agar dikenali di laptop induk, misalnya Laptop panel 2.",
    en: "So that it is known there, as in Laptop panel 2.",
  },
  code: { id: "Kode delapan huruf", en: "Eight-letter code" },
  enter: { id: "Pasangkan", en: "Pair" },
} as const satisfies Readonly<Record<string, Text>>;
