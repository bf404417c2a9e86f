/** Requests in a file, each behind its length (uint32 LE): how an attacker in another process is given what to send. */

export function packed(requests: readonly Buffer[]): Buffer {
  const parts = requests.flatMap((request) => {
    const length = Buffer.alloc(4);
    length.writeUInt32LE(request.length);
    return [length, request];
  });
  return Buffer.concat(parts);
}

/** The requests again. */
export function unpacked(bytes: Buffer): Buffer[] {
  const requests: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes.readUInt32LE(at);
    requests.push(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return requests;
}
