/**
 * What an nginx before the door is given, and no more: the keys by which it checks passes, of the epoch that is, the one before and the
 * one to come. Whoever breaks into it can make passes for this door until they end, and nothing else (see `pass.ts`).
 */
import { toHex } from "../ledger/bytes.ts";
import { epochOf, passKey } from "./pass.ts";

/** The text of `teguh-secret.conf` (edge/nginx) at a time in milliseconds since 1970. `secret`: the door's own. */
export function edgeKeys(secret: Uint8Array, time: number): string {
  const now = epochOf(time);
  const keys = [now - 1, now, now + 1].map((epoch) => `${epoch}:${toHex(passKey(secret, epoch))}`);
  return `# Keys of passes, good for a week: secret. Made by "teguh edge"; make it anew every week.\nmap "" $teguh_pass_keys {\n    default " ${keys.join(" ")}";\n}\n`;
}
