// The laptop's own authority, judged by OpenSSL's eyes: who trusts it gets a connection to the laptop's addresses, and to nothing else.
import assert from "node:assert/strict";
import { createPrivateKey, generateKeyPairSync, randomBytes, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { connect, createServer } from "node:tls";
import type { RegionCode } from "../../election/codes.ts";
import { KeysError } from "../../store/keys.ts";
import { Authority, type ServerKeys } from "./authority.ts";
import { isLocalAddress, serverCertificate } from "./certificate.ts";

const DAY = 86_400_000;
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), "teguh-authority-"));
  folders.push(made);
  return made;
}

const open = (data: string, clock = Date.now, lines: string[] = []) =>
  Authority.open({
    data,
    region: "510303" as RegionCode,
    clock,
    random: (count) => new Uint8Array(randomBytes(count)),
    log: (line) => lines.push(line),
  });

/** What a client that trusts `ca` says of a server that shows `keys`: null if it trusts it, else the reason's code. */
async function judged(keys: ServerKeys, ca: X509Certificate, name = "127.0.0.2"): Promise<string | null> {
  const server = createServer(keys, (socket) => socket.end());
  server.listen(0, "127.0.0.2");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const client = connect({ host: "127.0.0.2", port, ca: ca.toString(), rejectUnauthorized: false, servername: "" });
  try {
    await once(client, "secureConnect");
    if (!client.authorized) return String(client.authorizationError);
    return new X509Certificate(client.getPeerCertificate().raw).checkIP(name) === undefined ? "other address" : null;
  } finally {
    client.destroy();
    server.close();
  }
}

test("who trusts the laptop's authority trusts its servers at its addresses, and at no other", async () => {
  const authority = open(folder());
  const keys = authority.serving(["127.0.0.1", "127.0.0.2"]);
  assert.equal(await judged(keys, authority.certificate), null);
  assert.equal(await judged(keys, authority.certificate, "127.0.0.3"), "other address");
  assert.notEqual(await judged(keys, open(folder()).certificate), null, "another laptop's");
});

/** What node calls OpenSSL's "permitted subtree violation" and "excluded subtree violation". */
const CONSTRAINED = "UNSPECIFIED";

test("the authority vouches for addresses of local networks alone: for one of the internet, or for a name, nobody believes it", async () => {
  const data = folder();
  const authority = open(data);
  const stolen = createPrivateKey(readFileSync(join(data, "network", "authority.key")));
  const shown = async (addresses: readonly string[], name = "x") => {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "prime256v1" });
    const certificate = serverCertificate({
      name,
      from: Date.now() - DAY,
      until: Date.now() + DAY,
      serial: new Uint8Array(randomBytes(16)),
      key: privateKey,
      addresses,
      authority: { name: "Teguh aula 510303", key: stolen },
    });
    const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    return judged({ key, cert: `${certificate}${authority.certificate}` }, authority.certificate);
  };
  assert.equal(await shown(["127.0.0.2", "10.0.0.1", "172.31.255.255", "192.168.43.1"]), null);
  for (const address of ["8.8.8.8", "172.32.0.1", "192.169.0.1"]) {
    assert.equal(await shown(["127.0.0.2", address]), CONSTRAINED, address);
    assert.equal(isLocalAddress(address), false, address);
  }
  assert.equal(
    await shown(["127.0.0.2"], "bank.example"),
    CONSTRAINED,
    "where there is no other name, the subject's is taken for one",
  );
});

test("its key is readable by its owner alone, and where it is not the laptop does not start", () => {
  const data = folder();
  open(data);
  const key = join(data, "network", "authority.key");
  assert.equal(statSync(key).mode & 0o777, 0o600);
  chmodSync(key, 0o644);
  assert.throws(() => open(data), KeysError);
});

test("it stays the same over restarts and new addresses, so that a device has to trust it once", () => {
  const data = folder();
  const { fingerprint } = open(data);
  const again = open(data);
  assert.equal(again.fingerprint, fingerprint);
  const [shown] = again.serving(["192.168.43.1"]).cert.split(/(?<=-----END CERTIFICATE-----\n)/);
  const certificate = new X509Certificate(shown ?? "");
  assert.ok(certificate.verify(open(data).certificate.publicKey));
  assert.equal(certificate.checkIP("192.168.43.1"), "192.168.43.1");
  assert.equal(certificate.ca, false);
});

test("an authority that has ended is replaced, and the console says so; one whose clock was put back is kept", async () => {
  const data = folder();
  const lines: string[] = [];
  const { fingerprint } = open(data);
  const yearsBack = open(data, () => Date.now() - 2_000 * DAY, lines);
  assert.equal(yearsBack.fingerprint, fingerprint);
  assert.equal(await judged(yearsBack.serving(["127.0.0.2"]), yearsBack.certificate), null);
  assert.deepEqual(lines, []);
  const later = open(data, () => Date.now() + 91 * DAY, lines);
  assert.notEqual(later.fingerprint, fingerprint);
  assert.equal(lines.length, 1);
});
