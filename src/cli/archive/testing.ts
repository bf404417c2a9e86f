/**
 * For tests: packs ZIP archives and writes records in the format of the commission's archive, all figures invented.
 */
import { crc32, deflateRawSync } from "node:zlib";
import { utf8 } from "../../ledger/bytes.ts";

export interface Packed {
  readonly name: string;
  readonly content: string;
  readonly stored?: boolean;
}

/** A ZIP archive of these files; `zip64`: with a ZIP64 directory, as packers write it for many files. */
export function makeZip(files: readonly Packed[], zip64 = false): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const content = Buffer.from(file.content);
    const packed = file.stored ? content : deflateRawSync(content);
    const name = Buffer.from(file.name);
    const header = Buffer.alloc(26);
    header.writeUInt16LE(20, 0);
    header.writeUInt16LE(file.stored ? 0 : 8, 4);
    header.writeUInt16LE(((2024 - 1980) << 9) | (3 << 5) | 13, 8);
    header.writeUInt32LE(crc32(content), 10);
    header.writeUInt32LE(packed.length, 14);
    header.writeUInt32LE(content.length, 18);
    header.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([number32(0x04034b50), header, name, packed]);
    directory.push(
      Buffer.concat([number32(0x02014b50), Buffer.alloc(2), header, Buffer.alloc(10), number32(offset), name]),
    );
    parts.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(zip64 ? 0xffff : files.length, 10);
  end.writeUInt32LE(zip64 ? 0xffffffff : central.length, 12);
  end.writeUInt32LE(zip64 ? 0xffffffff : offset, 16);
  return Buffer.concat([...parts, central, ...(zip64 ? end64(files.length, central.length, offset) : []), end]);
}

function end64(count: number, size: number, offset: number): Buffer[] {
  const record = Buffer.alloc(56);
  record.writeUInt32LE(0x06064b50, 0);
  record.writeBigUInt64LE(BigInt(count), 32);
  record.writeBigUInt64LE(BigInt(size), 40);
  record.writeBigUInt64LE(BigInt(offset), 48);
  const locator = Buffer.alloc(20);
  locator.writeUInt32LE(0x07064b50, 0);
  locator.writeBigUInt64LE(BigInt(offset + size), 8);
  return [record, locator];
}

function number32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** The figures of an invented station where `voters` of `registered` voted and `invalid` ballots were spoilt. */
export function administration(registered: number, voters: number, invalid: number): Record<string, number> {
  const half = (n: number) => [Math.floor(n / 2), Math.ceil(n / 2), n] as const;
  const groups: readonly [string, number][] = [
    ["pemilih_dpt", registered],
    ["pengguna_dpt", voters],
    ["pengguna_dptb", 0],
    ["pengguna_non_dpt", 0],
    ["pengguna_total", voters],
  ];
  const figures: Record<string, number> = {
    suara_sah: voters - invalid,
    suara_tidak_sah: invalid,
    suara_total: voters,
  };
  for (const [group, n] of groups) {
    const [l, p, j] = half(n);
    Object.assign(figures, { [`${group}_l`]: l, [`${group}_p`]: p, [`${group}_j`]: j });
  }
  return figures;
}

/** A record of a presidential station: votes for pairs 100025, 100026, 100027. */
export function record(votes: readonly number[] | null, ts: string, registered = 250): Record<string, unknown> {
  const [a = 0, b = 0, c = 0] = votes ?? [];
  const valid = a + b + c;
  return {
    chart: votes === null ? null : { 100025: a, 100026: b, 100027: c, null: null },
    images: [votes === null ? null : `https://archive.example/${ts}.jpg`],
    administrasi: votes === null ? null : administration(registered, valid + 2, 2),
    psu: null,
    ts,
    status_suara: votes !== null,
    status_adm: votes !== null,
  };
}

/** The bytes of JSON Lines, each record with its station's code. */
export function jsonLines(records: readonly (readonly [string, Record<string, unknown>])[]): Uint8Array {
  return utf8(records.map(([kode, rest]) => `${JSON.stringify({ kode, ...rest })}\n`).join(""));
}
