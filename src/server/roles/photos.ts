/** The door for photos: it reads which sheets there are, and writes nothing but photographs. It can always wait. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { Buckets } from "../../intake/bucket.ts";
import { DOOR_NODE, PassOffice, passSecret } from "../../intake/pass.ts";
import { PhotoDoor } from "../../photos/photo-door.ts";
import { loadKeys, logSeed } from "../../store/keys.ts";
import { comeLast } from "../../store/precedence.ts";
import { openSqliteStore } from "../../store/sqlite.ts";
import { photoServer } from "../photos.ts";
import { listen, originOf, type Starter } from "./role.ts";

/** Requests of one device: a sheet of thirty pages is a list, and a question, a beginning and some parts of each page. */
export const PHOTO_REQUESTS = { capacity: 240, perSecond: 2 };
/** How often uploads that have grown too old are looked for, in milliseconds. */
const LOOK_EVERY = 600_000;

export const startPhotos: Starter = async ({ data, log, ...options }) => {
  comeLast();
  const keys = loadKeys(join(data, "keys"));
  const store = openSqliteStore(join(data, "store.db"), { readOnly: true });
  const election = await originOf(store, data);
  const clock = Date.now;
  // The same secret as the intake's: one pass is good for both.
  const secret = passSecret((origin) => logSeed(keys.master, origin), election, DOOR_NODE);
  const passes = new PassOffice({ secret, clock, random: () => randomBytes(16) });
  const buckets = new Buckets(PHOTO_REQUESTS, clock);
  const door = new PhotoDoor({ data, store });
  const { server } = photoServer({
    door,
    holderOf: (pass) => passes.check(pass),
    take: (bucket) => buckets.take(bucket),
    random: Math.random,
    log,
  });
  const looking = setInterval(() => {
    door.removeExpired(clock()).catch((error: unknown) => log(`old uploads were not removed: ${error}`));
  }, LOOK_EVERY);
  const running = await listen(server, options);
  return {
    address: running.address,
    async close() {
      clearInterval(looking);
      // A phone goes on where it was: nobody waits for a photo that takes minutes.
      server.closeAllConnections();
      await running.close();
      await store.close();
    },
  };
};
