/**
 * The certificate authority of one laptop, made at its first start on a network. Its key stays in the folder and is readable by its
 * owner alone; a server's key lives as long as the process, with a certificate for the addresses that the laptop has now.
 *
 *   DIR/network/authority.key   PKCS #8      DIR/network/authority.crt   the certificate, both PEM
 *
 * What devices compare is the SHA-256 of the authority's certificate. It stays the same over restarts and new addresses, so a
 * device has to be told to trust it once.
 */
import { createPrivateKey, generateKeyPairSync, type KeyObject, X509Certificate } from "node:crypto";
import { statSync } from "node:fs";
import { join } from "node:path";
import type { RegionCode } from "../../election/codes.ts";
import { fromUtf8, utf8 } from "../../ledger/bytes.ts";
import { writeDurable } from "../../store/durable.ts";
import { readFileOrNull } from "../../store/files.ts";
import { KeysError } from "../../store/keys.ts";
import { authorityCertificate, serverCertificate } from "./certificate.ts";

const DAY = 86_400_000;
/** The plenaries of an election are over in five weeks; a laptop is prepared some weeks before. */
const AUTHORITY_LASTS = 90 * DAY;
const SERVER_LASTS = 30 * DAY;
/** Clocks of a hall differ; a certificate that begins now would be refused by half of the devices. */
const BEFORE = 2 * DAY;

export interface AuthorityOptions {
  /** The data folder. */
  readonly data: string;
  readonly region: RegionCode;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly random: (count: number) => Uint8Array;
  /** Told, a line each, what a person should know. */
  readonly log: (line: string) => void;
}

/** What a server shows: PEM, the authority's certificate behind its own. */
export interface ServerKeys {
  readonly key: string;
  readonly cert: string;
}

export class Authority {
  readonly #options: AuthorityOptions;
  readonly #key: KeyObject;
  readonly certificate: X509Certificate;

  /** Reads the authority from the folder, or makes it. One that has ended is replaced, and every device has to trust anew. */
  static open(options: AuthorityOptions): Authority {
    const { data, clock, log } = options;
    const known = kept(data);
    if (known !== null && known.certificate.validToDate.getTime() > clock())
      return new Authority(options, known.key, known.certificate);
    if (known !== null)
      log("sertifikat aula sudah berakhir: perangkat dipasangkan lagi / the hall's certificate has ended: pair anew");
    return Authority.#make(options);
  }

  static #make(options: AuthorityOptions): Authority {
    const { data, region, clock, random } = options;
    const key = newKey();
    const certificate = authorityCertificate({
      name: `Teguh aula ${region}`,
      from: clock() - BEFORE,
      until: clock() + AUTHORITY_LASTS,
      serial: random(16),
      key,
    });
    // The key first: a certificate without its key could not be used, nor would it be made again.
    writeDurable(join(data, FOLDER, KEY), utf8(pem(key)));
    writeDurable(join(data, FOLDER, CERTIFICATE), utf8(certificate.toString()));
    return new Authority(options, key, certificate);
  }

  private constructor(options: AuthorityOptions, key: KeyObject, certificate: X509Certificate) {
    this.#options = options;
    this.#key = key;
    this.certificate = certificate;
  }

  /** SHA-256 of the certificate, 64 hex: what is compared. */
  get fingerprint(): string {
    return this.certificate.fingerprint256.replaceAll(":", "").toLowerCase();
  }

  /** A new key for a server at these addresses, and its certificate. */
  serving(addresses: readonly string[]): ServerKeys {
    const { clock, random } = this.#options;
    const key = newKey();
    // A clock that was put back behind the authority's beginning is wrong: the devices' are not.
    const now = Math.max(clock(), this.certificate.validFromDate.getTime() + BEFORE);
    const certificate = serverCertificate({
      name: this.#name,
      from: now - BEFORE,
      until: Math.min(now + SERVER_LASTS, this.certificate.validToDate.getTime()),
      serial: random(16),
      key,
      addresses,
      authority: { name: this.#name, key: this.#key },
    });
    return { key: pem(key), cert: `${certificate}${this.certificate}` };
  }

  get #name(): string {
    return this.certificate.subject.replace(/^CN=/, "");
  }
}

const FOLDER = "network";
const KEY = "authority.key";
const CERTIFICATE = "authority.crt";

const newKey = (): KeyObject => generateKeyPairSync("ec", { namedCurve: "prime256v1" }).privateKey;
const pem = (key: KeyObject): string => key.export({ type: "pkcs8", format: "pem" }).toString();

/** What the folder has; null if it has none, or not both. @throws KeysError if others can read the key, or it is another's */
function kept(data: string): { readonly key: KeyObject; readonly certificate: X509Certificate } | null {
  const path = join(data, FOLDER, KEY);
  const [bytes, shown] = [readFileOrNull(path), readFileOrNull(join(data, FOLDER, CERTIFICATE))];
  if (bytes === null || shown === null) return null;
  if ((statSync(path).mode & 0o077) !== 0)
    throw new KeysError(`${path} can be read by other users of this machine: run chmod 600 on it`);
  const [key, certificate] = [createPrivateKey(fromUtf8(bytes)), new X509Certificate(shown)];
  if (!certificate.checkPrivateKey(key))
    throw new KeysError(`${path} does not belong to ${CERTIFICATE}: remove both, and pair the devices again`);
  return { key, certificate };
}
