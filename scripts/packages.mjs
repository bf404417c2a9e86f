// Decides whether the installed packages are those of the lock, installs them if not, and finds the Node to run under.
// It compares the lock with the record that npm itself leaves in node_modules, rather than with a stamp of our own:
// an interrupted install leaves no record, and whoever runs npm by hand is not made to install twice.
// Install scripts are never run; the pinned Node is an ordinary package, so none is needed.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { NotReady } from "./not-ready.mjs";

/** The repository's folder. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** The machine's own Node may be older than some packages want; they run under the pinned one, so no warnings of that. */
const QUIET = ["--no-audit", "--no-fund", "--loglevel=error"];

/** The oldest Node that runs this code when the platform has no pinned one. */
const OLDEST = 24;

/** @typedef {{version?: string, integrity?: string, dev?: boolean, optional?: boolean}} Locked */
/** @typedef {{packages: Record<string, Locked>}} Lock */

/**
 * Which packages of the lock are not installed as locked. Optional ones may be absent: they belong to other platforms.
 * @param {Lock} lock package-lock.json
 * @param {Lock} installed node_modules/.package-lock.json
 * @param {boolean} development whether what only development needs counts too
 * @returns {string[]} their paths, in the lock's order
 */
export function missingPackages(lock, installed, development) {
  return Object.entries(lock.packages)
    .filter(([path, wanted]) => {
      if (path === "" || (wanted.dev && !development)) return false;
      const found = installed.packages[path];
      if (!found) return !wanted.optional;
      return found.version !== wanted.version || found.integrity !== wanted.integrity;
    })
    .map(([path]) => path);
}

/**
 * @param {string} platform
 * @param {string} arch
 */
const pinnedName = (platform, arch) => `node-${platform}-${arch}`;

/**
 * @param {string} file below ROOT
 * @returns {Lock}
 */
function readLock(file) {
  const path = join(ROOT, file);
  return existsSync(path) ? JSON.parse(readFileSync(path, "utf8")) : { packages: {} };
}

/**
 * Installs from the lock when something is missing, speaking on standard error only.
 * @param {boolean} development
 * @throws {NotReady} when npm fails
 */
export function ensurePackages(development) {
  const lock = readLock("package-lock.json");
  const pinned = `node_modules/${pinnedName(process.platform, process.arch)}`;
  const pinnedAbsent = lock.packages[pinned] !== undefined && !existsSync(join(ROOT, pinned, "bin", "node"));
  const missing = missingPackages(lock, readLock("node_modules/.package-lock.json"), development);
  if (missing.length === 0 && !pinnedAbsent) return;
  process.stderr.write("teguh: installing the packages of the lock (npm install)\n");
  const kinds = development ? ["--include=dev"] : ["--omit=dev"];
  // Not `npm ci`: it insists on the optional packages of every platform, also those that a mirror does not carry.
  // `--no-save` keeps the lock as it is, and what the lock names is still held to its hash.
  const args = ["install", "--no-save", "--ignore-scripts", "--include=optional", ...kinds, ...QUIET];
  const { status, error } = spawnSync("npm", args, { cwd: ROOT, stdio: ["ignore", 2, 2] });
  if (error) throw new NotReady(`npm could not be started (${error.message}); install Node 20 or later with npm`);
  if (status !== 0) throw new NotReady("the packages could not be installed; npm's reason stands above");
}

/**
 * @param {string} platform as process.platform
 * @param {string} arch as process.arch
 * @returns {string} the path of the Node to run under: the pinned one, else the machine's if it is new enough
 * @throws {NotReady} when neither serves
 */
export function runtimeFor(platform, arch) {
  const pinned = join(ROOT, "node_modules", pinnedName(platform, arch), "bin", "node");
  // Started once, not just looked for: on a system with another C library the file is there and does not run.
  if (existsSync(pinned) && spawnSync(pinned, ["--version"]).status === 0) return pinned;
  if (Number.parseInt(process.versions.node, 10) >= OLDEST) return process.execPath;
  throw new NotReady(
    `no pinned Node runs on ${platform}-${arch}, and this machine's Node is ${process.versions.node}; install Node ${OLDEST} or later`,
  );
}
