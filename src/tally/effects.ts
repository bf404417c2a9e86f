/**
 * What each statement does where it stands: judged by its own log before it and by what that log had seen, it moves votes, the pen or
 * what is known of a plenary, or does nothing, with a reason. Order and waiting are the fold's ({@link Tally}).
 */
import { CONTEST_KINDS, isWithin, NATION, parseLogName, plenoLog, type RegionCode } from "../election/codes.ts";
import type { MinutesAct } from "../election/minutes.ts";
import { type District, kecamatanIn, type Model } from "../election/model.ts";
import { HotSheet } from "../election/sheet.ts";
import { parseHot } from "../election/sheet-parser.ts";
import type { Body, BodyOf } from "../election/statements.ts";
import type { Hash } from "../ledger/hash.ts";
import { type Statement, shortKey } from "../ledger/statement.ts";
import { adjustmentOf, judgeAdjustment, postingOf } from "./adjustments.ts";
import type { Authority } from "./authority.ts";
import { Builder } from "./build.ts";
import { decoded } from "./decoded.ts";
import { Definitions } from "./definitions.ts";
import type { LogName, LogState } from "./logs.ts";
import { foldMinutes, type Sitting } from "./minutes.ts";
import { isBeingRead } from "./opened-boxes.ts";
import { penKey } from "./plenary.ts";
import type { Posting } from "./posting.ts";
import { CHAIR } from "./powers.ts";
import { foldCertificate, foldReading, isCertified } from "./readings.ts";
import { fault, noEffect, type Refusal } from "./refusal.ts";
import type { Scope } from "./scope.ts";
import { annulSheetsOf, foldAnnulment, foldSheet, SHEET_ROLES, type SheetContext, type View } from "./sheets.ts";
import type { Adjustment } from "./totals.ts";
import { amendUnit, type Block, Unit } from "./unit.ts";
import type { Need } from "./waiting.ts";

/** Those kecamatan that rest, which what is folded may ask for. */
export interface AtRest {
  bringBack(code: RegionCode): void;
  bringAllBack(): void;
}

export interface EffectsOptions {
  readonly authority: Authority;
  readonly scope: Scope;
  readonly rest: AtRest;
  readonly definition: (root: Hash) => Model;
  readonly onPosting: ((posting: Posting) => void) | null;
}

export class Effects {
  readonly authority: Authority;
  readonly builder: Builder;
  /** Books by kecamatan. */
  readonly units = new Map<RegionCode, Unit>();
  /** Rulings that name no station, by the region in whose plenary they stand. */
  readonly adjustments = new Map<RegionCode, Adjustment[]>();
  readonly #scope: Scope;
  readonly #rest: AtRest;
  readonly #definition: (root: Hash) => Model;
  readonly #definitions = new Definitions();
  readonly #changed = new Set<Block>();
  readonly #context: SheetContext;
  #hot = new HotSheet();

