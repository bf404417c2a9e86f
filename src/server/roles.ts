/**
 * The roles: each can be a process of its own, and each file in `roles/` says what one is made of. A process loads only what its role
 * needs: the door should be open again after a crash before the fold would even be loaded.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { NoElection, type RoleOptions, type RunningRole, type Starter } from "./roles/role.ts";

const STARTERS = {
  public: async () => (await import("./roles/public.ts")).startPublic,
  intake: async () => (await import("./roles/intake.ts")).startIntake,
  photos: async () => (await import("./roles/photos.ts")).startPhotos,
  desk: async () => (await import("./roles/desk.ts")).startDesk,
  core: async () => (await import("./roles/core.ts")).startCore,
  publish: async () => (await import("./roles/publish.ts")).startPublish,
} as const satisfies Readonly<Record<string, () => Promise<Starter>>>;

export type Role = keyof typeof STARTERS;
export const ROLES = Object.keys(STARTERS) as readonly Role[];

/** Starts a role. @throws what its starter throws */
export async function startRole(role: Role, options: RoleOptions): Promise<RunningRole> {
  // Said at once, since a store that is missing and one that is damaged fail alike further down.
  if (!existsSync(join(options.data, "store.db"))) throw new NoElection(options.data);
  const start = await STARTERS[role]();
  return start(options);
}
