/**
 * The two certificates of a hall's network (RFC 5280, ECDSA P-256): the laptop's own authority, which devices are told to trust, and
 * the one that its servers show.
 *
 * Whoever installs an authority lends it the power to vouch for any site. This one says of itself, in a way that browsers heed,
 * that it vouches for addresses of local networks and for no name at all; and it ends by itself soon after the plenary.
 */
import { createHash, createPublicKey, type KeyObject, sign, X509Certificate } from "node:crypto";
import { BlockList } from "node:net";
import { AsnConvert, OctetString } from "@peculiar/asn1-schema";
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  Name,
  NameConstraints,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from "@peculiar/asn1-x509";

/** The networks that no address of the internet is in (RFC 1918, 3927, 6598, and this machine's own). */
const LOCAL = [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
] as const;

const localNetworks = new BlockList();
for (const [network, prefix] of LOCAL) localNetworks.addSubnet(network, prefix);

/** Whether a hall's certificate can be for an IPv4 address: only for one of a local network. */
export const isLocalAddress = (address: string): boolean => localNetworks.check(address);

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
    extension(id_ce_basicConstraints, true, new BasicConstraints({ cA: true, pathLenConstraint: 0 })),
    extension(id_ce_keyUsage, true, new KeyUsage(KeyUsageFlags.keyCertSign)),
    extension(id_ce_nameConstraints, true, LOCAL_ADDRESSES),
    extension(id_ce_subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId(options.key))),
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
  const signedBy = new AuthorityKeyIdentifier({ keyIdentifier: new KeyIdentifier(keyId(authority.key)) });
  const names = addresses.map((iPAddress) => new GeneralName({ iPAddress }));
  return certified(options, authority, [
    extension(id_ce_basicConstraints, true, new BasicConstraints()),
    extension(id_ce_keyUsage, true, new KeyUsage(KeyUsageFlags.digitalSignature)),
    extension(id_ce_extKeyUsage, false, new ExtendedKeyUsage([id_kp_serverAuth])),
    extension(id_ce_subjectAltName, false, new SubjectAlternativeName(names)),
    extension(id_ce_subjectKeyIdentifier, false, new SubjectKeyIdentifier(keyId(options.key))),
    extension(id_ce_authorityKeyIdentifier, false, signedBy),
  ]);
}

const within = (name: Partial<GeneralName>): GeneralSubtree => new GeneralSubtree({ base: new GeneralName(name) });

/** For addresses of local networks, and for no name: the empty name stands for every one. */
const LOCAL_ADDRESSES = new NameConstraints({
  permittedSubtrees: new GeneralSubtrees(LOCAL.map((network) => within({ iPAddress: network.join("/") }))),
  excludedSubtrees: new GeneralSubtrees([within({ dNSName: "" })]),
});

const ECDSA_WITH_SHA256 = new AlgorithmIdentifier({ algorithm: "1.2.840.10045.4.3.2" });

function certified(
  { name, from, until, serial, key }: CertificateOptions,
  issuer: { readonly name: string; readonly key: KeyObject },
  extensions: Extension[],
): X509Certificate {
  const tbsCertificate = new TBSCertificate({
    version: Version.v3,
    serialNumber: positive(serial),
    signature: ECDSA_WITH_SHA256,
    issuer: called(issuer.name),
    validity: new Validity({ notBefore: new Date(from), notAfter: new Date(until) }),
    subject: called(name),
    subjectPublicKeyInfo: AsnConvert.parse(publicPart(key), SubjectPublicKeyInfo),
    extensions: new Extensions(extensions),
  });
  const signatureValue = bytesAlone(sign("sha256", new Uint8Array(AsnConvert.serialize(tbsCertificate)), issuer.key));
  const signed = new Certificate({ tbsCertificate, signatureAlgorithm: ECDSA_WITH_SHA256, signatureValue });
  return new X509Certificate(new Uint8Array(AsnConvert.serialize(signed)));
}

const COMMON_NAME = "2.5.4.3";

function called(utf8String: string): Name {
  const value = new AttributeValue({ utf8String });
  return new Name([new RelativeDistinguishedName([new AttributeTypeAndValue({ type: COMMON_NAME, value })])]);
}

const extension = (extnID: string, critical: boolean, value: object): Extension =>
  new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });

/** The library takes a buffer whole. */
const bytesAlone = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

/** A number that neither its first bit makes negative nor zeros shorten. */
function positive(serial: Uint8Array): ArrayBuffer {
  const [first = 0, ...rest] = serial;
  return Uint8Array.of((first & 0x3f) | 0x40, ...rest).buffer;
}

const publicPart = (key: KeyObject): Uint8Array => createPublicKey(key).export({ type: "spki", format: "der" });

/** By what a certificate names a key. */
const keyId = (key: KeyObject): ArrayBuffer =>
  bytesAlone(createHash("sha256").update(publicPart(key)).digest().subarray(0, 20));
