// What the tests of edge/ and the attacks run the shipped files with. Unlike a browser they are no condition: a test that
// lacks one says so in a line and is not run.
import { existsSync } from "node:fs";
import { installPackages } from "./debian.mjs";

/** The file by which each package of Debian is known to be there. */
const PACKAGES = {
  "nginx-light": "/usr/sbin/nginx",
  "libnginx-mod-http-brotli-filter": "/usr/lib/nginx/modules/ngx_http_brotli_filter_module.so",
  "libnginx-mod-http-brotli-static": "/usr/lib/nginx/modules/ngx_http_brotli_static_module.so",
  "libnginx-mod-http-js": "/usr/lib/nginx/modules/ngx_http_js_module.so",
  nftables: "/usr/sbin/nft",
  iproute2: "/usr/sbin/ip",
  openssl: "/usr/bin/openssl",
};

/** Installs what is missing, where that is possible without asking anyone. */
export function tryEdgeTools() {
  const missing = Object.entries(PACKAGES).filter(
    ([, file]) => !existsSync(file) && !existsSync(file.slice("/usr".length)),
  );
  if (missing.length > 0 && process.getuid?.() === 0) {
    installPackages(
      "what tests the files of edge/",
      missing.map(([name]) => name),
    );
  }
}
