/** A kecamatan on its own: its folder opened for writing, for the exchange with the centre, and for publishing in the hall. */
import type { Publisher } from "../publish/publisher.ts";
import { type OpenNode, openNode } from "../sync/node-folder.ts";

export interface OpenHall {
  readonly node: OpenNode;
  /** Local editions, in a log of their own: `<election>/node/<kecamatan>`. */
  readonly publisher: Publisher;
  close(): Promise<void>;
}

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
    const publisher = await openPublisher(dir, { store, keys, clock, log, node: settings.region });
    return {
      node,
      publisher,
      async close() {
        await publisher.close();
        await node.close();
      },
    };
  } catch (error) {
    await node.close();
    throw error;
  }
}
