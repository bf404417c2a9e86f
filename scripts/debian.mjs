// Packages of the distribution that tests need: programs that somebody keeps patched, installed where that is possible.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

const APT = "/usr/bin/apt-get";

/** Options that install nothing but what is named. */
export const INSTALL = ["install", "-y", "--no-install-recommends"];

/**
 * Tries to install packages, saying so on standard error. Whether it went well is seen by what is there afterwards.
 * @param {string} purpose what they are for
 * @param {string[]} packages
 */
export function installPackages(purpose, packages) {
  if (!existsSync(APT)) return;
  process.stderr.write(`teguh: installing ${purpose} (apt-get install ${packages.join(" ")})\n`);
  apt(["update"]); // a broken third-party list fails it, and need not keep the rest from being found
  apt([...INSTALL, ...packages]);
}

/** @param {string[]} args */
function apt(args) {
  const command = ["env", "DEBIAN_FRONTEND=noninteractive", APT, "-q", "-o", "DPkg::Lock::Timeout=300", ...args];
  const [program = "", ...rest] = process.getuid?.() === 0 ? command : ["sudo", ...sudoOptions(), ...command];
  spawnSync(program, rest, { stdio: ["inherit", 2, 2] });
}

/** Without a person at a terminal nobody can type a password: fail at once rather than wait for one. */
function sudoOptions() {
  return process.stdin.isTTY ? [] : ["-n"];
}
