/**
 * The operators' one page: is everything at work, what does the door do, how old is what the public reads, how full is the disk. Plain
 * HTML with a line of script that looks again every few seconds: it must work on the night when nothing else does.
 */
import type { Text } from "../../election/text.ts";
import { LANES, type Lane } from "../../intake/admission.ts";
import { STEPS, type Step } from "../../intake/figures.ts";
import { type DrillNow, LOOKED_AT, type LookedAt } from "./drill.ts";
import type { PlaceFigures } from "./place.ts";
import type { Now, RoleNow } from "./watch.ts";

type Language = keyof Text;

const WORDS = {
  title: { id: "Keadaan server", en: "State of the servers" },
  other: { id: "English", en: "Bahasa Indonesia" },
  silent: {
    id: "Belum ada kabar dari pengawas proses. Bila tetap begini setelah beberapa detik, desk ini dijalankan sendirian.",
    en: "Nothing has been heard from the supervisor yet. If this stays for some seconds, this desk was started alone.",
  },
  accepted: { id: "C.Hasil diterima per detik", en: "sheets accepted a second" },
  refused: { id: "ditolak per detik", en: "refused a second" },
  delay: { id: "antrean, milidetik", en: "queueing delay, milliseconds" },
  edition: { id: "umur data publik, detik", en: "age of the public edition, seconds" },
  disk: { id: "sisa tempat di diska", en: "room left on the disk" },
  noEdition: { id: "belum terbit", en: "none yet" },
  overloaded: {
    id: "Pintu masuk penuh: antrean lebih rendah didahulukan belakangan.",
    en: "The door is overloaded: lower lanes give way.",
  },
  processes: { id: "Proses", en: "Processes" },
  process: { id: "proses", en: "process" },
  state: { id: "keadaan", en: "state" },
  ready: { id: "bekerja sejak", en: "at work since" },
  notReady: { id: "TIDAK BEKERJA", en: "NOT AT WORK" },
  restarts: { id: "dimulai ulang", en: "restarts" },
  load: { id: "prosesor", en: "processor" },
  memory: { id: "memori, MB", en: "memory, MB" },
  late: { id: "keterlambatan, ms", en: "delay, ms" },
  door: { id: "Pintu masuk, langkah demi langkah", en: "The door, step by step" },
  step: { id: "langkah", en: "step" },
  passed: { id: "lolos", en: "passed" },
  turnedAway: { id: "ditolak", en: "refused" },
  perSecond: { id: "ditolak/detik", en: "refused/s" },
  drill: { id: "SIMULASI: serangan terhadap pintu masuk", en: "SIMULATION: an attack on the door" },
  drillLong: {
    id: "Tombol ini membanjiri pintu masuk peragaan ini sendiri, di komputer ini saja, selama 30 detik, dengan kiriman tanpa pas dan dengan pas palsu. Perhatikan angkanya: yang palsu ditolak, C.Hasil yang asli tetap diterima, situs hasil dan meja pleno tetap menjawab.",
    en: "This button floods this demonstration's own door, on this computer alone, for 30 seconds, with requests without a pass and with forged ones. Watch the figures: what is forged is refused, true sheets are still accepted, the results and the desk still answer.",
  },
  flood: { id: "Banjiri pintu masuk selama 30 detik", en: "Flood the door for 30 seconds" },
  flooding: { id: "Serangan berlangsung; kiriman palsu per detik:", en: "The attack is on; forged requests a second:" },
  left: { id: "Berakhir dalam detik:", en: "Seconds until it ends:" },
  part: { id: "bagian", en: "part" },
  answer: { id: "waktu jawab, milidetik", en: "time to answer, milliseconds" },
  waiting: { id: "menunggu giliran", en: "waiting for a turn" },
} as const satisfies Record<string, Text>;

const STEP_WORDS: Readonly<Record<Step, Text>> = {
  shape: { id: "bentuk kepala permintaan", en: "shape of the headers" },
  pass: { id: "pas", en: "pass" },
  bucket: { id: "batas pas dan kecamatan", en: "limits of pass and kecamatan" },
  admission: { id: "tempat di antrean", en: "room in the queues" },
  body: { id: "isi lengkap dan tepat waktu", en: "body, whole and in time" },
  form: { id: "bentuk lembar", en: "form of the sheet" },
  known: { id: "sudah ada (dijawab tanda terima lama)", en: "known (answered with the old receipt)" },
  key: { id: "kunci perangkat", en: "key of the device" },
  signature: { id: "tanda tangan", en: "signature" },
  rules: { id: "aturan D", en: "rules D" },
  append: { id: "tercatat", en: "appended" },
};

const LOOKED_AT_WORDS: Readonly<Record<LookedAt, Text>> = {
  door: { id: "pintu masuk C.Hasil", en: "door for sheets" },
  site: { id: "situs hasil", en: "public results" },
  desk: { id: "meja pleno", en: "plenary desk" },
};

