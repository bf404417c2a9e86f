// The browser tests drive the distribution's Chromium, found where Debian puts it.
// TEGUH_CHROMIUM names another one, for machines that are not Debian.
import { existsSync } from "node:fs";
import { INSTALL, installPackages } from "./debian.mjs";
import { NotReady } from "./not-ready.mjs";

const DEBIAN = "/usr/bin/chromium";
const PACKAGES = ["chromium", "fonts-dejavu-core"];

/**
 * @returns {string} the path of a Chromium, installed first if this is a Debian on which that is possible
 * @throws {NotReady} when there is none
 */
export function ensureChromium() {
  const named = process.env.TEGUH_CHROMIUM;
  if (named && !existsSync(named)) throw new NotReady(`TEGUH_CHROMIUM names ${named}, which does not exist`);
  if (named) return named;
  if (!existsSync(DEBIAN)) installPackages("Chromium for the browser tests", PACKAGES);
  if (existsSync(DEBIAN)) return DEBIAN;
  throw new NotReady(
    `the browser tests need Chromium. As root: apt-get update && apt-get ${[...INSTALL, ...PACKAGES].join(" ")}. ` +
      "Or name one: TEGUH_CHROMIUM=/path npm test. Or leave the browser out: npm test -- src",
  );
}
