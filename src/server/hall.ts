/** A kecamatan on its own: its folder opened for writing, for the exchange with the centre, and for publishing in the hall. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Publisher } from "../publish/publisher.ts";
import { isOutOfRoom } from "../store/room.ts";
import { type OpenNode, openNode } from "../sync/node-folder.ts";

export interface OpenHall {
  readonly node: OpenNode;
  /** Local editions, in a log of their own: `<election>/node/<kecamatan>`. */
  readonly publisher: Publisher;
  /**
   * Publishes until the signal. On a full disk the plenary goes on without new editions, everyone reads what there is, and they
   * go on by themselves once there is room. @throws what the publisher does for any other reason
   */
  publish(signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** Between two attempts to publish on a full disk, in milliseconds. */
const TRY_AGAIN = 5_000;

export interface OpenHallOptions {
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Told, a line each, what a person should know. */
  readonly log: (line: string) => void;
  /** Another process has opened the folder: this one can write no more, and should end. */
  readonly onReplaced?: () => void;
}

/** Opens the folder that a bundle has made. @throws as `openNode` and `openPublisher` do */
export async function openHall(dir: string, { clock, log, onReplaced }: OpenHallOptions): Promise<OpenHall> {
  const { openPublisher } = await import("../publish/open.ts");
  const node = await openNode(dir, clock, onReplaced);
  try {
    const { store, keys, settings } = node;
    const open = () => openPublisher(dir, { store, keys, clock, log, node: settings.region });
    const first = await open();
    let working: Publisher | null = first;
    return {
      node,
      publisher: first,
      async publish(signal) {
        while (!signal.aborted) {
          try {
            working ??= await open();
            await working.run({ signal });
          } catch (error) {
            if (!isOutOfRoom(error)) throw error;
            log(FULL);
            // What it holds in memory may be ahead of its files: another one begins with these. Closing it says the same again.
            await working?.close().catch(() => undefined);
            working = null;
            await sleep(TRY_AGAIN, undefined, { signal }).catch(() => undefined);
          }
        }
      },
      async close() {
        await working?.close();
        await node.close();
      },
    };
  } catch (error) {
    await node.close();
    throw error;
  }
}

const FULL =
  "disk penuh: tayangan menunggu ruang, rapat jalan terus / disk full: publishing waits for room, the plenary goes on";
