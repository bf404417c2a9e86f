// How the pages are built. The public page gets its script and style into its index.html, so that a reader needs one request
// before the figures, and what the first screen does not need into files of their own, named by their hash. No plugin does
// this without dragging in more than the few lines below. The desk signs, so its policy allows no script inside a page: all
// of it stays in files.
import { join } from "node:path";
import { defineConfig, type InlineConfig, type Plugin } from "vite";

/** The script that goes into the html; it has no file, so what is loaded later finds what it shares with it here. */
const PAGE_SCRIPT = "page.js";
const SHARED = "globalThis.teguhPage";

/** The pairs of an import or export list, `a as b, c`, with the names turned about or not. */
function pairs(list: string, write: (from: string, to: string) => string): string {
  const names = list.split(",").map((name) => name.trim());
  return names.map((name) => write(...(name.split(" as ").concat(name).slice(0, 2) as [string, string]))).join(",");
}

/** The page's script, handing what it exports to the scripts loaded later instead of to modules that could import it. */
function handingOver(code: string): string {
  return code.replace(/export\s*\{([^}]*)\};?\s*$/, (_all, list) => {
    return `${SHARED}={${pairs(list, (local, exported) => `${exported}:${local}`)}};`;
  });
}

/** A script loaded later, taking from the page what it would import. */
function takingOver(code: string): string {
  return code.replace(/import\s*\{([^}]*)\}\s*from\s*"[^"]*\/page\.js";?/g, (_all, list) => {
    return `const{${pairs(list, (exported, local) => `${exported}:${local}`)}}=${SHARED};`;
  });
}

/** Puts the first script and the one style sheet of a page into its html, and drops the files. */
function inlineIntoHtml(): Plugin {
  return {
    name: "inline-into-html",
    enforce: "post",
    generateBundle: {
      // After vite has put its last words into the scripts: those of files that are gone it would leave out.
      order: "post",
      handler(_options, bundle) {
        const taken = new Set<string>();
        const textOf = (url: string): string => {
          const name = url.replace(/^\.?\//, "");
          const file = bundle[name];
          if (!file) throw new Error(`${url} is named by the page but was not built`);
          taken.add(name);
          // "</script" inside a string would end the element early; in JavaScript and CSS the backslash changes nothing.
          const text = file.type === "chunk" ? handingOver(file.code) : Buffer.from(file.source).toString();
          return text.replace(/<\/(script|style)/gi, "<\\/$1");
        };
        for (const file of Object.values(bundle)) {
          if (file.type === "chunk" && file.fileName !== PAGE_SCRIPT) file.code = takingOver(file.code);
        }
        for (const page of Object.values(bundle)) {
          if (page.type !== "asset" || !page.fileName.endsWith(".html")) continue;
          page.source = Buffer.from(page.source)
            .toString()
            .replace(
              /<script[^>]* src="([^"]+)"[^>]*><\/script>/g,
              (_tag, url) => `<script type="module">${textOf(url)}</script>`,
            )
            .replace(
              /<link rel="stylesheet"[^>]* href="([^"]+)"[^>]*>/g,
              (_tag, url) => `<style>${textOf(url)}</style>`,
            );
        }
        for (const name of taken) delete bundle[name];
      },
    },
  };
}

/** Pages that are read over slow links by people who come once. */
const IN_ONE_FILE: readonly string[] = ["results"];

/**
 * @param page a folder of web/ with an index.html
 * @returns the configuration that builds it into dist/<page>
 */
export function configOf(page: string): InlineConfig {
  const isInOneFile = IN_ONE_FILE.includes(page);
  return {
    root: join(import.meta.dirname, "web", page),
    base: "./",
    configFile: false,
    logLevel: "warn",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: join(import.meta.dirname, "dist", page),
      emptyOutDir: true,
      assetsInlineLimit: isInOneFile ? Number.MAX_SAFE_INTEGER : 0,
      cssCodeSplit: !isInOneFile,
      modulePreload: false,
      rolldownOptions: {
        output: { entryFileNames: isInOneFile ? PAGE_SCRIPT : "assets/[hash].js", chunkFileNames: "assets/[hash].js" },
      },
      reportCompressedSize: false,
    },
    plugins: isInOneFile ? [inlineIntoHtml()] : [],
  };
}

export default defineConfig(configOf("results"));
