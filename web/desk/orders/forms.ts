/** What the forms about orders state: halts and resumptions of the regions below, an order that came on paper, a result given back. */
import type { ContestKind, DistrictCode, RegionCode } from "../../../src/election/codes.ts";
import type { Hash } from "../../../src/ledger/hash.ts";
import type { ChildView, HaltView } from "../../../src/recap/wire/views.ts";
import { type Formed, formed, given, minute, type Need } from "../acts/draft.ts";
import { decreeIn, momentIn, NEED_DECREE } from "../acts/fields.ts";

export interface OrderForm {
  readonly order: string;
  readonly regions: readonly RegionCode[];
  /** Of a resumption: when work goes on, on the clock of whoever gives it; empty: at once. */
  readonly at: string;
  /** Date of the letter. */
  readonly dated: string;
  readonly letter: Hash | null;
}

const needRegions = (regions: readonly RegionCode[]): Need | null =>
  regions.length > 0 ? null : { field: "regions", what: { id: "Pilih wilayahnya.", en: "Choose the regions." } };

const needOrder = (order: string): Need | null => (decreeIn(order) === null ? NEED_DECREE : null);

export function halt(form: Omit<OrderForm, "at">, zone: string): Formed {
  return formed(orderNeeds(form, zone), () => ({ type: "halt", body: orderBody(form, zone) }));
}

export function resume(form: OrderForm, zone: string): Formed {
  return formed([...orderNeeds(form, zone), needMoment("at", form.at, zone)], () => ({
    type: "resume",
    body: { ...orderBody(form, zone), at: momentIn(form.at, zone) },
  }));
}

const orderNeeds = ({ order, regions, dated }: Omit<OrderForm, "at">, zone: string) => [
  needOrder(order),
  needDate(dated, zone),
  needRegions(regions),
];

function orderBody({ order, regions, dated, letter }: Omit<OrderForm, "at">, zone: string) {
  return {
    order: given(decreeIn(order)),
    regions: [...new Set(regions)].sort(),
    dated: given(momentIn(dated, zone)),
    ...(letter === null ? {} : { letter }),
  };
}

const needDate = (dated: string, zone: string): Need | null =>
  momentIn(dated, zone) === null
    ? { field: "dated", what: { id: "Tulis tanggal surat.", en: "Write the letter's date." } }
    : null;

/** An empty field is an answer; one that is half filled is not. */
function needMoment(field: string, text: string, zone: string): Need | null {
  if (text === "" || momentIn(text, zone) !== null) return null;
  return { field, what: { id: "Tulis tanggal dan jam yang lengkap.", en: "Write the whole date and hour." } };
}

export interface PaperOrderForm {
  readonly kind: "halt" | "resume" | null;
  readonly order: string;
  readonly dated: string;
  readonly at: string;
  readonly letter: Hash | null;
}

export function paperOrder({ kind, order, dated, at, letter }: PaperOrderForm, zone: string): Formed {
  const date = momentIn(dated, zone);
  return formed(
    [
      kind === null ? { field: "kind", what: { id: "Pilih isi suratnya.", en: "Choose what the letter says." } } : null,
      needOrder(order),
      needDate(dated, zone),
      needMoment("at", at, zone),
      letter === null ? { field: "letter", what: { id: "Potret suratnya.", en: "Photograph the letter." } } : null,
    ],
    () =>
      minute({
        what: "paper-order",
        kind: given(kind),
        order: given(decreeIn(order)),
        dated: given(date),
        at: momentIn(at, zone),
        letter: given(letter),
      }),
  );
}

export interface ReopenForm {
  readonly region: RegionCode | null;
  readonly result: { readonly contest: ContestKind; readonly district: DistrictCode } | null;
  readonly order: string;
}

export function reopen({ region, result, order }: ReopenForm): Formed {
  return formed(
    [
      region === null ? { field: "region", what: { id: "Pilih wilayahnya.", en: "Choose the region." } } : null,
      result === null ? { field: "result", what: { id: "Pilih hasilnya.", en: "Choose the result." } } : null,
      needOrder(order),
    ],
    () => ({
      type: "reopen",
      body: { ...given(result), region: given(region), order: given(decreeIn(order)) },
    }),
  );
}

/** The regions below that an order halts now, by the order's number; those of other levels' orders too. */
export function haltedBelow(children: readonly ChildView[]): ReadonlyMap<string, readonly ChildView["region"][]> {
  const byOrder = new Map<string, ChildView["region"][]>();
  for (const { region, phase } of children) {
    if (phase.phase !== "halted") continue;
    for (const order of phase.orders) byOrder.set(order, [...(byOrder.get(order) ?? []), region]);
  }
  return byOrder;
}

/** Halts of a hall, each once: an order that came on paper and by wire is one. */
export function distinctHalts(halts: readonly HaltView[]): HaltView[] {
  const byOrder = new Map<string, HaltView>();
  for (const halt of halts) {
    const before = byOrder.get(halt.order);
    if (before === undefined || (before.onPaper && !halt.onPaper)) byOrder.set(halt.order, halt);
  }
  return [...byOrder.values()];
}
