// How the pages are built. The public page gets its script and style into its index.html, so that a reader needs one request
// before the figures, and what the first screen does not need into files of their own, named by their hash. No plugin does
// this without dragging in more than the few lines below. The desk signs, so its policy allows no script inside a page: all
// of it stays in files.
import { createHash } from "node:crypto";
import { join } from "node:path";
import { defineConfig, type InlineConfig, type Plugin, type Rolldown } from "vite";

/** The script of the page; it and what it imports go into the html and have no files. */
const PAGE_SCRIPT = "page.js";

/** Where a script that stands in the html hands over what it exports, by the name that its file would have. */
const handed = (file: string) => `(globalThis.teguhPage??={})["${nameOf(file)}"]`;
const nameOf = (file: string) => file.slice(file.lastIndexOf("/") + 1);

/** The pairs of an import or export list, `a as b, c`, with the names turned about or not. */
function pairs(list: string, write: (from: string, to: string) => string): string {
  const names = list.split(",").map((name) => name.trim());
  return names.map((name) => write(...(name.split(" as ").concat(name).slice(0, 2) as [string, string]))).join(",");
}

/** A script of the html, handing what it exports to the others instead of to modules that could import it. */
function handingOver(code: string, file: string): string {
  return code.replace(/export\s*\{([^}]*)\};?\s*$/, (_all, list) => {
    return `${handed(file)}={${pairs(list, (local, exported) => `${exported}:${local}`)}};`;
  });
}

/** A script that takes from those of the html what it would import from their files. */
function takingOver(code: string, first: ReadonlySet<string>): string {
  const named = code.replace(/import\s*\{([^}]*)\}\s*from\s*"([^"]*)";?/g, (statement, list, from) => {
    if (!first.has(nameOf(from))) return statement;
    return `const{${pairs(list, (exported, local) => `${exported}:${local}`)}}=${handed(from)};`;
  });
  // Imported for what it does alone: in the html that has been done.
  return named.replace(/import\s*"([^"]*)";?/g, (statement, from) => (first.has(nameOf(from)) ? "" : statement));
}

type Chunk = Rolldown.OutputChunk;

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

/** The page's script and all that it cannot do without, in the order in which they must run. */
function firstScripts(bundle: Rolldown.OutputBundle): Chunk[] {
  const found: Chunk[] = [];
  const visit = (file: string) => {
    const chunk = bundle[file];
    if (chunk?.type !== "chunk" || found.includes(chunk)) return;
    for (const needed of chunk.imports) visit(needed);
    found.push(chunk);
  };
  visit(PAGE_SCRIPT);
  return found;
}

/**
 * What a page may do, told by the page itself, so that it holds on any web server: the one script and the one style that
 * stand in it, named by their hashes, further scripts and all data from its own address, and nothing else.
 */
function policy(html: string): string {
  const hashes = (tag: string) =>
    [...html.matchAll(new RegExp(`<${tag}[^>]*>([^]*?)</${tag}>`, "g"))].map(
      ([, text = ""]) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`,
    );
  const rules = [
    "default-src 'none'",
    `script-src 'self' ${hashes("script").join(" ")}`,
    `style-src ${hashes("style").join(" ")}`,
    "connect-src 'self'",
    "img-src data: blob:",
    "manifest-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
  return html
    .replace(/\s*<!--[\s\S]*?-->/g, "")
    .replace("<head>", () => `<head>\n    <meta http-equiv="Content-Security-Policy" content="${rules.join("; ")}" />`);
}

/** Puts the first scripts and the one style sheet of a page into its html, and drops the files. */
function inlineIntoHtml(): Plugin {
  return {
    name: "inline-into-html",
    enforce: "post",
    generateBundle: {
      // After vite has put its last words into the scripts: those of files that are gone it would leave out.
      order: "post",
      handler(_options, bundle) {
        const scripts = firstScripts(bundle);
        const first = new Set(scripts.map(({ fileName }) => nameOf(fileName)));
        for (const file of Object.values(bundle)) if (file.type === "chunk") file.code = takingOver(file.code, first);
        // "</script" inside a string would end the element early; in JavaScript and CSS the backslash changes nothing.
        const closed = (text: string) => text.replace(/<\/(script|style)/gi, "<\\/$1");
        const elements = scripts.map(
          ({ code, fileName }) => `<script type="module">${closed(handingOver(code, fileName))}</script>`,
        );
        const taken = new Set(scripts.map(({ fileName }) => fileName));
        const styleOf = (url: string): string => {
          const name = url.replace(/^\.?\//, "");
          const file = bundle[name];
          if (file?.type !== "asset") throw new Error(`${url} is named by the page but was not built`);
          taken.add(name);
          return closed(Buffer.from(file.source).toString());
        };
        for (const page of Object.values(bundle)) {
          if (page.type !== "asset" || !page.fileName.endsWith(".html")) continue;
          page.source = Buffer.from(page.source)
            .toString()
            .replace(/<script[^>]* src="[^"]+"[^>]*><\/script>/g, () => elements.join(""))
            .replace(
              /<link rel="stylesheet"[^>]* href="([^"]+)"[^>]*>/g,
              (_tag, url) => `<style>${styleOf(url)}</style>`,
            );
          page.source = policy(page.source);
        }
        for (const name of taken) delete bundle[name];
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
 * Pages that are read over slow links by people who come once: all in one file, and signatures checked by the browser itself as
 * the file that is named says, with the library only where it cannot.
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
          entryFileNames: isReadOnce ? PAGE_SCRIPT : "assets/[hash].js",
          chunkFileNames: "assets/[hash].js",
          ...(isReadOnce ? { codeSplitting: FEW_FILES } : {}),
        },
      },
      reportCompressedSize: false,
    },
    // What works beside the page has no html to stand in.
    worker: {
      format: "es",
      rolldownOptions: { output: { entryFileNames: "assets/[hash].js", chunkFileNames: "assets/[hash].js" } },
    },
    plugins: isReadOnce ? [plainImports(), copiesOfTheirOwn(), inlineIntoHtml()] : [],
  };
}

export default defineConfig(configOf("results"));
