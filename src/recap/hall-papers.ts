/**
 * Which paper a hall prints, from which state of its log: a draft from the log as it stands, a certificate that was given from
 * the log up to it, so that what was signed can be printed again when a level above has corrected a station since.
 */
import { type ChoiceId, type ContestKind, plenoLog, type RegionCode } from "../election/codes.ts";
import { isRecapitulatedAt } from "../election/competence.ts";
import type { District, Model, Region } from "../election/model.ts";
import { toHex } from "../ledger/bytes.ts";
import { asHash, type Hash } from "../ledger/hash.ts";
import { shortKey } from "../ledger/statement.ts";
import type { Tally } from "../tally/fold.ts";
import { penKey } from "../tally/plenary.ts";
import type { Form } from "./form.ts";
import {
  certificateForm,
  headingOf,
  membersOf,
  type Names,
  nightPositions,
  type PaperSources,
  type Participant,
  participantsOf,
  saksiOf,
} from "./hall-form.ts";
import { seatsTables, seatsTitle } from "./hall-seats.ts";
import type { Incident, IncidentList } from "./pdf-incidents.ts";
import type { NightPosition } from "./pdf-night.ts";
import type { SeatsPaper } from "./pdf-seats.ts";
import type { Objection } from "./plenary-record.ts";
import type { Sources } from "./views/sources.ts";
import { desaIn, logView } from "./views/sources.ts";
import type { SeatsView } from "./wire/views.ts";
import { COMMITTEE, LEVEL_WORDS, NOT_REPORTED_MARK } from "./words.ts";

/** What a hall gives its papers. */
export interface PaperHall {
  sources(): Sources;
  /** The fold as its own log stood at a size, with what it had seen; and the definition it had seen. */
  asOf(size: number): Promise<{ readonly tally: Tally; readonly model: Model }>;
  words(hash: Hash): Promise<string | null>;
  link(contest: ContestKind): string;
}

/** The form of a result; null if the region has no part in such a district, or its plenary does not certify the contest. */
export async function resultForm(
  hall: PaperHall,
  contest: ContestKind,
  code: string,
  names: Names,
): Promise<Form | null> {
  const sources = hall.sources();
  const district = sources.model.contest(contest)?.district(code);
  if (!district || desaIn(district, sources.region.code).length === 0) return null;
  if (!isRecapitulatedAt(contest, sources.region.level)) return null;
  const key = penKey(contest, code);
  const given = sources.record.certificates.get(key)?.at(-1) ?? null;
  const certificate = given && sources.state.surroundings.certified.has(key) ? given : null;
  const saksi = saksiOf(sources.record, participantsOf(district), certificate, names);
  if (certificate === null) return draftForm(hall, sources, district, members(sources, names), saksi);
  const { tally, model } = await hall.asOf(certificate.index + 1);
  const { region } = sources;
  const then = { region: inModel(model, region), model, tally, log: logView(tally, region.code) };
  const paper = { ...then, time: certificate.time, link: hall.link };
  const signers = { state: "signed", members: members({ tally, region }, names), saksi } as const;
  return certificateForm(paper, sameDistrict(model, district), signers);
}

/** What follows from certificates, as a plain paper: of the log with the last of them, so that it is the same whenever it is made. */
export function seatsPaper(hall: PaperHall, view: SeatsView, names: Names): SeatsPaper | null {
  const sources = hall.sources();
  const { model, region, tally, record } = sources;
  const district = model.contest(view.contest)?.district(view.district.code);
  const given = record.certificates.get(penKey(view.contest, view.district.code))?.at(-1);
  if (!district || !given) return null;
  const log = { ...logView(tally, region.code), size: view.size, root: rootAt(tally, region.code, view.size) };
  const paper = { region, model, tally, log, time: given.time, link: hall.link };
  const known = new Map(
    [...district.choices, ...district.parties].map(({ id, number, name }) => [id, { number, name }]),
  );
  const say = (id: string) => {
    const found = known.get(id as ChoiceId);
    return found ? `${found.number}. ${found.name}` : id;
  };
  const isNational = view.contest === "ppwp";
  return {
    heading: headingOf(paper, view.contest, district.contest.name.id, isNational ? null : district.name),
    log,
    link: hall.link(view.contest),
    members: members(sources, names),
    saksi: saksiOf(record, participantsOf(district), null, names),
    title: [seatsTitle(view), isNational ? district.name : `Daerah pemilihan ${district.name}`],
    tables: seatsTables(view, say),
  };
}

const rootAt = (tally: Tally, region: RegionCode, size: number): Hash =>
  asHash(toHex(tally.authority.log(plenoLog(region)).root(size)));

