/** The files of edge/ for the kernel and for systemd: loaded by the programs that they are for, and doing what they say. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { ROLES } from "../src/server/roles.ts";
import { CANNOT_RUN, REPLACED } from "../src/server/supervisor.ts";

const EDGE = fileURLToPath(new URL("../edge/", import.meta.url));
const NFT = join(EDGE, "nftables", "teguh.nft");
const KNOCKS = fileURLToPath(new URL("./knocks.ts", import.meta.url));

const runs = (program: string, ...args: string[]) => spawnSync(program, args).status === 0;
const inOwnNetwork = (script: string) =>
  spawnSync("unshare", ["-n", "sh", "-ec", `ip link set lo up; ${script}`], { encoding: "utf8" });

function whyNoNft(): string | false {
  if (!runs("nft", "--version")) return "nft (nftables) is not installed";
  if (inOwnNetwork("nft list tables").status !== 0)
    return "no network of its own can be made here (unshare -n, as root)";
  return false;
}

test("one address gets 300 connections and one network 1,000; their neighbours are not touched", {
  skip: whyNoNft(),
}, () => {
  // Loaded twice, since an operator will.
  const { status, stdout, stderr } = inOwnNetwork(`nft -f ${NFT}; nft -f ${NFT}; exec ${process.execPath} ${KNOCKS}`);
  assert.equal(status, 0, stderr);
  const stood: Record<string, number> = JSON.parse(stdout);
  assert.equal(stood["127.9.0.1"], 300);
  assert.equal(stood["127.9.0.2"], 1);
  const network = Object.entries(stood).filter(([from]) => from.startsWith("127.9.7."));
  assert.equal(
    network.reduce((sum, [, count]) => sum + count, 0),
    1_000,
  );
});

test("every kernel setting is one that the kernel knows, and a number", { skip: process.platform !== "linux" }, () => {
  const lines = readFileSync(join(EDGE, "sysctl", "90-teguh.conf"), "utf8").split("\n");
  const settings = lines.filter((line) => line !== "" && !line.startsWith("#"));
  assert.ok(settings.length > 10);
  for (const line of settings) {
    const { key = "", value = "" } = /^(?<key>[a-z0-9_.-]+) = (?<value>\d+( \d+)?)$/.exec(line)?.groups ?? {};
    assert.notEqual(value, "", line);
    const path = join("/proc/sys", ...key.split("."));
    // A part of the kernel that is not loaded here has no settings to look at.
    const isLoaded = existsSync(join("/proc/sys", ...key.split(".").slice(0, 2)));
    assert.ok(existsSync(path) || !isLoaded, `the kernel has no ${key}`);
  }
});

/** The units in a folder of their own, with a program in place of ours that is here. */
function unitsHere(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "teguh-units-"));
  try {
    cpSync(join(EDGE, "systemd"), folder, { recursive: true });
    const unit = join(folder, "teguh@.service");
    writeFileSync(unit, readFileSync(unit, "utf8").replace("/opt/teguh/bin/teguh", "/bin/true"));
    use(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const noSystemd = runs("systemd-analyze", "--version") ? false : "systemd-analyze is not installed";

test("systemd finds nothing wrong with the unit of any process", { skip: noSystemd }, () => {
  unitsHere((folder) => {
    for (const role of ROLES) {
      const unit = join(folder, `teguh@${role}.service`);
      const { status, stderr } = spawnSync("systemd-analyze", ["verify", "--man=no", unit], { encoding: "utf8" });
      const ours = stderr.split("\n").filter((line) => line.includes("teguh"));
      assert.deepEqual([status, ours], [0, []], role);
    }
  });
});

test("what is left open of the machine to a process that was broken into is little", { skip: noSystemd }, () => {
  unitsHere((folder) => {
    const unit = join(folder, "teguh@.service");
    const args = ["security", "--offline=true", "--no-pager", "--threshold=20", unit];
    const { status, stdout, stderr } = spawnSync("systemd-analyze", args, { encoding: "utf8" });
    assert.equal(status, 0, stdout.split("\n").at(-2) ?? stderr);
  });
});

test("every process of the program has its share, and no other; its exit codes are those of the supervisor", () => {
  const folder = join(EDGE, "systemd");
  const shares = readdirSync(folder)
    .map((name) => /^teguh@(.+)\.service\.d$/.exec(name)?.[1])
    .filter((role) => role !== undefined);
  const missing = ROLES.filter((role) => !shares.includes(role));
  assert.deepEqual(missing, []);
  const unit = readFileSync(join(folder, "teguh@.service"), "utf8");
  assert.match(unit, new RegExp(`^RestartPreventExitStatus=${CANNOT_RUN} ${REPLACED}$`, "m"));
});
