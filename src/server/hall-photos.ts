/**
 * Photos in a hall: taken from phones as at the centre, shown by the hall's public view, and handed on when there is a line.
 *
 * To the centre the laptop is a sender like any phone, with a phone's patience (`src/client`): a photo follows the sheet that
 * names it, waits by itself, and is done with when the centre has published it. It waits until every sheet of the hall has gone.
 */
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { publicKeyOf } from "#ed25519";
import { Courier } from "../client/courier.ts";
import { sendPhoto } from "../client/photo.ts";
import type { Shelf } from "../client/shelf.ts";
import { FileShelves } from "../client/shelf-node.ts";
import { plenoLog, tpsLog } from "../election/codes.ts";
import type { Endpoints } from "../election/endpoints.ts";
import { Buckets } from "../intake/bucket.ts";
import type { PassOffice } from "../intake/pass.ts";
import { asHash } from "../ledger/hash.ts";
import { ed25519Signer } from "../ledger/note.ts";
import { keyName } from "../ledger/statement.ts";
import { PhotoDoor } from "../photos/photo-door.ts";
import { readFileOrNull } from "../store/files.ts";
import { logSeed } from "../store/keys.ts";
import type { OpenNode } from "../sync/node-folder.ts";
import { photoServer } from "./photos.ts";
import { PHOTO_REQUESTS } from "./roles/photos.ts";

export interface HallPhotosOptions {
  /** The data folder. */
  readonly data: string;
  readonly node: OpenNode;
  /** The same office as the door's: one pass is good for both. */
  readonly passes: PassOffice;
  /** Where the centre is; of its own, since what is tried for photos says nothing of the logs. */
  readonly endpoints: Endpoints;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly log: (line: string) => void;
}

export interface HallPhotos {
  /** Asked of every request to the intake; true: it was for photos, and is answered. */
  readonly handle: (request: IncomingMessage, response: ServerResponse) => boolean;
  /** Hands on until the signal. */
  run(signal: AbortSignal): Promise<void>;
  close(): void;
}

/** While the hall's sheets have not gone, photos are looked at again after so long; in milliseconds. */
const AFTER_SHEETS = 15_000;

/** Opens what a laptop keeps of photos. */
export async function openHallPhotos(options: HallPhotosOptions): Promise<HallPhotos> {
  const { data, node, passes, endpoints, clock, log } = options;
  const { relay, replica, store, settings, keys } = node;
  const { election, region, vkeys } = settings;
  const seed = logSeed(keys.master, `${election}/log/${plenoLog(region)}`);
  const shelves = new FileShelves(join(data, "photos-sent"), { flush: true });
  const courier = await Courier.open({
    signer: ed25519Signer(keyName(election, publicKeyOf(seed)), seed),
    region,
    election: replica.home.genesis.electionTag,
    vkeyOf: (name) => vkeys[name] ?? null,
    endpoints,
    shelf: withPublished(shelves.of(region), data),
    fetch,
    clock,
    ticks: () => performance.now(),
    random: Math.random,
    rest: (milliseconds, signal) => sleep(milliseconds, undefined, { signal }).catch(() => undefined),
    sendPhoto: async (...photo) =>
      relay.waiting > 0 ? { kind: "later", milliseconds: AFTER_SHEETS } : sendPhoto(...photo),
  });
  const door = new PhotoDoor({
    data,
    store,
    held: (station, contest) => relay.sheetOf(station, contest),
    async onPublished({ station, contest, list, paper }, sheet) {
      const id = await courier.takeSheet(sheet, tpsLog(region));
      await courier.takePhoto(id, { station, contest, list, paper }, null);
    },
  });
  const buckets = new Buckets(PHOTO_REQUESTS, clock);
  const { server } = photoServer({
    door,
    holderOf: (pass) => passes.check(pass),
    take: (bucket) => buckets.take(bucket),
    random: Math.random,
    log,
  });
  return {
    handle(request, response) {
      if (request.url?.startsWith("/photo") !== true) return false;
      server.emit("request", request, response);
      return true;
    },
    run: (signal) => courier.run(signal),
    close: () => shelves.close(),
  };
}

/** A shelf whose bytes are the photos that the hall has published, which stay there. */
function withPublished(shelf: Shelf, data: string): Shelf {
  return {
    ...shelf,
    putBytes: async () => undefined,
    bytes: async (name) => readFileOrNull(join(data, "public", "photo", asHash(name))),
    removeBytes: async () => undefined,
  };
}
