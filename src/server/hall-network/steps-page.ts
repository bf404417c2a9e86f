/**
 * The one page that a hall's laptop gives in the clear to a device on its network: how to trust the laptop, step by step, and on to
 * the desk over https. Nothing on it is secret, and nothing on it need be believed: the person compares the fingerprint that the
 * device itself shows with the one on the main laptop's screen.
 *
 * Plain HTML that works without its few lines of script; these take the code that was scanned on to the desk.
 */
import { createHash } from "node:crypto";
import type { Text } from "../../election/text.ts";
import { utf8 } from "../../ledger/bytes.ts";
import { inGroups, PAIRING } from "../../recap/wire/network.ts";
import type { Answer } from "../desk-http.ts";

export interface StepsOptions {
  /** The kecamatan, and what it is called. */
  readonly region: string;
  readonly name: string;
  readonly simulation: boolean;
  /** The authority's certificate, DER. */
  readonly certificate: Uint8Array;
  /** Until when it is good, and the laptop's own time; milliseconds since 1970. */
  readonly ending: number;
  readonly now: number;
  /** Where the desk is over https. */
  readonly desk: string;
}

const WORDS = {
  simulation: { id: "SIMULASI: bukan pemilu sungguhan.", en: "SIMULATION: not a real election." },
  title: { id: "Sambungkan perangkat ini", en: "Connect this device" },
  hall: { id: "Laptop induk", en: "Main laptop" },
  lead: {
    id: "Meja pleno dibuka lewat sambungan aman (https). Laptop ini menjamin dirinya dengan sertifikat aula, yang dipasang sekali di tiap perangkat.",
    en: "The plenary desk is opened over a secure connection (https). This laptop vouches for itself with the hall's certificate, which is installed once on each device.",
  },
  ready: {
    id: "Sertifikatnya sudah dipasang di perangkat ini?",
    en: "Is the certificate on this device already?",
  },
  open: { id: "Buka meja pleno", en: "Open the plenary desk" },
  fingerprint: { id: "Sidik jari SHA-256", en: "SHA-256 fingerprint" },
  same: {
    id: "Sama dengan yang ada di kode QR. Cocokkan juga dengan mata.",
    en: "The same as in the QR code. Compare it by eye as well.",
  },
  other: {
    id: "Tidak sama dengan yang ada di kode QR. Jangan pasang apa pun; panggil petugas laptop induk.",
    en: "Not the same as in the QR code. Install nothing; call whoever sits at the main laptop.",
  },
  first: { id: "1. Unduh sertifikat aula", en: "1. Download the hall's certificate" },
  download: { id: "Unduh sertifikat", en: "Download the certificate" },
  second: { id: "2. Cocokkan dan pasang", en: "2. Compare and install" },
  compare: {
    id: "Cocokkan sidik jari yang ditampilkan perangkat dengan yang ada di layar laptop induk. Bila satu huruf saja berbeda, hapus berkasnya dan panggil petugas.",
    en: "Compare the fingerprint that the device shows with the one on the main laptop's screen. If one letter differs, delete the file and call an officer.",
  },
  third: { id: "3. Buka meja pleno", en: "3. Open the plenary desk" },
  code: {
    id: "Perangkat baru memasukkan kode delapan huruf dari laptop induk (halaman Sambungan), lalu masuk dengan kartu dan PIN.",
    en: "A new device enters the eight-letter code from the main laptop (page Connection); then sign in with card and PIN.",
  },
  limits: {
    id: "Sertifikat ini hanya berlaku untuk alamat jaringan setempat, tidak untuk situs mana pun di internet, dan berakhir sendiri pada",
    en: "This certificate holds for addresses of local networks only, for no site of the internet, and ends by itself on",
  },
  remove: {
    id: "Sesudah rapat boleh dihapus: Android di Kredensial tepercaya → Pengguna; Windows lewat certmgr.msc → Otoritas Sertifikasi Akar Tepercaya.",
    en: "After the plenary it may be removed: Android under Trusted credentials → User; Windows by certmgr.msc → Trusted Root Certification Authorities.",
  },
  clock: {
    id: "Jam laptop ini. Bila tanggal perangkat berbeda, betulkan dahulu; tanpa itu sertifikatnya ditolak",
    en: "The clock of this laptop. If the device's date differs, set it right first, or it refuses the certificate",
  },
  language: { id: "English", en: "Bahasa Indonesia" },
} as const satisfies Readonly<Record<string, Text>>;

