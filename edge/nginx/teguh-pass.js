// The pass at the edge: the same HMAC that the door checks (src/intake/pass.ts), before Node sees the request or nginx a byte of
// its body. A stranger then costs one hash in nginx, and not an event of the process that takes sheets. Only whether a pass is
// authentic and recent is checked here; whom it names, how often and with what, the door judges.
//
// For njs 0.7 and later, whose JavaScript is that of a decade ago: no classes, no template of a regular expression with names.
import crypto from "crypto";

const FORM = /^Teguh ([0-9a-f]{16}\.([0-9a-z]{1,9}))\.([A-Za-z0-9_-]{24})$/;
/** Milliseconds of a period of issue, and periods for which a pass is good: as in src/intake/pass.ts. */
const PERIOD = 600000;
const PASS_PERIODS = 1008;

/** "ok" for a pass that this node has issued and that is not too old, else "". */
function check(r) {
  const parts = FORM.exec(r.headersIn.Authorization || "");
  if (parts === null) return "";
  const age = Math.floor(Date.now() / PERIOD) - parseInt(parts[2], 36);
  if (!(age >= -1 && age < PASS_PERIODS)) return "";
  const secret = Buffer.from(r.variables.teguh_pass_secret, "hex");
  const mac = crypto.createHmac("sha256", secret).update(`teguh/pass\n${parts[1]}`).digest().slice(0, 18);
  return isSame(mac.toString("base64url"), parts[3]) ? "ok" : "";
}

/** Takes the same time wherever two texts of one length differ. */
function isSame(a, b) {
  let difference = a.length ^ b.length;
  for (let i = 0; i < a.length; i++) difference |= a.charCodeAt(i) ^ b.charCodeAt(i);
  return difference === 0;
}

export default { check };
