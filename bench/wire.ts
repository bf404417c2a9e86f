/**
 * Requests as bytes over bare sockets, one after the other on each: what a flood costs is measured against a client that costs
 * hardly anything itself, and with requests that no HTTP library would send.
 */
import { connect, type Socket } from "node:net";

/** A request as it goes over the wire, put together beforehand. */
export function wireRequest(path: string, body: Uint8Array, authorization: string | null): Buffer {
  const lines = [`POST ${path} HTTP/1.1`, "host: door", `content-length: ${body.length}`];
  if (authorization !== null) lines.push(`authorization: ${authorization}`);
  return Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`), body]);
}

/** Sends all over so many connections, each waiting for its answer; how often each status came. */
export async function sendOverWire(
  address: string,
  requests: readonly Buffer[],
  connections: number,
): Promise<Map<number, number>> {
  const { hostname, port } = new URL(address);
  const statuses = new Map<number, number>();
  let next = 0;
  const line = () =>
    new Promise<void>((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      const send = (): void => {
        const request = requests[next++];
        if (request === undefined) socket.end(resolve);
        else socket.write(request);
      };
      socket.on("error", reject).on("connect", send);
      onAnswers(socket, (status) => {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        send();
      });
    });
  await Promise.all(Array.from({ length: connections }, line));
  return statuses;
}

const HEAD_END = "\r\n\r\n";

/** Calls back with the status of each whole answer. */
function onAnswers(socket: Socket, onStatus: (status: number) => void): void {
  let text = "";
  socket.setEncoding("latin1").on("data", (part: string) => {
    text += part;
    for (;;) {
      const end = text.indexOf(HEAD_END);
      if (end < 0) return;
      const length = Number(/content-length: (\d+)/i.exec(text.slice(0, end))?.[1] ?? 0);
      const whole = end + HEAD_END.length + length;
      if (text.length < whole) return;
      const status = Number(text.slice(9, 12));
      text = text.slice(whole);
      onStatus(status);
    }
  });
}
