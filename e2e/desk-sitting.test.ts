/** The story of a plenary, held at the centre. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { among, makeOfficial, type Official, setUp } from "./desk-officials.ts";
import { foundElection } from "./election.ts";
import { Program } from "./program.ts";
import type { SittingPlace } from "./sitting/stage.ts";
import { sitting } from "./sitting/story.ts";

sitting(async (): Promise<SittingPlace> => {
  const data = join(mkdtempSync(join(tmpdir(), "teguh-sitting-")), "data");
  const election = await foundElection(data);
  const origin = election.phoneOf(election.stations[0] ?? "").name.split("/k/")[0] ?? "";
  const officials: Official[] = [];
  for (const [name, role, region] of [
    ["Ketua KPU", "chair", "0"],
    ["Ketua Kabupaten", "chair", "5101"],
    ["Ayu Ketua", "chair", "510102"],
    ["Made Anggota", "member", "510102"],
    ["Putu Operator", "operator", "510102"],
    ["Ketut Pengawas", "supervisor", "510102"],
  ] as const) {
    officials.push(await makeOfficial(origin, name, role, region));
  }
  const program = new Program(data);
  const desk = await program.address("desk");
  // The process that writes the logs: before it stands, the desk can only say "later".
  const door = await program.address("intake");
  await setUp(desk, program.errors, officials);
  const nothing = async () => undefined;
  return {
    election,
    patience: 15_000,
    official: among(officials),
    desk,
    above: desk,
    site: await program.address("public"),
    door,
    data,
    gather: nothing,
    // There is no cable: everything is in one house.
    pull: nothing,
    mend: nothing,
    together: nothing,
    async close() {
      await program.stop();
      rmSync(join(data, ".."), { recursive: true, force: true });
    },
  };
});
