/**
 * What is here is a weapon, so it works against this machine alone: every address that is attacked comes through here first, and
 * one that is not of the loopback network stops the run before a byte is sent.
 */
import { BlockList, isIPv6 } from "node:net";

/** Somebody wanted to attack another machine. */
export class NotLoopback extends Error {
  override readonly name = "NotLoopback";

  constructor(host: string) {
    super(`${host} is not this machine: only addresses of 127.0.0.0/8 and ::1 are attacked`);
  }
}

/** Where something listens on this machine. */
export interface Target {
  readonly host: string;
  readonly port: number;
}

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet("127.0.0.0", 8, "ipv4");
LOOPBACK.addAddress("::1", "ipv6");

/**
 * Host and port of an `http://…/` address. Names are not looked up, whatever they stand for today.
 * @throws NotLoopback
 */
export function loopbackOnly(address: string): Target {
  const { hostname, port } = new URL(address);
  const host = hostname.replace(/^\[|\]$/g, "");
  if (!isLoopback(host)) throw new NotLoopback(hostname);
  return { host, port: Number(port || 80) };
}

function isLoopback(host: string): boolean {
  if (isIPv6(host)) return LOOPBACK.check(host, "ipv6");
  return /^\d+(\.\d+){3}$/.test(host) && LOOPBACK.check(host, "ipv4");
}
