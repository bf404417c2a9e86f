/**
 * `docs/PLENARY.md`: how a plenary goes, who may do what in it, and what a halt does. Generated, so that the table on paper is the
 * table that the fold asks.
 */
import {
  ACT_LABELS,
  ADVICE_REASONS,
  type MinutesAct,
  POSTPONE_REASONS,
  SIGNATURE_REASONS,
} from "../election/minutes.ts";
import { ROLES, type Role } from "../election/statements.ts";
import type { Text } from "../election/text.ts";
import { MAX_MANDATES, MAX_SEATED } from "../tally/minutes.ts";
import { ACTS_OF_PLENARY, type ActName, POWERS } from "../tally/powers.ts";

const INTRODUCTION = `# The plenary

This page is generated from the code (\`src/recap/plenary-page.ts\`). A plenary (*rapat pleno rekapitulasi*) writes one log,
\`pleno/<region>\`. Everything that is said and decided in it is a signed statement there; the desk keeps nothing that the log does not
say, and a desk that starts anew reads the log and stands where the hall stands. [FORMATS.md](FORMATS.md) has the statements field
by field.

## How it goes

\`\`\`
 the sitting   unscheduled ──schedule──▶ scheduled ──open──▶ open ◀──pause, unpause──▶ paused

               halted: from anywhere, by order; a resumption brings it back to where it was

 each result   reading ──every station is read──▶ read ──inspection──▶ inspected ──certificate──▶ certified ──▶ above
                  ▲                                ▲                       │                          │
                  │                                └──── a later reading ──┘                          │
                  └─────────────────────────── reopened ◀──────────── order of the level above ───────┘
                                                             (of the nation: by what it states itself)
\`\`\`

- Each **result** (one contest in one district) goes through *reading, read, inspected, certified, reopened* by itself. The
  plenary is *read*, *inspected* or *certified* when all of its results are. Above the kecamatan a result is *read* when the results
  of all kecamatan below have come up.
- A contest is recapitulated **up to the level that declares it**: DPRD Kabupaten/Kota at the kabupaten/kota, DPRD Provinsi at the provinsi,
  all else at the nation. The level above only lists it: no certificate, reading or ruling of its own has any effect there, but by an
  order it may give the result back.
- **After a reopening below.** A result is given back one level at a time, from where it has come up to, so that no certificate in force
  stands on one that was given back: the order takes back the certificate of the level that it names, and that level alone may then go
  on, or give back further. Above the nation nobody could take its certificate back. So it falls by itself with whatever \`pleno/0\` states of that result after it: a part
  given back, a ruling, a correction. From there on the desk says what brought it down, with the number; seats and winners are not
  shown; the published status is no longer *certified*; and the nation certifies anew when all has come up again.
- What a level has certified and passed up no **ruling** of its own moves any more; the level above gives the result back first.
- A **box** is one desa in one contest. Unless the hall states other queues (\`agenda\`), the first panel reads all boxes, contest
  by contest in the order PPWP, DPR, DPD, DPRD Provinsi, DPRD Kabupaten/Kota, desa by code. Up to four panels read at once;
  the chair pauses one or all of them. Where a panel is in its queue follows from the readings.
- A station may be **put off** (\`postpone\`) with a reason and is taken up later. This is a note: it moves no votes.
- The **inspection** of a draft names the size and root of the log from which the draft was printed. A later reading of the same
  result puts the draft out of date. An inspection is not needed for a certificate, nor is any participant's signature: who
  refuses or is absent is recorded, with a reason if one is given.
- Of a participant at most ${MAX_MANDATES} **mandates** stand at a time, ${MAX_SEATED} of them seated in the room. One more is recorded as void until another
  is withdrawn.
- **Evidence** of a reading that is not simply as the sheet says may follow. Until then the desk lists it as missing.
- An act that names what is not there (a station of another region, a certificate that was void) does nothing, and stays in the
  log with the reason.

## Who may do what

Everyone who signs must hold one of the roles in the region, or in one that contains it. *alone*: may do it alone. *with another*: two
different persons must sign. *second*: may sign beside a chair. A dot: may not; such an act does nothing.
`;

