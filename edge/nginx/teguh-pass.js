// The pass at the edge: the same HMAC that the door checks (src/intake/pass.ts), before Node sees the request or nginx a byte of
// its body. A stranger then costs one hash in nginx, and not an event of the process that takes sheets. Only whether a pass is
// authentic and recent is checked here; whom it names, how often and with what, the door judges.
//
// For njs 0.7 and later, whose JavaScript is that of a decade ago, and interprets it: what nginx can do itself is done there, which
// asks here only about what has the form of a pass (teguh-door.conf). The keys come through a variable of nginx, since every
// request runs this file anew and would read them from the disk.
// biome-ignore lint/style/useNodejsImportProtocol: njs knows its modules by their bare names alone.
import crypto from "crypto";

/** Milliseconds: how long a pass is good, which is also how long one key is used; how far clocks may be apart. */
const LIFE = 604800000;
const SKEW = 600000;

/** "ok" for a pass that this door has issued and that is not too old, else "". */
function check(r) {
  const given = r.variables;
  const issued = parseInt(given.teguh_pass_issued, 36) * 1000;
  const age = Date.now() - issued;
  if (!(age >= -SKEW && age < LIFE)) return "";
  const key = keyOf(given.teguh_pass_keys, Math.floor(issued / LIFE));
  if (key === null) return "";
  const mac = crypto.createHmac("sha256", key).update(`teguh/pass\n${given.teguh_pass_of}`).digest();
  return isSame(mac, Buffer.from(given.teguh_pass_mac, "base64url")) ? "ok" : "";
}

/** The key of an epoch, from ` epoch:hex epoch:hex …`; null if this edge was not given it. */
function keyOf(keys, epoch) {
  const name = ` ${epoch}:`;
  const at = keys.indexOf(name);
  return at < 0 ? null : Buffer.from(keys.substr(at + name.length, 64), "hex");
}

/** Takes the same time wherever two MACs differ: three numbers of 48 bits each, which are exact. */
function isSame(a, b) {
  return (
    Math.abs(part(a, 0) - part(b, 0)) + Math.abs(part(a, 6) - part(b, 6)) + Math.abs(part(a, 12) - part(b, 12)) === 0
  );
}

const part = (mac, from) => mac.readUIntBE(from, 6);

export default { check };
