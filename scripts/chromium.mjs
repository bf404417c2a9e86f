// The browser tests drive the distribution's Chromium: a browser that somebody keeps patched, found where Debian puts it.
// TEGUH_CHROMIUM names another one, for machines that are not Debian.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { NotReady } from "./not-ready.mjs";

const DEBIAN = "/usr/bin/chromium";
const INSTALL = ["install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu-core"];

/**
 * @returns {string} the path of a Chromium, installed first if this is a Debian on which that is possible
 * @throws {NotReady} when there is none
 */
export function ensureChromium() {
  const named = process.env.TEGUH_CHROMIUM;
  if (named && !existsSync(named)) throw new NotReady(`TEGUH_CHROMIUM names ${named}, which does not exist`);
  if (named) return named;
  if (existsSync(DEBIAN)) return DEBIAN;
  if (existsSync("/usr/bin/apt-get")) {
    process.stderr.write("teguh: installing Chromium for the browser tests (apt-get install chromium)\n");
    apt(["update"]); // a broken third-party list fails it, and need not keep Chromium from being found
    apt(INSTALL);
    if (existsSync(DEBIAN)) return DEBIAN;
  }
  throw new NotReady(
    `the browser tests need Chromium. As root: apt-get update && apt-get ${INSTALL.join(" ")}. ` +
      "Or name one: TEGUH_CHROMIUM=/path npm test. Or leave the browser out: npm test -- src",
  );
}

/** @param {string[]} args */
function apt(args) {
  const command = ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", ...args];
  const [program = "", ...rest] = process.getuid?.() === 0 ? command : ["sudo", ...sudoOptions(), ...command];
  spawnSync(program, rest, { stdio: ["inherit", 2, 2] });
}

/** Without a person at a terminal nobody can type a password: fail at once rather than wait for one. */
function sudoOptions() {
  return process.stdin.isTTY ? [] : ["-n"];
}
