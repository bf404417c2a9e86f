/**
 * What a rule says, and to whom. The fact is the same for everyone; what differs is what the reader can do about it. Words
 * for the public name no culprit and never say "anomaly": a sheet that does not add up is, so far, only that.
 */
import type { Rule, RuleContext, SheetFigures } from "./rule.ts";
import { facts } from "./rules.ts";
import type { Text } from "./text.ts";

/** The one who enters the sheet, the plenary that reads it, and everyone else. */
export type Audience = "entry" | "plenary" | "public";

const ENTRY_IDENTITY: Text = {
  id: "Periksa lagi dengan kertasnya. Bila kertasnya memang begitu, kirim apa adanya.",
  en: "Check it against the paper. If the paper says so, send it as it is.",
};
const ENTRY_REMARK: Text = {
  id: "Periksa lagi dengan kertasnya, lalu pilih alasannya.",
  en: "Check it against the paper, then choose the reason.",
};
const PLENARY_IDENTITY: Text = {
  id: "Cocokkan dengan C.Hasil dan betulkan. Bila tidak dapat dibetulkan, dua orang menetapkannya dengan alasan dan nomor kejadian khusus.",
  en: "Match it with C.Hasil and correct it. If it cannot be mended, two persons adopt it with a reason and an incident number.",
};
const PLENARY_REMARK: Text = {
  id: "Cocokkan dengan C.Hasil dan catat alasannya.",
  en: "Match it with C.Hasil and record the reason.",
};
const PUBLIC_HELD: Text = {
  id: "Ditampilkan apa adanya; belum dijumlahkan sampai dicocokkan di rapat pleno kecamatan.",
  en: "Shown as it is; not added until it is matched in the kecamatan plenary.",
};
const PUBLIC_PARTY_HELD: Text = {
  id: "Suara partai ini belum dijumlahkan sampai dicocokkan di rapat pleno kecamatan.",
  en: "This party's votes are not added until they are matched in the kecamatan plenary.",
};
const PUBLIC_COUNTED: Text = {
  id: "Suaranya dihitung, dengan catatan ini.",
  en: "The votes are counted, with this note.",
};

function advice({ severity, holds }: Rule, audience: Audience): Text {
  if (audience === "entry") return severity === "E" ? ENTRY_IDENTITY : ENTRY_REMARK;
  if (audience === "plenary") return severity === "E" ? PLENARY_IDENTITY : PLENARY_REMARK;
  if (holds === "all") return PUBLIC_HELD;
  return holds === "party" ? PUBLIC_PARTY_HELD : PUBLIC_COUNTED;
}

const sentence = (text: string): string => {
  const start = text.charAt(0).toUpperCase() + text.slice(1);
  return start.endsWith(".") ? start : `${start}.`;
};

/** What stands for the fact when the values are not at hand: an identity is named as one, not claimed to hold. */
function general({ severity, formula }: Rule): Text {
  if (severity !== "E") return formula;
  return { id: `Yang harus cocok: ${formula.id}`, en: `What must agree: ${formula.en}` };
}

/** A fact (or, when the values are not at hand, the rule in general) as a whole message for this audience. */
export function say(rule: Rule, audience: Audience, fact: Text = general(rule)): Text {
  const { id, en } = advice(rule, audience);
  return { id: `${sentence(fact.id)} ${id}`, en: `${sentence(fact.en)} ${en}` };
}

/** Every message of a rule about this sheet, with its numbers; empty where the rule does not speak. */
export function messages(rule: Rule, audience: Audience, sheet: SheetFigures, context: RuleContext): Text[] {
  return facts(rule, sheet, context).map((fact) => say(rule, audience, fact));
}