/** For each kind of device what to press. `FILE` stands for the certificate's file. */
const DEVICES: readonly { readonly name: string; readonly steps: Readonly<Record<keyof Text, readonly string[]>> }[] = [
  {
    name: "Android (Chrome)",
    steps: {
      id: [
        "Buka Setelan → Keamanan dan privasi → Setelan keamanan lainnya → Enkripsi dan kredensial. (Cari “sertifikat CA” bila tidak ketemu.)",
        "Pilih Instal sertifikat → Sertifikat CA → Tetap instal, lalu pilih berkas FILE.",
        "Buka Kredensial tepercaya → Pengguna, sentuh “Teguh aula”, dan cocokkan baris sidik jari SHA-256.",
      ],
      en: [
        "Open Settings → Security and privacy → More security settings → Encryption and credentials. (Search for “CA certificate” if it is not there.)",
        "Choose Install a certificate → CA certificate → Install anyway, then the file FILE.",
        "Open Trusted credentials → User, touch “Teguh aula”, and compare the line SHA-256 fingerprint.",
      ],
    },
  },
  {
    name: "Windows (Chrome, Edge)",
    steps: {
      id: [
        "Tekan tombol Windows, ketik cmd, tekan Enter.",
        "Ketik: certutil -hashfile Downloads\\FILE SHA256 dan cocokkan hasilnya.",
        "Bila sama, ketik: certutil -user -addstore Root Downloads\\FILE lalu jawab Ya.",
      ],
      en: [
        "Press the Windows key, type cmd, press Enter.",
        "Type: certutil -hashfile Downloads\\FILE SHA256 and compare what it says.",
        "If it is the same, type: certutil -user -addstore Root Downloads\\FILE and answer Yes.",
      ],
    },
  },
  {
    name: "Firefox",
    steps: {
      id: [
        "Buka Pengaturan → Privasi dan Keamanan → Sertifikat → Lihat Sertifikat → Otoritas → Impor, pilih FILE.",
        "Tekan Lihat dan cocokkan sidik jari SHA-256, lalu centang “Percayai CA ini untuk mengidentifikasi situs web”.",
      ],
      en: [
        "Open Settings → Privacy and Security → Certificates → View Certificates → Authorities → Import, choose FILE.",
        "Press View and compare the SHA-256 fingerprint, then tick “Trust this CA to identify websites”.",
      ],
    },
  },
];

/** What is answered under an address of this page; whatever is none of its files is the page itself. */
export function stepsAnswer({ pathname, searchParams }: URL, options: StepsOptions): Answer {
  switch (pathname) {
    case "/langkah.css":
      return { status: 200, bytes: utf8(STYLE), type: "text/css; charset=utf-8" };
    case "/langkah.js":
      return { status: 200, bytes: utf8(SCRIPT), type: "text/javascript; charset=utf-8" };
    case `/${fileOf(options)}`: {
      const headers = { "content-disposition": `attachment; filename="${fileOf(options)}"` };
      return { status: 200, bytes: options.certificate, type: "application/x-x509-ca-cert", headers };
    }
    default: {
      const html = stepsPage(searchParams.get("lang") === "en" ? "en" : "id", options);
      return { status: 200, bytes: utf8(html), type: "text/html; charset=utf-8" };
    }
  }
}

const fileOf = ({ region }: StepsOptions): string => `teguh-aula-${region}.crt`;

