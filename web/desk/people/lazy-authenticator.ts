/** The browser's own answer to passkeys (`passkey.ts`), fetched only when somebody uses one: most halls never do. */
import type { Authenticator } from "./authenticator.ts";

export const lazyAuthenticator: Authenticator = {
  create: async (...args) => (await import("./passkey.ts")).browserAuthenticator.create(...args),
  open: async (...args) => (await import("./passkey.ts")).browserAuthenticator.open(...args),
};
