/** Objects over HTTP, each checked against its hash: what a worker makes files from. */
import { ExportError, type ObjectSource } from "../../../src/export/source.ts";
import { fromUtf8 } from "../../../src/ledger/bytes.ts";
import type { JsonObject } from "../../../src/ledger/canonical.ts";
import { hashHex } from "../../../src/ledger/hash.ts";
import { Fault } from "../verify/fault.ts";
import { httpFetch, objectPath } from "../verify/files.ts";

/** What a person is told when a file is missing or is not what was signed. */
export function troubleOf(cause: unknown): { readonly id: string; readonly en: string } {
  if (cause instanceof ExportError) return { id: cause.id, en: cause.en };
  if (cause instanceof Fault && cause.code === "unreachable") {
    return {
      id: "Sebagian data tidak dapat diambil. Periksa sambungan Anda, lalu coba lagi.",
      en: "Some of the data could not be fetched. Check your connection, then try again.",
    };
  }
  const detail = cause instanceof Error ? cause.message : String(cause);
  return { id: `Berkas tidak dapat dibuat: ${detail}`, en: `The file could not be made: ${detail}` };
}

/** A source that reads from the public folder at `base`. */
export function httpSource(base: string): ObjectSource {
  const fetch = httpFetch(base);
  return {
    async object(hash) {
      const path = objectPath(hash);
      const bytes = await fetch(path);
      if (bytes === null) {
        throw new ExportError(
          "sebagian data terbitan ini sudah tidak disimpan lengkap; muat data terbaru, lalu ulangi",
          "some of this edition is no longer kept whole; load the newest data and try again",
        );
      }
      if (hashHex(bytes) !== hash) {
        throw new ExportError(
          `isi berkas ${path} bukan yang ditandatangani dalam terbitan; tidak ada yang dibuat`,
          `the content of ${path} is not what the edition signed; nothing was made`,
        );
      }
      return JSON.parse(fromUtf8(bytes)) as JsonObject;
    },
  };
}
