// The pass at the edge: the same HMAC that the door checks (src/intake/pass.ts), before Node sees the request or nginx a byte of
// its body. A stranger then costs one hash in nginx, and not an event of the process that takes sheets. Only whether a pass is
// authentic and recent is checked here; whom it names, how often and with what, the door judges.
//
// For njs 0.7 and later, whose JavaScript is that of a decade ago. The keys come through a variable of nginx, since every
// request runs this file anew and would read them from the disk.
// biome-ignore lint/style/useNodejsImportProtocol: njs knows its modules by their bare names alone.
import crypto from "crypto";

const FORM = /^Teguh ([0-9a-f]{16}\.[0-9]{1,13}\.([0-9a-z]{1,9}))\.([A-Za-z0-9_-]{24})$/;
/** Milliseconds: how long a pass is good, which is also how long one key is used; how far clocks may be apart. */
const LIFE = 604800000;
const SKEW = 600000;

/** "ok" for a pass that this door has issued and that is not too old, else "". */
function check(r) {
  const parts = FORM.exec(r.headersIn.Authorization || "");
  if (parts === null) return "";
  const issued = parseInt(parts[2], 36) * 1000;
  const age = Date.now() - issued;
  if (!(age >= -SKEW && age < LIFE)) return "";
  const key = keyOf(r.variables.teguh_pass_keys, Math.floor(issued / LIFE));
  if (key === null) return "";
  const mac = crypto.createHmac("sha256", key).update(`teguh/pass\n${parts[1]}`).digest().slice(0, 18);
  return isSame(mac.toString("base64url"), parts[3]) ? "ok" : "";
}

/** The key of an epoch, from `epoch:hex epoch:hex …`; null if this edge was not given it. */
function keyOf(keys, epoch) {
  const name = `${epoch}:`;
  const at = ` ${keys}`.indexOf(` ${name}`);
  return at < 0 ? null : Buffer.from(keys.substr(at + name.length, 64), "hex");
}

/** Takes the same time wherever two texts of one length differ. */
function isSame(a, b) {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

export default { check };
