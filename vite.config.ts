// How the pages are built: each into a single index.html with its script and style inside, so that a reader needs one
// request before the figures, and a copy saved to a stick is a whole program. No plugin does this without dragging in
// more than the few lines below.
import { join } from "node:path";
import { defineConfig, type InlineConfig, type Plugin } from "vite";

/** Puts the one script and the one style sheet of a page into its html, and drops the files. */
function inlineIntoHtml(): Plugin {
  return {
    name: "inline-into-html",
    enforce: "post",
    generateBundle(_options, bundle) {
      const taken = new Set<string>();
      const textOf = (url: string): string => {
        const name = url.replace(/^\.?\//, "");
        const file = bundle[name];
        if (!file) throw new Error(`${url} is named by the page but was not built`);
        taken.add(name);
        // "</script" inside a string would end the element early; in JavaScript and CSS the backslash changes nothing.
        const text = file.type === "chunk" ? file.code : Buffer.from(file.source).toString();
        return text.replace(/<\/(script|style)/gi, "<\\/$1");
      };
      for (const page of Object.values(bundle)) {
        if (page.type !== "asset" || !page.fileName.endsWith(".html")) continue;
        page.source = Buffer.from(page.source)
          .toString()
          .replace(
            /<script[^>]* src="([^"]+)"[^>]*><\/script>/g,
            (_tag, url) => `<script type="module">${textOf(url)}</script>`,
          )
          .replace(/<link rel="stylesheet"[^>]* href="([^"]+)"[^>]*>/g, (_tag, url) => `<style>${textOf(url)}</style>`);
      }
      for (const name of taken) delete bundle[name];
    },
  };
}

/**
 * @param page a folder of web/ with an index.html
 * @returns the configuration that builds it into dist/<page>
 */
export function configOf(page: string): InlineConfig {
  return {
    root: join(import.meta.dirname, "web", page),
    base: "./",
    configFile: false,
    logLevel: "warn",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    build: {
      outDir: join(import.meta.dirname, "dist", page),
      emptyOutDir: true,
      assetsInlineLimit: Number.MAX_SAFE_INTEGER,
      cssCodeSplit: false,
      modulePreload: false,
      rolldownOptions: { output: { codeSplitting: false } },
      reportCompressedSize: false,
    },
    plugins: [inlineIntoHtml()],
  };
}

export default defineConfig(configOf("results"));
