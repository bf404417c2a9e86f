/** `teguh start --kecamatan`: a laptop that holds one kecamatan's plenary alone, from a bundle at its first start. */
import { randomBytes } from "node:crypto";
import { createReadStream, existsSync } from "node:fs";
import { isIPv4 } from "node:net";
import { join } from "node:path";
import { isRegionCode, type RegionCode } from "../election/codes.ts";
import { parseVkey } from "../ledger/note.ts";
import { People, peopleFrom } from "../recap/people.ts";
import { inGroups } from "../recap/wire/network.ts";
import { runHall, type StartHallOptions } from "../server/hall-main.ts";
import { isLocalAddress } from "../server/hall-network/certificate.ts";
import { type HallAddresses, openDoor } from "../server/hall-role.ts";
import { ROLE_NAMES } from "../server/main.ts";
import { writeDurable } from "../store/durable.ts";
import { receivePhotos } from "../sync/bundle-photos.ts";
import { copyBundleName, copyFileName } from "../sync/copy.ts";
import { bringFiles, bringLogs } from "../sync/copy-bring.ts";
import { chooseCopyPlace } from "../sync/copy-place.ts";
import {
  BUNDLE_FILE,
  bundleWithoutPhotos,
  genesisOf,
  nodeSettings,
  nodeVkey,
  openNode,
  readBundleFile,
  receiveBundle,
} from "../sync/node-folder.ts";
import { SYNC_WORDS } from "../sync/refusals.ts";
import { shortOf } from "../tally/authority.ts";
import { type Arguments, CommandError, type ExitCode, type Io } from "./command.ts";

/** Ports and what else `teguh start` is told. */
export type HallArguments = Omit<StartHallOptions, "onReady" | "network">;

/** Makes the folder if there is a bundle, and runs the hall until the signal. @throws CommandError, SyncRefused */
export async function startHallCommand(args: Arguments, io: Io, options: HallArguments): Promise<ExitCode> {
  const region = args.text("kecamatan") ?? "";
  if (!isRegionCode(region) || region.length !== 6)
    throw new CommandError(`--kecamatan: "${region}" is no code of a kecamatan (6 digits)`);
  const from = args.text("from");
  if (from !== undefined) await bringCopy(from, region, args.text("genesis") ?? null, options);
  const bundle = args.text("bundle");
  if (bundle !== undefined) await receive(bundle, region, args.text("genesis") ?? null, options.data);
  const settings = nodeSettings(options.data);
  if (settings === null)
    throw new CommandError(
      `${options.data} is no laptop's folder yet; its first start needs --bundle FILE, or --from COPY`,
    );
  if (settings.region !== region)
    throw new CommandError(`${options.data} is the folder of kecamatan ${settings.region}, not of ${region}`);
  const copy = args.text("copy");
  if (copy !== undefined) chooseCopyPlace(options.data, copy, { election: genesisOf(settings).electionTag, region });
  const key = shortOf(parseVkey(nodeVkey(options.data, settings)).publicKey);
  options.log(
    `genesis ${settings.genesis.id}: cocokkan dengan yang diumumkan KPU / compare with what KPU has announced`,
  );
  options.log(`kunci laptop ini / key of this laptop: ${key} (${join(options.data, "keys")})`);
  const code = await runHall({
    ...options,
    network: networkIn(args),
    onReady: (addresses) => {
      for (const role of ["public", "intake", "desk"] as const) io.out(`${ROLE_NAMES[role]}: ${addresses[role]}\n`);
      if (addresses.network !== null) tellNetwork(io, addresses.network);
    },
  });
  return code === 0 ? 0 : 2;
}

/** Where nobody else can reach the laptop there is no network to guard. */
function networkIn(args: Arguments): StartHallOptions["network"] {
  const addresses = args.text("address")?.split(",");
  const wrong = addresses?.find((address) => !isIPv4(address) || !isLocalAddress(address));
  if (wrong !== undefined)
    throw new CommandError(`--address: ${wrong} is no IPv4 address of a local network (10.…, 172.16–31.…, 192.168.…)`);
  if (addresses === undefined && ["127.0.0.1", "localhost", "::1"].includes(args.text("host") ?? "")) return null;
  return {
    addresses,
    deskTlsPort: args.number("desk-tls-port") ?? 8443,
    intakeTlsPort: args.number("intake-tls-port") ?? 8444,
  };
}

function tellNetwork(io: Io, { fingerprint, addresses }: NonNullable<HallAddresses["network"]>): void {
  io.out(`sidik jari sertifikat aula / fingerprint of the hall's certificate: ${inGroups(fingerprint)}\n`);
  for (const { steps, desk } of addresses) io.out(`perangkat di aula / devices in the hall: ${steps} → ${desk}\n`);
}

/** `isCopied`: by the copy of a hall, which has the photos file by file and not in the bundle. */
async function receive(
  path: string,
  region: RegionCode,
  genesis: string | null,
  data: string,
  isCopied = false,
): Promise<void> {
  const known = nodeSettings(data)?.genesis.id ?? null;
  const bundle = readBundleFile(path, { genesis: genesis ?? known, region }, isCopied);
  const settings = await receiveBundle(data, bundle, (count) => new Uint8Array(randomBytes(count)));
  const people = bundle.people === null ? [] : peopleFrom(bundle.people);
  if (people === null) throw new CommandError(`${path}: its list of people is of another version; update the program`);
  People.open(data, settings.election).add(people);
  receivePhotos(data, path, bundle.photosAt, bundle);
  writeDurable(join(data, BUNDLE_FILE), bundleWithoutPhotos(path, bundle));
}

/** Makes or brings up to date a laptop's folder from the copy of another's, or of its own. */
async function bringCopy(
  folder: string,
  region: RegionCode,
  genesis: string | null,
  { data, log }: Pick<HallArguments, "data" | "log">,
): Promise<void> {
  const files = join(folder, copyFileName(region));
  if (!existsSync(files))
    throw new CommandError(`${folder} has no ${copyFileName(region)}: name the folder teguh-${region} of the copy`);
  // First the people as the copy has them: a key that has its PIN is not to become the bundle's, which has none.
  await bringFiles(folder, data);
  await receive(join(folder, copyBundleName(region)), region, genesis, data, true);
  const node = await openNode(data, Date.now);
  try {
    const { door } = openDoor(node, Date.now);
    const { logs, trouble } = await bringLogs(
      node.replica,
      () => createReadStream(files),
      (note) => door.relayed([note]),
    );
    for (const { log: name, before, after, refused } of logs) {
      const why = refused === null ? "" : `; ${refused}`;
      log(`dari salinan / from the copy: ${name} ${before} → ${after}${why}`);
    }
    if (trouble !== null) log(`${files}: ${SYNC_WORDS[trouble].id} / ${SYNC_WORDS[trouble].en}`);
  } finally {
    await node.close();
  }
}