  constructor({ authority, scope, rest, definition, onPosting }: EffectsOptions) {
    this.authority = authority;
    this.#scope = scope;
    this.#rest = rest;
    this.#definition = definition;
    this.#context = { authority, listener: onPosting };
    this.builder = new Builder(authority, this.units, this.#changed, this.adjustments, (code) => rest.bringBack(code));
  }

  /** The definition in force at the cut; null before there is one. */
  get model(): Model | null {
    return this.#definitions.inForce;
  }

  /** A kecamatan's books, empty ones if nothing of it was folded; null if the definition has no such kecamatan. */
  unitOf(code: RegionCode): Unit | null {
    this.#rest.bringBack(code);
    const known = this.units.get(code);
    if (known) return known;
    const region = this.model?.region(code);
    if (!this.model || !region || region.level !== "kecamatan") return null;
    const unit = new Unit(region, this.model, this.#changed);
    this.units.set(code, unit);
    return unit;
  }

  /** Folds other statements in the midst of one, which goes on afterwards with what was read of it. */
  amidst(run: () => void): void {
    const hot = this.#hot;
    this.#hot = new HotSheet();
    run();
    this.#hot = hot;
  }

  /** Folds a statement that stands next in a log: why it does nothing, or the prefix that it waits for. */
  apply(log: LogState, statement: Statement): Refusal | { readonly needs: Need } | null {
    if (statement.type === "teguh/sheet/v1") return this.#sheet(log, statement);
    if (statement.type === "teguh/reading/v1") return this.#reading(log, statement);
    const stated = decoded(statement);
    if (!stated) return fault("malformed");
    if (stated.type === "seen" || stated.type === "custody") {
      const { log: named, size } = stated.body;
      if (!isFolded(named)) return fault("malformed");
      // A log that rests is brought back here, and may itself have to wait then.
      const waits = named !== log.name && this.#scope(named) && this.authority.log(named).size < size;
      if (waits) return { needs: { log: named, size } };
    }
    return this.#cold(log, stated, statement.id);
  }

  #cold(log: LogState, stated: Body, id: Uint8Array): Refusal | null {
    if (stated.type === "annul") return this.#annul(log, stated.body);
    if (stated.type === "certificate") return this.#certificate(log, stated.body, id);
    if (stated.type === "minutes") return this.#minutes(log, stated.body, id);
    if (stated.type === "order") return this.#adjust(log, stated.body);
    const before = stated.type === "seen" ? log.sees(stated.body.log) : 0;
    const refusal = this.authority.state(log, stated, id);
    if (refusal) return refusal;
    if (stated.type === "definition" && !this.#adopt(this.#definition(stated.body.root))) return fault("malformed");
    if (stated.type === "seen" && log.kind === "tps") {
      this.#undoRevoked(log, stated.body.log, before, stated.body.size);
    }
    this.#touchStatus(log);
    return null;
  }

  #isElection(tag: string, statement: Statement, by: readonly string[]): boolean {
    const { genesis } = this.authority;
    if (!genesis || tag !== genesis.electionTag || by.length !== statement.signatures.length) return false;
    const prefix = `${genesis.election}/k/`;
    return by.every((name, i) => name === statement.signatures[i]?.name && name.startsWith(prefix));
  }

  #view(log: LogState, sheet: HotSheet): View | null {
    return this.#definitions.view(this.authority.definitionSeenBy(log), sheet);
  }

