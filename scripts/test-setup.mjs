// Lets the test runner load the pages' components: node strips types but does not know JSX, nor style sheets.
// The transformer is the one that builds the pages, loaded only by a test that meets a .tsx.
import { readFileSync } from "node:fs";
import { createRequire, registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);

registerHooks({
  load(url, context, nextLoad) {
    const path = new URL(url).pathname;
    if (path.endsWith(".css")) return { format: "module", source: "export default {};", shortCircuit: true };
    if (!path.endsWith(".tsx")) return nextLoad(url, context);
    const file = fileURLToPath(url);
    const { transformSync } = require("rolldown/utils");
    const { code, errors } = transformSync(file, readFileSync(file, "utf8"), {
      jsx: { runtime: "automatic", importSource: "preact" },
    });
    if (errors[0]) throw new SyntaxError(`${file}: ${errors[0].message}`);
    return { format: "module", source: code, shortCircuit: true };
  },
});
