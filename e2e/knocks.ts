// Runs inside a network of its own, where the kernel's rules of edge/nftables are loaded: opens connections from several
// addresses to a server on port 443 and prints how many of each stood. For edge-files.test.ts.
import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";

/** Source addresses and how many connections each tries, one after the other. */
const KNOCKS: readonly (readonly [from: string, count: number])[] = [
  ["127.9.0.1", 350],
  ["127.9.0.2", 1],
  ["127.9.7.1", 300],
  ["127.9.7.2", 300],
  ["127.9.7.3", 300],
  ["127.9.7.4", 300],
];

const server = createServer(() => undefined).listen(443, "0.0.0.0", 4096);
await once(server, "listening");
const open: Socket[] = [];
const stood: Record<string, number> = {};
for (const [from, count] of KNOCKS) {
  const knocks = Array.from({ length: count }, async () => {
    const socket = connect({ host: "127.0.0.1", port: 443, localAddress: from });
    open.push(socket);
    return once(socket, "connect").then(
      () => true,
      () => false,
    );
  });
  stood[from] = (await Promise.all(knocks)).filter(Boolean).length;
}
process.stdout.write(JSON.stringify(stood));
process.exit(0);
