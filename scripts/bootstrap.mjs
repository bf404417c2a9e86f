// The one door to everything that runs here: `npm start`, `npm test` and `bin/teguh` all come through it.
// It and what it imports are plain JavaScript without dependencies, for Node 20 and later, because on a fresh clone
// nothing is installed yet: it installs what is missing, then hands over to the pinned Node, whatever the machine has.
import { COMMANDS } from "./commands.mjs";
import { NotReady } from "./not-ready.mjs";
import { ensurePackages, runtimeFor } from "./packages.mjs";

/**
 * @param {string | undefined} name one of COMMANDS
 * @param {string[]} args what the person wrote after it
 * @returns {Promise<number>} the command's exit code
 */
async function main(name, args) {
  const command = Object.hasOwn(COMMANDS, name ?? "") ? COMMANDS[name ?? ""] : undefined;
  if (!command) throw new NotReady(`say what to run: ${Object.keys(COMMANDS).join(", ")}`);
  ensurePackages(command.development);
  return command.run(runtimeFor(process.platform, process.arch), args);
}

try {
  process.exitCode = await main(process.argv[2], process.argv.slice(3));
} catch (error) {
  if (!(error instanceof NotReady)) throw error;
  process.stderr.write(`teguh: ${error.message}\n`);
  process.exitCode = 2; // the contract's "could not run"
}
