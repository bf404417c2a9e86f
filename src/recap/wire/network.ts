/**
 * What a laptop's desk shows of the hall's network: where devices reach it, by what they know that it is it, and which were let in.
 *
 * | method and path | body → answer |
 * |---|---|
 * | GET  /api/sync/network | → {@link NetworkView}; 404 where the laptop is on no network |
 * | POST /api/sync/network | {} → {@link InviteView}: a code for one device; by an officer |
 * | DELETE /api/sync/network/ID | → 204: the device is put out; by an officer |
 * | POST /api/pair | {@link PairWish} → 204 and a cookie; over https only, by a device that is not let in yet |
 *
 * Over the network nothing else under `/api` is answered to a device that was not let in: 403 with the code {@link NOT_PAIRED}.
 */

export const NOT_PAIRED = "not-paired";
/** The reason that goes with it where all of it is a simulation: also a stranger is to see that. */
export const SIMULATION = "simulation";

/** One address of the laptop on a network of the hall. */
export interface AddressView {
  /** IPv4. */
  readonly address: string;
  /** `http://…/`: the page that helps a device to trust the laptop. */
  readonly steps: string;
  /** `https://…/`: the desk, and where phones bring sheets. */
  readonly desk: string;
  readonly intake: string;
  /** `http://…/`: what everyone may read. */
  readonly public: string;
}

export interface DeviceView {
  readonly id: string;
  /** As whoever let it in called it. */
  readonly name: string;
  /** Milliseconds since 1970; `seenAt` null: not since the program was started. */
  readonly pairedAt: number;
  readonly seenAt: number | null;
}

export interface NetworkView {
  /** SHA-256 of the authority's certificate, 64 hex. */
  readonly fingerprint: string;
  /** Until when devices trust it, milliseconds since 1970. */
  readonly until: number;
  readonly addresses: readonly AddressView[];
  readonly devices: readonly DeviceView[];
}

export interface InviteView {
  /** Eight symbols, good once. */
  readonly code: string;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export interface PairWish {
  readonly code: string;
  readonly name: string;
}

// ---------------------------------------------------------------- what the code on the main laptop's screen says

/** What a device is led by, from the page of steps to the desk. */
export interface Way {
  /** Of the authority, as the main laptop's own screen shows it. */
  readonly fingerprint: string;
  readonly code: string;
  /** The hash of the desk's page to go to afterwards; empty for its first. */
  readonly next: string;
}

/** Begins the hash of the desk's page that lets a device in: `#/pasang/CODE`, then where to go afterwards. */
export const PAIRING = "pasang";

/** The address that a QR code carries: behind `#`, which a browser sends to nobody. */
export function wayAddress(steps: string, { fingerprint, code, next }: Way): string {
  return `${steps}#${fingerprint}/${code}${next.replace(/^#/, "")}`;
}

/** What the hash of the desk's page says of letting a device in; null if it says nothing of it. */
export function pairingIn(hash: string): Pick<Way, "code" | "next"> | null {
  const found = new RegExp(`^#/${PAIRING}/([0-9A-Za-z-]{1,32})(/.*)?$`).exec(hash);
  return found === null ? null : { code: found[1] ?? "", next: found[2] === undefined ? "" : `#${found[2]}` };
}

/** A fingerprint as it is read out and compared: sixteen groups of four. */
export const inGroups = (fingerprint: string): string => fingerprint.toUpperCase().replace(/(.{4})(?=.)/g, "$1 ");