const LANE_WORDS: Readonly<Record<Lane, Text>> = {
  sheet: { id: "lembar", en: "sheets" },
  sync: { id: "kiriman kecamatan", en: "what halls send" },
  renewal: { id: "pas pengganti", en: "passes renewed" },
  pass: { id: "pas baru", en: "new passes" },
};

export const STYLE = `:root{color-scheme:light dark;--ground:light-dark(#f7f7f4,#0f1413);--surface:light-dark(#fff,#171e1c);--ink:light-dark(#15201e,#e9efed);--muted:light-dark(#53605c,#a6b4b0);--line:light-dark(#d5dbd8,#323e3b);--accent:light-dark(#0a5c5c,#6fd0c8);--held:light-dark(#7a4d00,#f2c66d);--alarm:light-dark(#a61b13,#ff9c92)}
*{box-sizing:border-box}
body{margin:0 auto;max-width:64rem;padding:1rem;background:var(--ground);color:var(--ink);font:1rem/1.5 "Plus Jakarta Sans",system-ui,sans-serif;font-variant-numeric:tabular-nums}
header{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:baseline;justify-content:space-between}
h1{font-size:1.625rem;margin:0}h2{font-size:1rem;margin:2rem 0 .5rem}a{color:var(--accent);padding:.7rem 0}
time{color:var(--muted);font-size:.875rem}
dl{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.75rem;margin:1rem 0}
dl div{background:var(--surface);border:1px solid var(--line);border-radius:6px;padding:.75rem 1rem;display:flex;flex-direction:column-reverse;justify-content:flex-end}
dt{color:var(--muted);font-size:.875rem}dd{margin:0;font-size:1.625rem}
.wide{overflow-x:auto;background:var(--surface);border:1px solid var(--line);border-radius:6px}
table{border-collapse:collapse;width:100%}
th,td{text-align:right;padding:.45rem .9rem;border-top:1px solid var(--line);white-space:nowrap}
thead th{border-top:0;color:var(--muted);font-weight:400;font-size:.875rem}
th:first-child,td.words,th.words{text-align:left}tbody th{font-weight:600;white-space:normal}
.held{color:var(--held)}.alarm{color:var(--alarm);font-weight:600}
p{max-width:46rem}
@media (max-width:40rem){th,td{padding:.4rem .5rem}}
.drill{border:2px solid var(--held);border-radius:6px;padding:0 1rem 1rem;margin:1.5rem 0;background:var(--surface)}.drill h2{margin-top:1rem}
button{font:inherit;min-height:2.75rem;padding:0 1.25rem;border:0;border-radius:6px;background:var(--accent);color:light-dark(#fff,#08211f);margin-bottom:1rem}button[aria-disabled]{background:none;border:1px solid var(--line);color:var(--muted)}
a:focus-visible,button:focus-visible,.wide:focus-visible{outline:3px solid var(--accent);outline-offset:2px}`;

/** Looks again every second; if nobody answers, what was shown stays, with its time. */
export const SCRIPT = `const look = async () => {
  const answer = await fetch(location.href).catch(() => null);
  if (!answer?.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement?.id;
  for (const part of ["time", "main"]) document.querySelector(part).replaceWith(fresh.querySelector(part));
  if (focused) document.getElementById(focused)?.focus();
};
setInterval(look, 1000);
addEventListener("click", ({ target }) => {
  if (target.id === "flood") fetch("status/flood", { method: "POST", headers: { "x-teguh-desk": "1" } }).then(look);
});
`;

/** What the page shows. */
export interface Shown {
  readonly now: Now | null;
  readonly place: PlaceFigures;
  /** Milliseconds since 1970, by the server's clock. */
  readonly at: number;
  /** Of a simulation: its attack upon itself. */
  readonly drill: DrillNow | null;
}

/** The whole page. */
export function statusPage({ now, place, at, drill }: Shown, language: Language): string {
  const say = (text: Text) => plain(text[language]);
  const other = language === "id" ? "en" : "id";
  return `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${say(WORDS.title)}: Teguh</title><link rel="stylesheet" href="status.css"><script src="status.js" defer></script></head><body>
<header><h1>${say(WORDS.title)}</h1><time datetime="${new Date(at).toISOString()}">${clock(at)}</time>
<a href="status?lang=${other}" lang="${other}">${say(WORDS.other)}</a></header>
<main>${summary(now, place, at, say)}
${drill === null ? "" : drillPart(drill, say)}
${now === null ? `<p>${say(WORDS.silent)}</p>` : processes(now, say)}
${now?.door ? doorTable(now.door, say) : ""}</main></body></html>
`;
}

type Say = (text: Text) => string;

