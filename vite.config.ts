// How the pages are built. No page has a script inside it: its own script is a file named by its hash, and so is what is loaded
// later. The public page gets its style into its index.html, so that a reader needs two requests before the figures: the page,
// then its script. No plugin does this without dragging in more than the few lines below.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { defineConfig, type InlineConfig, type Plugin, type Rolldown } from "vite";

/**
 * Into how many files the scripts go: one for the first view, one for each part that is loaded later, one for what several of
 * these share, and one for proofs from tiles, which also a page wants that is visited again. Left to itself the bundler
 * makes three of the first view (measured: 750 bytes more, for what they hand to each other) and ten of an account.
 */
function chunkOf(id: string, graph: Rolldown.ChunkingContext): string | null {
  const isFirst = (module: string, seen = new Set<string>()): boolean => {
    const info = graph.getModuleInfo(module);
    if (info === null || seen.has(module)) return false;
    seen.add(module);
    return info.isEntry || info.importers.some((each) => isFirst(each, seen));
  };
  const roots = (module: string, seen = new Set<string>()): Set<string> => {
    const info = graph.getModuleInfo(module);
    if (info === null || seen.has(module)) return new Set();
    seen.add(module);
    const above = info.importers.flatMap((each) => [...roots(each, seen)]);
    return new Set(info.dynamicImporters.length > 0 ? [module, ...above] : above);
  };
  // One file for the first view: left alone the bundler cuts it up by which later script wants what of it.
  if (isFirst(id)) return "first";
  if (/\/verify\/tiles\.ts$|\/proof\.ts\?own$/.test(id)) return "proofs";
  return roots(id).size > 1 ? "shared" : null;
}

const hashOf = (content: string): string => `sha256-${createHash("sha256").update(content).digest("base64")}`;

/**
 * What a page may do, told by the page itself, so that it holds on any web server: scripts and data from its own address, the
 * one style that stands in it, named by its hash, and nothing else.
 */
function policy(style: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src '${hashOf(style)}'`,
    "connect-src 'self'",
    "img-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

/**
 * Puts the one style sheet of a page into its html, where its policy and the hash of its script are written too, and lays the
 * script packed beside itself: web servers do not pack as well, and every reader fetches it first.
 */
function firstView(): Plugin {
  return {
    name: "first-view",
    enforce: "post",
    generateBundle: {
      // After vite has put its last words into page and scripts.
      order: "post",
      handler(_options, bundle) {
        const nameOf = (url: string) => url.replace("./", "");
        const contentOf = (url: string): string => {
          const file = bundle[nameOf(url)];
          if (file === undefined) throw new Error(`${url} is named by the page but was not built`);
          return file.type === "chunk" ? file.code : Buffer.from(file.source).toString();
        };
        for (const page of Object.values(bundle)) {
          if (page.type !== "asset" || !page.fileName.endsWith(".html")) continue;
          let style = "";
          // Comments and white space between elements are for whoever writes the page.
          const html = Buffer.from(page.source)
            .toString()
            .replace(/<!--[\s\S]*?-->/g, "")
            .replace(/\s+/g, " ")
            .replace(/> </g, "><")
            .replace(/<script[^>]* src="([^"]+)"[^>]*>/g, (_tag, url: string) => {
              const script = contentOf(url);
              this.emitFile({ type: "asset", fileName: `${nameOf(url)}.br`, source: brotliCompressSync(script) });
              return `<script type="module" src="${url}" integrity="${hashOf(script)}">`;
            })
            .replace(/<link rel="stylesheet"[^>]* href="([^"]+)"[^>]*>/g, (_tag, url: string) => {
              // "</style" inside a string would end the element early; in CSS the backslash changes nothing.
              style = contentOf(url).replace(/<\/style/gi, "<\\/style");
              delete bundle[nameOf(url)];
              return `<style>${style}</style>`;
            });
          const tag = `<meta http-equiv="Content-Security-Policy" content="${policy(style)}" />`;
          page.source = html.replace("<head>", () => `<head>${tag}`);
        }
      },
    },
  };
}

/** What vite wraps around each script that is loaded later looks for style sheets and preloads: there are none. */
function plainImports(): Plugin {
  return {
    name: "plain-imports",
    enforce: "pre",
    load: (id) => (id.endsWith("vite/preload-helper.js") ? "export const __vitePreload = (load) => load();" : null),
  };
}

/**
 * Which file gets a copy of its own of which other: one half of it is in the first view, the other half would be there for nothing.
 * The library's SHA-512 is wanted by its Ed25519 alone, with what it stands on; making proofs is for those who come again.
 */
const COPIES: readonly (readonly [importer: RegExp, source: RegExp])[] = [
  [/\/ed25519-browser\.ts$/, /^@noble\/hashes\//],
  [/@noble\/hashes\/.*\?own$/, /\/_(u64|md)\.js$/],
  [/\/(verify\/(tiles|continuity)|printed\/printed)\.ts$/, /\/ledger\/proof\.ts$/],
  [/\/printed\/printed\.ts$/, /\/election\/codes\.ts$/],
];

function copiesOfTheirOwn(): Plugin {
  return {
    name: "copies-of-their-own",
    enforce: "pre",
    async resolveId(source, importer = "") {
      if (!COPIES.some(([from, what]) => from.test(importer) && what.test(source))) return null;
      const found = await this.resolve(source, importer, { skipSelf: true });
      return found && `${found.id}?own`;
    },
  };
}

const FEW_FILES = { includeDependenciesRecursively: false, groups: [{ name: chunkOf, debugName: "chunks" }] };

/**
 * Pages that are read over slow links by people who come once: in as few files as can be, and signatures checked by the browser
 * itself as the file that is named says, with the library only where it cannot.
 */
const READ_ONCE: Readonly<Record<string, string>> = { results: "web/results/verify/signatures.ts" };

/**
 * @param page a folder of web/ with an index.html
 * @returns the configuration that builds it into dist/<page>
 */
export function configOf(page: string): InlineConfig {
  const signatures = READ_ONCE[page];
  const isReadOnce = signatures !== undefined;
  return {
    root: join(import.meta.dirname, "web", page),
    base: "./",
    configFile: false,
    logLevel: "warn",
    resolve: { alias: !isReadOnce ? {} : { "#ed25519": join(import.meta.dirname, signatures) } },
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: join(import.meta.dirname, "dist", page),
      emptyOutDir: true,
      assetsInlineLimit: isReadOnce ? Number.MAX_SAFE_INTEGER : 0,
      cssCodeSplit: !isReadOnce,
      modulePreload: false,
      rolldownOptions: {
        output: {
          entryFileNames: "assets/[hash].js",
          chunkFileNames: "assets/[hash].js",
          ...(isReadOnce ? { codeSplitting: FEW_FILES } : {}),
        },
      },
      reportCompressedSize: false,
    },
    worker: {
      format: "es",
      rolldownOptions: { output: { entryFileNames: "assets/[hash].js", chunkFileNames: "assets/[hash].js" } },
    },
    plugins: isReadOnce ? [plainImports(), copiesOfTheirOwn(), firstView()] : [],
  };
}

export default defineConfig(configOf("results"));
