/**
 * The two certificates of a hall's network (RFC 5280, ECDSA P-256): the laptop's own authority, which devices are told to trust, and
 * the one that its servers show.
 *
 * Whoever installs an authority lends it the power to vouch for any site. This one says of itself, in a way that browsers heed,
 * that it vouches for addresses of local networks and for no name at all; and it ends by itself soon after the plenary.
 */
import { createHash, createPublicKey, type KeyObject, sign, X509Certificate } from "node:crypto";
import { bits, integer, moment, octets, oid, sequence, set, TRUE, text, tlv } from "./der.ts";

/** The networks that no address of the internet is in, each with its mask (RFC 1918, 3927, 6598, and this machine's own). */
const LOCAL: readonly (readonly [network: string, mask: string])[] = [
  ["10.0.0.0", "255.0.0.0"],
  ["172.16.0.0", "255.240.0.0"],
  ["192.168.0.0", "255.255.0.0"],
  ["169.254.0.0", "255.255.0.0"],
  ["100.64.0.0", "255.192.0.0"],
  ["127.0.0.0", "255.0.0.0"],
];

/** Whether a hall's certificate can be for an IPv4 address: only for one of a local network. */
export function isLocalAddress(address: string): boolean {
  const bytes = bytesOf(address);
  return LOCAL.some(([network, mask]) => {
    const [wanted, masking] = [bytesOf(network), bytesOf(mask)];
    return wanted.every((byte, i) => ((bytes[i] ?? 0) & (masking[i] ?? 0)) === byte);
  });
}

const bytesOf = (address: string): Uint8Array => Uint8Array.from(address.split(".").map(Number));

/** A certificate's own: what it is called, for how long it is good (milliseconds since 1970), and the key that it is for. */
interface CertificateOptions {
  readonly name: string;
  readonly from: number;
  readonly until: number;
  /** 16 random bytes, by which the authority tells it from its others. */
  readonly serial: Uint8Array;
  readonly key: KeyObject;
}

export type AuthorityOptions = CertificateOptions;

/** The authority's certificate, signed by its own key. */
export function authorityCertificate(options: AuthorityOptions): X509Certificate {
  return certified(options, { name: options.name, key: options.key }, [
    extension("2.5.29.19", true, sequence(TRUE, integer(Uint8Array.of(0)))),
    // To sign certificates.
    extension("2.5.29.15", true, bits(Uint8Array.of(0x04), 2)),
    extension("2.5.29.30", true, sequence(permitted(), NO_NAMES)),
    extension("2.5.29.14", false, octets(keyId(options.key))),
  ]);
}

export interface ServerOptions extends CertificateOptions {
  /** IPv4 addresses at which the laptop is reached. */
  readonly addresses: readonly string[];
  readonly authority: { readonly name: string; readonly key: KeyObject };
}

/** A server's certificate for addresses, signed by the authority. */
export function serverCertificate(options: ServerOptions): X509Certificate {
  const { addresses, authority } = options;
  return certified(options, authority, [
    extension("2.5.29.19", true, sequence()),
    // To sign in a handshake, of a server.
    extension("2.5.29.15", true, bits(Uint8Array.of(0x80), 7)),
    extension("2.5.29.37", false, sequence(oid("1.3.6.1.5.5.7.3.1"))),
    extension("2.5.29.17", false, sequence(...addresses.map((address) => tlv(IP_ADDRESS, bytesOf(address))))),
    extension("2.5.29.14", false, octets(keyId(options.key))),
    extension("2.5.29.35", false, sequence(tlv(0x80, keyId(authority.key)))),
  ]);
}

/** Kinds of a general name. */
const DNS_NAME = 0x82;
const IP_ADDRESS = 0x87;

/** Within the local networks only. */
const permitted = (): Uint8Array =>
  tlv(0xa0, ...LOCAL.map(([network, mask]) => sequence(tlv(IP_ADDRESS, bytesOf(network), bytesOf(mask)))));

/** The empty name stands for every name. */
const NO_NAMES = tlv(0xa1, sequence(tlv(DNS_NAME)));

const ECDSA_WITH_SHA256 = sequence(oid("1.2.840.10045.4.3.2"));

function certified(
  { name, from, until, serial, key }: CertificateOptions,
  issuer: { readonly name: string; readonly key: KeyObject },
  extensions: readonly Uint8Array[],
): X509Certificate {
  const toBeSigned = sequence(
    tlv(0xa0, integer(Uint8Array.of(2))),
    integer(serial),
    ECDSA_WITH_SHA256,
    called(issuer.name),
    sequence(moment(from), moment(until)),
    called(name),
    publicPart(key),
    tlv(0xa3, sequence(...extensions)),
  );
  const signature = sign("sha256", toBeSigned, issuer.key);
  return new X509Certificate(sequence(toBeSigned, ECDSA_WITH_SHA256, bits(signature)));
}

const called = (name: string): Uint8Array => sequence(set(sequence(oid("2.5.4.3"), text(name))));

const extension = (id: string, isCritical: boolean, value: Uint8Array): Uint8Array =>
  sequence(oid(id), isCritical ? TRUE : NOTHING, octets(value));

const NOTHING = new Uint8Array(0);

const publicPart = (key: KeyObject): Uint8Array => createPublicKey(key).export({ type: "spki", format: "der" });

/** By what a certificate names a key. */
const keyId = (key: KeyObject): Uint8Array => createHash("sha256").update(publicPart(key)).digest().subarray(0, 20);