  #sheet(log: LogState, statement: Statement): Refusal | null {
    const sheet = this.#hot;
    if (!parseHot("sheet", statement.body, sheet)) return fault("malformed");
    if (!this.#isElection(sheet.electionHex, statement, sheet.by)) return fault("other-election");
    if (log.kind !== "tps" || sheet.kecamatan !== log.region) return fault("wrong-log");
    const view = this.#view(log, sheet);
    const unit = view && this.unitOf(log.region);
    if (!unit) return fault("malformed");
    const [by = "", ...others] = sheet.by;
    const signer = this.authority.holder(log, shortKey(by), SHEET_ROLES, sheet.station);
    if (!signer || others.length > 0) return fault("no-authority");
    return foldSheet(this.#context, unit, log, view, sheet, statement.id, signer);
  }

  #reading(log: LogState, statement: Statement): Refusal | null {
    const reading = this.#hot;
    if (!parseHot("reading", statement.body, reading)) return fault("malformed");
    if (!this.#isElection(reading.electionHex, statement, reading.by)) return fault("other-election");
    const kecamatan = reading.kecamatan as RegionCode;
    if (log.kind !== "pleno" || !isWithin(kecamatan, log.region)) return fault("wrong-log");
    if (!this.#scope(plenoLog(kecamatan))) return null;
    const view = this.#view(log, reading);
    const unit = view && this.unitOf(kecamatan);
    if (!unit) return fault("malformed");
    const plenary = this.authority.plenary(log.region);
    const wasOpened = plenary.opened;
    const refusal = foldReading(this.#context, unit, log, view, reading, statement.id);
    if (plenary.opened !== wasOpened) this.#touchStatus(log);
    return refusal;
  }

  #annul(log: LogState, body: BodyOf<"annul">): Refusal | null {
    if (log.kind !== "tps") return fault("wrong-log");
    if (body.election !== this.authority.genesis?.electionTag) return fault("other-election");
    const may = body.by.every((name) => this.authority.holder(log, shortKey(name), CHAIR, log.region));
    if (!may) return fault("no-authority");
    const unit = this.unitOf(log.region);
    if (!unit) return noEffect("not-current");
    return foldAnnulment(this.#context, unit, log, body.sheet, body.reason);
  }

  #undoRevoked(log: LogState, pleno: LogName, from: number, to: number): void {
    const unit = this.unitOf(log.region);
    const plenary = this.authority.chain(log.region).find((other) => other.log === pleno);
    if (!unit || !plenary) return;
    for (const [short, revocations] of plenary.revoked) {
      if (revocations.some(({ index, undo }) => undo && index >= from && index < to)) {
        annulSheetsOf(this.#context, unit, log, short);
      }
    }
  }

  #certificate(log: LogState, body: BodyOf<"certificate">, id: Uint8Array): Refusal | null {
    if (body.election !== this.authority.genesis?.electionTag) return fault("other-election");
    if (log.kind !== "pleno" || body.region !== log.region) return fault("wrong-log");
    const district = this.#districtSeen(log, body.contest, body.district);
    const parts = district ? kecamatanIn(log.region, district) : [];
    if (parts.length === 0) return fault("malformed");
    const refusal = foldCertificate(this.authority, log, body, id, this.#inScope(parts));
    if (!refusal) this.#touchStatus(log);
    return refusal;
  }

  #minutes(log: LogState, body: BodyOf<"minutes">, id: Uint8Array): Refusal | null {
    if (body.election !== this.authority.genesis?.electionTag) return fault("other-election");
    if (log.kind !== "pleno") return fault("wrong-log");
    const model = this.#definitions.model(this.authority.definitionSeenBy(log));
    if (!model) return fault("malformed");
    const isBoxOpen: Sitting["isBoxOpen"] = (desa, contest) => {
      const unit = this.unitOf(log.region);
      const block = unit?.blocks[CONTEST_KINDS.indexOf(contest)];
      const place = unit?.desa.findIndex(({ code }) => code === desa) ?? -1;
      return block ? isBeingRead(this.authority, this.authority.plenary(log.region), block, place, model) : false;
    };
    const refusal = foldMinutes(this.authority, log, model, body, id, isBoxOpen);
    if (!refusal && MOVES_STATUS.has(body.act.what)) this.#touchStatus(log);
    return refusal;
  }

  #adjust(log: LogState, body: BodyOf<"order">): Refusal | null {
    if (body.election !== this.authority.genesis?.electionTag) return fault("other-election");
    if (log.kind !== "pleno") return fault("wrong-log");
    const district = this.#districtSeen(log, body.contest, body.district);
    const unsigned = this.authority.refusesSigners(log, "order", body.by);
    const halt = this.authority.haltOn(log, log.region);
    const plenary = this.authority.plenary(log.region);
    // Nobody stands above the nation: what it certified stays in its hands, and its certificate falls by what moves after it.
    const wentUp = log.region !== NATION && isCertified(this.authority, plenary, body.contest, body.district);
    const refusal = judgeAdjustment(body, { region: log.region, district, unsigned, wentUp, halt });
    if (refusal || !district) return refusal;
    plenary.movedAt.set(penKey(body.contest, body.district), log.size);
    const adjustment = adjustmentOf(body, log);
    const list = this.adjustments.get(log.region);
    if (list) list.push(adjustment);
    else this.adjustments.set(log.region, [adjustment]);
    this.#touchStatus(log);
    this.builder.touchDistrict(district);
    const unit = log.region.length === 6 ? this.unitOf(log.region) : null;
    const block = unit?.blocks[district.contest.index];
    if (block) unit?.touchStatus(block);
    this.#context.listener?.(postingOf(adjustment, log.region, district, body.number));
    return null;
  }

  #inScope(kecamatan: readonly RegionCode[]): RegionCode[] {
    return kecamatan.filter((code) => this.#scope(plenoLog(code)));
  }

  #districtSeen(log: LogState, contest: string, code: string): District | null {
    return this.#definitions.district(this.authority.definitionSeenBy(log), contest, code);
  }

  /** Takes over a definition that an authorised statement names; what is no amendment of the one before is refused. */
  #adopt(model: Model): boolean {
    // What rests is laid out by the definition before.
    this.#rest.bringAllBack();
    if (!this.#definitions.add(model)) return false;
    for (const [code, unit] of [...this.units]) {
      const region = model.region(code);
      if (region) this.units.set(code, amendUnit(unit, region, model, this.#changed));
    }
    this.builder.amend();
    return true;
  }

  #touchStatus(log: LogState): void {
    if (log.kind !== "pleno") return;
    if (log.region.length < 6) this.builder.touchStatus(log.region, this.model);
    const unit = this.units.get(log.region);
    for (const block of unit?.blocks ?? []) if (block) unit?.touchStatus(block);
  }
}

/** Acts of the minutes after which a region's status may be another. */
const MOVES_STATUS: ReadonlySet<MinutesAct["what"]> = new Set<MinutesAct["what"]>(["open", "paper-order"]);

/** Whether a log of this name takes part in the fold: any but the editions. */
function isFolded(name: LogName): boolean {
  const log = parseLogName(name);
  return log !== null && log.kind !== "editions";
}