const HALTS = `
## Halts

- A higher level halts regions by an order (\`halt\`) in its own log, and lifts it by \`resume\`, there or above, for all of them or some. An
  order binds a hall **from where its log has seen it** (\`seen\`). What was read before stands.
- While a region is halted: readings, certificates, rulings, the opening, inspections and the taking up of stations do nothing. The
  refusal names the order. All else is recorded as it happens: boxes, attendance, mandates, objections, advice,
  signatures, evidence.
- **An opened box may be finished.** A box is open from its first reading, or from the moment one of its stations is taken up, until
  every station of it is read; a station that is put off keeps it open. Under a halt its kecamatan's own hall may go on reading it, and correct
  it, until it is complete, as long as the result is in the hall's hands. No other box is begun, and what was complete stays
  as it was. Which boxes are open follows from the hall's log and from what it has seen, and from nothing else.
- **A hall without a link** gets an order on paper. The chair and a second person enter it (\`paper-order\`) with its number, its date and
  the hash of the letter. A halt that is entered so binds this hall alone; a resumption lifts what the hall had seen or entered before. Once
  the log has seen the real order of that number, the real one rules, and the entry has no more effect: if the order did not name
  this region, the entry was without ground, and everyone can see it. A resumption from above that the hall had not seen lifts a halt on paper too,
  whatever its number.
`;

/** What an act is called that is a type of statement by itself. */
const TYPE_LABELS: Readonly<Record<Exclude<ActName, MinutesAct["what"]>, Text>> = {
  reading: { id: "Pembacaan: sesuai C.Hasil, atau hasil hitung ulang", en: "Reading: as the sheet says, or a recount" },
  correction: { id: "Pembacaan: pembetulan, atau dengan catatan", en: "Reading: corrected, or with a note" },
  objection: { id: "Keberatan atau kejadian khusus", en: "Objection or incident" },
  pause: { id: "Skors", en: "Pause" },
  unpause: { id: "Cabut skors", en: "End of the pause" },
  certificate: { id: "Penetapan D.Hasil", en: "Certificate" },
  halt: { id: "Perintah menghentikan sementara", en: "Order to halt" },
  resume: { id: "Perintah melanjutkan", en: "Order to resume" },
  reopen: { id: "Perintah membuka kembali hasil di bawahnya", en: "Order to reopen a result of the level below" },
  order: { id: "Penyesuaian putusan", en: "Adjustment by a ruling" },
  grant: { id: "Penugasan", en: "Grant of roles" },
  revoke: { id: "Pencabutan penugasan", en: "Revocation" },
  custody: { id: "Penyerahan penulisan catatan", en: "Custody of a log below" },
  definition: { id: "Definisi pemilihan (KPU RI)", en: "Definition of the election (the nation)" },
  rules: { id: "Versi aturan (KPU RI)", en: "Version of the rules (the nation)" },
  cosign: { id: "Pemantau penanda (KPU RI)", en: "Cosigner (the nation)" },
};

/** Roles that some act is open to; the others sign no act of a plenary. */
const COLUMNS: readonly Role[] = ROLES.filter((role) =>
  ACTS_OF_PLENARY.some((act) => POWERS[act].roles.includes(role)),
);

function cellOf(act: ActName, role: Role): string {
  const { roles, persons, chair } = POWERS[act];
  if (!roles.includes(role)) return "·";
  if (persons === 1) return "alone";
  return chair && role !== "chair" ? "second" : "with another";
}

function labelOf(act: ActName): Text {
  return Object.hasOwn(ACT_LABELS, act)
    ? ACT_LABELS[act as MinutesAct["what"]]
    : TYPE_LABELS[act as Exclude<ActName, MinutesAct["what"]>];
}

function powersTable(): string {
  const head = ["act", "", ...COLUMNS];
  const rows = ACTS_OF_PLENARY.map((act) => {
    const { id, en } = labelOf(act);
    return [`\`${act}\``, `*${id}* / ${en}`, ...COLUMNS.map((role) => cellOf(act, role))];
  });
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function codesTable(): string {
  const groups = { postpone: POSTPONE_REASONS, signature: SIGNATURE_REASONS, "advice-answer": ADVICE_REASONS };
  const rows = Object.entries(groups).flatMap(([act, codes]) =>
    Object.entries<Text>(codes).map(([code, { id, en }]) => `| \`${act}\` | \`${code}\` | ${id} | ${en} |`),
  );
  return ["| act | code | Indonesian | English |", "|---|---|---|---|", ...rows].join("\n");
}

/** The whole page, as Markdown. */
export function plenaryPage(): string {
  const others = ROLES.filter((role) => !COLUMNS.includes(role)).map((role) => `\`${role}\``);
  const nobody = `The roles ${others.join(", ")} sign no act of a plenary.`;
  return `${INTRODUCTION}\n${powersTable()}\n\n${nobody}\n${HALTS}\n## Codes of reasons\n\n${codesTable()}\n`;
}
