/** Results certified from the kecamatan up: what seats and winners are tried on. */
import assert from "node:assert/strict";
import { type ContestKind, NATION, parentOf, plenoLog, type RegionCode } from "../../election/codes.ts";
import type { World } from "../../tally/testing.ts";
import type { StoredHall } from "./stored.ts";

/** Reads every station of a district with these votes, and certifies it up to a region. */
export function certifyUpTo(
  stored: StoredHall,
  top: RegionCode,
  contest: ContestKind,
  code: string,
  votes: readonly number[],
) {
  const { world } = stored.desk;
  const district = world.model.contest(contest)?.district(code);
  assert.ok(district);
  const stations = district.desa.flatMap(({ code }) => world.stationsOf(code));
  for (const station of stations) world.reading(station.slice(0, 6) as RegionCode, station, contest, votes, null);
  let level = [...new Set(stations.map((station) => station.slice(0, 6) as RegionCode))];
  for (;;) {
    const signers = (region: RegionCode) =>
      region === NATION ? ["root", "member 0"] : [`chair ${region}`, `member ${region}`];
    for (const region of level) {
      const log = plenoLog(region);
      world.seeAbove(log);
      const about = { contest, district: code, region, stations: 0, read: 0, papers: null, votes: [] };
      world.write(log, "certificate", { ...about, figures: new Array<number>(25).fill(0) }, signers(region));
      const parent = parentOf(region);
      if (parent) world.see(plenoLog(parent), log);
    }
    if (level.includes(top)) return;
    level = [...new Set(level.flatMap((region) => parentOf(region) ?? []))];
  }
}

/** A second person beside the root key, so that the nation can certify. */
export function seatNation(world: World): void {
  const key = Buffer.from(world.signer("member 0").publicKey).toString("hex");
  const list = [{ key, person: "ab".repeat(16), region: NATION, role: "member" }];
  world.write(plenoLog(NATION), "grant", { list }, ["root"]);
}
