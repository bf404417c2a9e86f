// A published site for the tests of its pages: the example election through the real publisher, with what is made beside the
// editions, served by the real public server.
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { publishExample } from "../scripts/published-example.ts";
import type { Edition } from "../src/publish/edition.ts";
import { SideFiles } from "../src/publish/side-files.ts";
import type { Office } from "../src/publish/testing.ts";
import { publicServer } from "../src/server/public.ts";
import { ORIGIN } from "../src/tally/testing.ts";

const BUILT = fileURLToPath(new URL("../dist/results", import.meta.url));

export interface PublishedSite {
  readonly office: Office;
  /** Address, with a slash at its end. */
  readonly url: string;
  close(): void;
}

/** Publishes the example in two editions, the second of which names the downloads of the first. */
export async function publishedSite(): Promise<PublishedSite> {
  const office = await publishExample({ editions: 1 });
  const first = await office.open();
  const files = new SideFiles(office.publicDir, () => office.now);
  let downloads: Edition["downloads"] = null;
  if (first.latest) {
    const { edition, id } = first.latest;
    downloads = await files.downloads({ edition, id, election: ORIGIN });
  }
  const publisher = await office.open(undefined, {
    side: { follow: () => undefined, downloads, close: () => undefined },
  });
  office.world.sheet("5101011001003", "ppwp", [1, 2, 3], null);
  await office.receive();
  office.now += 1000;
  await publisher.step();
  if (publisher.latest) {
    const { edition, id } = publisher.latest;
    await files.follow({ edition, id, election: ORIGIN });
  }
  const server = publicServer({ publicFolder: BUILT, siteFolder: office.publicDir });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { office, url: addressOf(server), close: () => close(server, office) };
}

/** Serves a public folder with the built page before it. */
export async function serveFolder(folder: string): Promise<{ url: string; close(): void }> {
  const server = publicServer({ publicFolder: BUILT, siteFolder: folder });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return { url: addressOf(server), close: () => close(server, null) };
}

const addressOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;

function close(server: Server, office: Office | null): void {
  server.close();
  server.closeAllConnections();
  office?.close();
}
