/**
 * The story of a plenary, held on a kecamatan's laptop that knows the centre from a bundle: the cable is pulled before it begins,
 * put back and pulled again in its middle, and put back at its end. What came in by phone before is there; all else is written
 * in the hall, and the centre has every vote of it at last.
 */
import { Halls } from "./hall-fixture.ts";
import type { SittingPlace } from "./sitting/stage.ts";
import { sitting } from "./sitting/story.ts";
import { until } from "./until.ts";

sitting(async (): Promise<SittingPlace> => {
  const halls = await Halls.open();
  const laptop = halls.laptop("hall");
  const desk = await laptop.address("desk");
  return {
    election: halls.election,
    // A hall that was cut off looks for its line with patience: up to a minute.
    patience: 90_000,
    official: (name) => halls.official(name),
    desk,
    above: await halls.centre.address("desk"),
    site: await halls.centre.address("public"),
    door: await laptop.address("intake"),
    data: halls.centreData,
    async gather() {
      await halls.handOver(laptop);
      await until("the sheets that the hall has handed on are back in its copy of the log", async () => {
        const { sheets, logs } = await halls.sync(laptop);
        const log = logs.find((one) => one.log.startsWith("tps/"));
        return sheets === 0 && log !== undefined && log.here === log.there;
      });
    },
    async pull() {
      halls.link.cut();
    },
    mend: () => halls.heal(),
    together: () => halls.together(laptop),
    close: () => halls.close(),
  };
});