function summary(now: Now | null, { edition, disk }: PlaceFigures, at: number, say: Say): string {
  const rates = now?.door?.rates;
  const refused = rates && STEPS.filter((step) => step !== "known").reduce((sum, step) => sum + rates.refused[step], 0);
  const room = disk.free / disk.total;
  const tiles = [
    [rates ? number(rates.accepted) : "–", WORDS.accepted, ""],
    [refused ? number(refused) : refused === 0 ? "0" : "–", WORDS.refused, ""],
    [now?.door ? number(now.door.figures.queueDelay) : "–", WORDS.delay, now?.door?.figures.overloaded ? "held" : ""],
    [edition ? number((at - edition.time) / 1000) : say(WORDS.noEdition), WORDS.edition, ""],
    [`${number(room * 100)} %`, WORDS.disk, room < 0.05 ? "alarm" : room < 0.15 ? "held" : ""],
  ] as const;
  const list = tiles.map(([value, text, kind]) => `<div><dt>${say(text)}</dt><dd class="${kind}">${value}</dd></div>`);
  const overloaded = now?.door?.figures.overloaded ? `<p class="held">${say(WORDS.overloaded)}</p>` : "";
  return `<dl>${list.join("")}</dl>${overloaded}`;
}

function drillPart({ left, rate, answers }: DrillNow, say: Say): string {
  const isOn = left > 0;
  const button = `<button id="flood" type="button"${isOn ? ' aria-disabled="true"' : ""}>${say(WORDS.flood)}</button>`;
  const state = isOn
    ? `<p class="held" role="status">${say(WORDS.flooding)} ${number(rate)}. ${say(WORDS.left)} ${left}.</p>`
    : "";
  const rows = LOOKED_AT.map((name) => {
    const took = answers[name];
    return `<tr><th scope="row">${say(LOOKED_AT_WORDS[name])}</th><td>${took === null ? "–" : number(took)}</td></tr>`;
  });
  const heads = [say(WORDS.part), say(WORDS.answer)];
  return `<section class="drill"><h2>${say(WORDS.drill)}</h2><p>${say(WORDS.drillLong)}</p>${button}${state}${table("", heads, rows)}</section>`;
}

function processes({ roles }: Now, say: Say): string {
  const heads = [WORDS.process, WORDS.state, WORDS.load, WORDS.memory, WORDS.late, WORDS.restarts];
  const rows = roles.map((role) => processRow(role, say));
  return table(say(WORDS.processes), heads.map(say), rows, 1);
}

function processRow({ name, readySince, restarts, load, figures }: RoleNow, say: Say): string {
  const state =
    readySince === null
      ? `<td class="words alarm">${say(WORDS.notReady)}</td>`
      : `<td class="words">${say(WORDS.ready)} ${clock(readySince)}</td>`;
  const cells = [
    load === null ? "–" : `${number(load * 100)} %`,
    figures === null ? "–" : number(figures.memory / 1e6),
    figures === null ? "–" : number(figures.delay),
    number(restarts),
  ];
  return `<tr><th scope="row">${plain(name)}</th>${state}${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
}

function doorTable({ figures, rates }: NonNullable<Now["door"]>, say: Say): string {
  const rows = STEPS.map((step) => {
    const { passed, refused } = figures.byStep[step];
    const cells = [number(passed), number(refused), rates ? number(rates.refused[step]) : "–"];
    return `<tr><th scope="row">${say(STEP_WORDS[step])}</th>${cells.map((cell) => `<td>${cell}</td>`).join("")}</tr>`;
  });
  const waiting = LANES.map((lane) => `${say(LANE_WORDS[lane])} ${number(figures.waiting[lane] ?? 0)}`);
  const heads = [WORDS.step, WORDS.passed, WORDS.turnedAway, WORDS.perSecond].map(say);
  return `${table(say(WORDS.door), heads, rows)}<p>${say(WORDS.waiting)}: ${waiting.join(" · ")}</p>`;
}

/** `words`: the column, if any, that has words and no numbers. */
function table(title: string, heads: readonly string[], rows: readonly string[], words?: number): string {
  const cells = heads.map((head, i) => `<th scope="col"${i === words ? ' class="words"' : ""}>${head}</th>`).join("");
  const heading = title === "" ? "" : `<h2>${title}</h2>`;
  return `${heading}<div class="wide" tabindex="0"><table><thead><tr>${cells}</tr></thead><tbody>${rows.join("")}</tbody></table></div>`;
}

const FORMAT = new Intl.NumberFormat("id-ID", { maximumFractionDigits: 1 });
const number = (value: number): string => FORMAT.format(Math.abs(value) < 100 ? value : Math.round(value));

function clock(at: number): string {
  return new Date(at).toLocaleTimeString("id-ID", { timeZone: "Asia/Jakarta", hour12: false }).concat(" WIB");
}

function plain(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