/** A result as the log stands, to be inspected; its figures need no names. */
export function draftForm(
  hall: PaperHall,
  sources: Sources,
  district: District,
  members: Form["members"] = [],
  saksi: Form["saksi"] = [],
): Form {
  return certificateForm(paperSources(hall, sources), district, { state: "draft", members, saksi });
}

/** The night's position of a desa; null if the region has no such desa. */
export function desaNight(hall: PaperHall, code: RegionCode): NightPosition[] | null {
  const sources = hall.sources();
  const desa = sources.region.level === "kecamatan" ? sources.region.children.find((one) => one.code === code) : null;
  return desa ? nightPositions(paperSources(hall, sources), desa) : null;
}

/** Everything that was recorded beside the figures, in the order of the log. */
export async function incidentList(hall: PaperHall, names: Names): Promise<IncidentList> {
  const sources = hall.sources();
  const { model, record } = sources;
  const participants = model.contests.flatMap(({ districts }) =>
    districts.filter((district) => desaIn(district, sources.region.code).length > 0).flatMap(participantsOf),
  );
  const once = [...new Map(participants.map((one) => [one.id, one])).values()];
  const incidents: Incident[] = [];
  for (const objection of record.objections.values()) {
    incidents.push(await incidentOf(hall, sources, objection, once, String(incidents.length + 1)));
  }
  const paper = paperSources(hall, sources);
  const first = model.contests[0]?.kind ?? "ppwp";
  return {
    heading: headingOf(paper, first, "Semua jenis pemilihan", null),
    log: paper.log,
    link: paper.link(first),
    members: members(sources, names),
    saksi: saksiOf(record, once, null, names),
    incidents,
  };
}

async function incidentOf(
  hall: PaperHall,
  sources: Sources,
  objection: Objection,
  participants: readonly Participant[],
  number: string,
): Promise<Incident> {
  const { kind, time, station, contest, papers, answer, status } = objection;
  const desa = station && sources.model.station(station)?.desa;
  const words = async (hash: Hash | null) => (hash === null ? null : await hall.words(hash));
  const about = contest === null ? "" : ` (${sources.model.contest(contest)?.name.id ?? contest})`;
  return {
    number,
    kind,
    time: new Date(time).toISOString(),
    station: desa && station ? `TPS ${station.slice(10)} ${desa.name}${about}` : null,
    by: filedBy(sources, objection, participants),
    text: (await words(papers)) ?? NOT_REPORTED_MARK,
    answer: await words(answer),
    status,
  };
}

/** For whom it was filed: a participant's saksi, the supervisor, or the committee itself. */
function filedBy(
  { tally, region }: Sources,
  { participant, by }: Objection,
  participants: readonly Participant[],
): string {
  if (participant !== null) return `Saksi ${participants.find(({ id }) => id === participant)?.short ?? participant}`;
  const view = tally.authority.log(`pleno/${region.code}`);
  const roles = by.flatMap((name) => tally.authority.grantsOf(view, shortKey(name)).map(({ role }) => role));
  if (region.level === "desa" || !roles.includes("supervisor")) {
    return region.level === "desa" ? NOT_REPORTED_MARK : COMMITTEE[region.level];
  }
  return region.level === "kecamatan" ? "Panwaslu Kecamatan" : `Bawaslu ${LEVEL_WORDS[region.level]}`;
}

function paperSources(hall: PaperHall, { region, model, tally, record }: Sources): PaperSources {
  return { region, model, tally, log: logView(tally, region.code), time: record.lastAct ?? 0, link: hall.link };
}

function members({ tally, region }: Pick<Sources, "tally" | "region">, names: Names) {
  return membersOf(tally.authority.holders(tally.authority.log(`pleno/${region.code}`)), names);
}

function inModel(model: Model, { code }: Region): Region {
  const region = model.region(code);
  if (!region) throw new RangeError(`the definition that was seen has no region ${code}`);
  return region;
}

function sameDistrict(model: Model, { contest, code }: District): District {
  const district = model.contest(contest.kind)?.district(code);
  if (!district) throw new RangeError(`the definition that was seen has no district ${code}`);
  return district;
}

/** Where the public finds a region at a site, as its pages read their addresses: with all regions above it. */
export function publicLink(site: string, contest: ContestKind, region: RegionCode): string {
  const codes = [2, 4, 6].filter((length) => length <= region.length).map((length) => region.slice(0, length));
  return [`${site.replace(/\/+$/, "")}/#`, contest, ...codes].join("/");
}
