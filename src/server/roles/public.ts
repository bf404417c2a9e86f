/** The public side: files, and nothing that could reach anything else. */
import { join } from "node:path";
import { comeFirst } from "../../store/precedence.ts";
import { publicServer } from "../public.ts";
import { listen, type Starter } from "./role.ts";

/** Editions come once a second, and readers keep what changes for two. Milliseconds. */
const UNLOOKED = 100;

export const startPublic: Starter = async ({ data, siteFolder, ...options }) => {
  comeFirst();
  return listen(publicServer({ publicFolder: join(data, "public"), siteFolder, unlookedFor: UNLOOKED }), options);
};