function stepsPage(language: keyof Text, options: StepsOptions): string {
  const { region, name, simulation, certificate, ending, now, desk } = options;
  const say = (key: keyof typeof WORDS) => WORDS[key][language];
  const day = { day: "numeric", month: "long", year: "numeric" } as const;
  const clock = { ...day, hour: "2-digit", minute: "2-digit", timeZoneName: "short" } as const;
  const written = (time: number, parts: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(language, parts).format(time);
  const fingerprint = createHash("sha256").update(certificate).digest("hex");
  const file = fileOf(options);
  const open = `<a class="button" href="${desk}">${say("open")}</a>`;
  const devices = DEVICES.map(({ name: device, steps }) => {
    const items = steps[language].map((step) => `<li>${asHtml(step).replaceAll("FILE", `<code>${file}</code>`)}</li>`);
    return `<details><summary>${device}</summary><ol>${items.join("")}</ol></details>`;
  });
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say("title")} · Teguh</title>
<link rel="stylesheet" href="/langkah.css">
<script type="module" src="/langkah.js"></script>
</head>
<body>
<main>
${simulation ? `<p class="simulation"><strong>${say("simulation")}</strong></p>` : ""}
<p class="small"><strong>Teguh</strong> · ${say("hall")} · ${asHtml(name)} (${region}) ·
<a id="bahasa" href="/?lang=${language === "id" ? "en" : "id"}">${say("language")}</a></p>
<h1>${say("title")}</h1>
<p>${say("lead")}</p>
<section>
<h2>${say("fingerprint")}</h2>
<p class="fingerprint" data-fingerprint="${fingerprint}">${inGroups(fingerprint)}</p>
<p id="sama" class="good" hidden>${say("same")}</p>
<p id="beda" class="alarm" role="alert" hidden>${say("other")}</p>
</section>
<section>
<p>${say("ready")}</p>
<p>${open}</p>
</section>
<section>
<h2>${say("first")}</h2>
<p><a class="button" href="/${file}" download>${say("download")}</a></p>
<p class="small">${say("limits")} ${written(ending, day)}. ${say("remove")}</p>
</section>
<section>
<h2>${say("second")}</h2>
<p>${say("compare")}</p>
${devices.join("\n")}
<p class="small">${say("clock")}: <strong>${written(now, clock)}</strong>.</p>
</section>
<section>
<h2>${say("third")}</h2>
<p>${say("code")}</p>
<p>${open}</p>
</section>
</main>
</body>
</html>
`;
}

const asHtml = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

/** What stands behind `#` was scanned from the main laptop's screen: see `wayAddress`. */
const SCRIPT = `const way = /^#([0-9a-f]{64})(?:\\/([0-9A-Z]{8})(\\/.*)?)?$/.exec(location.hash);
if (way !== null) {
  const [hash, fingerprint, code, then = ""] = way;
  const shown = document.querySelector("[data-fingerprint]").dataset.fingerprint;
  document.getElementById(fingerprint === shown ? "sama" : "beda").hidden = false;
  document.getElementById("bahasa").hash = hash;
  if (code !== undefined) for (const link of document.querySelectorAll('a[href^="https:"]')) link.hash = "/${PAIRING}/" + code + then;
}
`;

const STYLE = `:root {
  color-scheme: light dark;
  --ground: light-dark(#f7f7f4, #0f1413);
  --surface: light-dark(#fff, #171e1c);
  --ink: light-dark(#15201e, #e9efed);
  --muted: light-dark(#53605c, #a6b4b0);
  --line: light-dark(#d5dbd8, #323e3b);
  --accent: light-dark(#0a5c5c, #6fd0c8);
  --on-accent: light-dark(#fff, #08211f);
}
body { margin: 0; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif; }
main { max-width: 40rem; margin: auto; padding: 1rem; }
h1 { margin: 0.5rem 0; font-size: 1.625rem; line-height: 1.2; }
h2 { margin: 0 0 0.5rem; font-size: 1.125rem; }
a { color: var(--accent); }
section { margin: 1rem 0; padding: 1rem; border: 1px solid var(--line); border-radius: 6px; background: var(--surface); }
section > :last-child { margin-bottom: 0; }
section > p:first-child { margin-top: 0; }
.small { color: var(--muted); font-size: 0.875rem; }
.simulation { margin: 0 0 0.5rem; padding: 0.5rem 1rem; background: light-dark(#fff4da, #2c2410); color: light-dark(#7a4d00, #f2c66d); }
.fingerprint { max-width: 20ch; font: 600 1.125rem/1.6 ui-monospace, "DejaVu Sans Mono", monospace; }
.good { color: var(--accent); }
.alarm { padding: 0.5rem 1rem; border: 2px solid; color: light-dark(#a61b13, #ff9c92); font-weight: 600; }
.button { display: inline-block; min-height: 1.5rem; padding: 0.625rem 1rem; border-radius: 6px; background: var(--accent); color: var(--on-accent); font-weight: 600; text-decoration: none; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
details { border-top: 1px solid var(--line); }
summary { padding: 0.625rem 0; font-weight: 600; cursor: pointer; }
code { overflow-wrap: anywhere; }
li { margin-bottom: 0.5rem; }
`;
