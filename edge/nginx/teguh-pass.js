// The pass at the edge: the same HMAC that the door checks (src/intake/pass.ts), before Node sees the request or nginx a byte of
// its body. A stranger then costs one hash in nginx, and not an event of the process that takes sheets. Only whether a pass is
// authentic and recent is checked here; whom it names, how often and with what, the door judges.
//
// For njs 0.7 and later, whose JavaScript is that of a decade ago, and interprets it: what nginx can do itself is done there, which
// asks here only about what has the form of a pass (teguh-door.conf). The keys come through a variable of nginx, since every
// request runs this file anew and would read them from the disk.
// biome-ignore lint/style/useNodejsImportProtocol: njs knows its modules by their bare names alone.
import crypto from "crypto";

/**
 * "ok" for a pass that this door has issued and that is not too old, else "". In one piece: what stands beside it is made anew for
 * every request too (measured: five functions and two numbers more are 1.5 of 18 µs).
 */
function check(r) {
  // Milliseconds: how long a pass is good, which is also how long one key is used; how far clocks may be apart.
  const life = 604800000;
  const skew = 600000;
  const given = r.variables;
  const issued = parseInt(given.teguh_pass_issued, 36) * 1000;
  const age = Date.now() - issued;
  if (!(age >= -skew && age < life)) return "";
  // The keys are ` epoch:hex epoch:hex …`; of another epoch this edge was not given one.
  const keys = given.teguh_pass_keys;
  const name = ` ${Math.floor(issued / life)}:`;
  const at = keys.indexOf(name);
  if (at < 0) return "";
  const key = Buffer.from(keys.substr(at + name.length, 64), "hex");
  const made = crypto.createHmac("sha256", key).update(`teguh/pass\n${given.teguh_pass_of}`).digest();
  const shown = Buffer.from(given.teguh_pass_mac, "base64url");
  // It takes the same time wherever two MACs differ: three numbers of 48 bits each, which are exact.
  const difference =
    Math.abs(made.readUIntBE(0, 6) - shown.readUIntBE(0, 6)) +
    Math.abs(made.readUIntBE(6, 6) - shown.readUIntBE(6, 6)) +
    Math.abs(made.readUIntBE(12, 6) - shown.readUIntBE(12, 6));
  return difference === 0 ? "ok" : "";
}

export default { check };
