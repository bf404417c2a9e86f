/** A place for photos with one sheet that names a list of two pages, for tests of the door for photos. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { TestContext } from "node:test";
import { Upload } from "@tus/server";
import { openWorld, STATION, sheetNote, submissionOf, type World } from "../../core/testing.ts";
import { writePages } from "../../election/page-list.ts";
import { jpeg, png, segment } from "../../election/testing/photos.ts";
import { type Hash, hashHex } from "../../ledger/hash.ts";
import { type Begun, PhotoDoor, type PhotoDoorOptions } from "../photo-door.ts";
import type { UploadId } from "../upload-notes.ts";

export const DEVICE = "0123456789abcdef";
/** A photo of some 360 KB, and a small one. */
export const LARGE = jpeg({ extra: Array.from({ length: 6 }, () => segment(0xe2, new Uint8Array(60_000))) });
export const SMALL = png();
export const PAGES: readonly Hash[] = [hashHex(LARGE), hashHex(SMALL)];
export const LIST = writePages(PAGES);
export const LIST_HASH = hashHex(LIST);

/** What an upload of a paper says of itself. */
export const metadataOf = (paper: Hash) => ({ station: STATION, contest: "ppwp", list: LIST_HASH, paper });

export interface PhotoRoom {
  readonly world: World;
  readonly data: string;
  open(options?: Partial<PhotoDoorOptions>): PhotoDoor;
  /** The sheet that names the list arrives. */
  report(): Promise<void>;
  /** Names of what is published, and of what lies among the uploads. */
  published(): string[];
  left(): string[];
}

export async function photoRoom(t: TestContext): Promise<PhotoRoom> {
  const data = mkdtempSync(join(tmpdir(), "photos-"));
  t.after(async () => {
    // The store of uploads makes its folder in its own time; this is made after it.
    await mkdir(join(data, "photos"), { recursive: true });
    rmSync(data, { recursive: true });
  });
  const world = await openWorld();
  const listed = (folder: string) => {
    try {
      return readdirSync(folder).sort();
    } catch {
      return [];
    }
  };
  return {
    world,
    data,
    open: (options = {}) => new PhotoDoor({ data, store: world.store, ...options }),
    async report() {
      await world.sequencer.sequence([submissionOf(sheetNote(world, { papers: LIST_HASH }))]);
    },
    published: () => listed(join(data, "public", "photo")),
    left: () => listed(join(data, "photos")),
  };
}

/** Begins an upload and brings its first bytes, as tus does. @throws Error if it may not begin */
export async function uploaded(door: PhotoDoor, paper: Uint8Array, bytes = paper, device = DEVICE): Promise<UploadId> {
  const begun = await door.begin(device, metadataOf(hashHex(paper)), paper.length);
  if ("fault" in begun) throw new Error(begun.fault.code);
  await bring(door, begun, paper.length, bytes);
  return begun.id;
}

/** The bytes of an upload that may begin; `size`: as it declared. */
export async function bring(door: PhotoDoor, { id, metadata }: Begun, size: number, bytes: Uint8Array): Promise<void> {
  await door.files.create(new Upload({ id, size, offset: 0, metadata: { ...metadata } }));
  await door.files.write(Readable.from([Buffer.from(bytes)]), id, 0);
}
