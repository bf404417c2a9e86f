// The walls between the folders: which code may know of which. Pure folders hold the election itself, and what desk and page
// say to each other (recap/wire), and run in a browser too, as does the sender's side of the door (client); the five at work
// beside each other (intake, photos, recap, publish, sync) meet only through statements and the store, so that one can be
// read, killed or replaced without the others.
// scripts/walls.test.ts breaks each wall once and sees it caught.

/** @type {"error"} */
const ERROR = "error";

const PURE = "^src/(election|ledger|tally|export|recap/wire)/";
/** Of what sends, the part that needs no machine. */
const CLIENT = "^src/client/(?!.*-node\\.ts$)";
const TEST = "(\\.test\\.tsx?$|/testing/)";

/** What may use everything: it only wires or measures. */
const WIRING = ["server", "cli", "demo"];

/**
 * What each folder of src may import besides itself and packages; "none" is an answer too.
 * @type {Record<string, string[]>}
 */
const MAY_USE = {
  ledger: [],
  election: ["ledger"],
  tally: ["ledger", "election"],
  export: ["ledger", "election"],
  store: ["ledger", "election", "tally"],
  core: ["ledger", "election", "tally", "store"],
  intake: ["ledger", "election", "tally", "store", "core"],
  recap: ["ledger", "election", "tally", "store", "core"],
  publish: ["ledger", "election", "tally", "export", "store"],
  sync: ["ledger", "election", "tally", "store", "core"],
  photos: ["ledger", "election", "tally", "store", "core"],
  client: ["ledger", "election"],
};

const fences = Object.entries(MAY_USE).map(([folder, others]) => ({
  name: `${folder}-keeps-to-itself`,
  comment: `src/${folder} may use ${others.length > 0 ? others.map((o) => `src/${o}`).join(", ") : "no other folder"}.`,
  severity: ERROR,
  from: { path: `^src/${folder}/` },
  to: { path: "^(src|web|bench|attack|simulate|e2e|scripts)/", pathNot: `^src/(${[folder, ...others].join("|")})/` },
}));

/** @satisfies {import("dependency-cruiser").IConfiguration} */
const configuration = {
  forbidden: [
    ...fences,
    {
      name: "every-folder-has-its-wall",
      comment: "A new folder under src must say in MAY_USE what it may use.",
      severity: ERROR,
      from: { path: "^src/", pathNot: `^src/(${[...Object.keys(MAY_USE), ...WIRING].join("|")})/` },
      to: {},
    },
    {
      name: "wire-is-pure",
      comment: "What desk and page say to each other runs in both, so it may use pure folders only.",
      severity: ERROR,
      from: { path: "^src/recap/wire/", pathNot: TEST },
      to: { path: "^(src|web|bench|attack|e2e|scripts)/", pathNot: PURE },
    },
    {
      name: "pure-knows-no-machine",
      comment: "Pure code has no I/O and no clock; what differs by platform stands in src/ledger/*-node.ts.",
      severity: ERROR,
      from: { path: PURE, pathNot: [TEST, "^src/ledger/[^/]+-node\\.ts$"] },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "client-runs-in-browsers",
      comment: "Phones and pages send with it too; what differs by platform stands in src/client/*-node.ts.",
      severity: ERROR,
      from: { path: "^src/client/", pathNot: [TEST, "-node\\.ts$"] },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "wiring-is-on-top",
      comment: "Only wiring, tests of whole programs and measurements may use wiring.",
      severity: ERROR,
      from: { path: "^(src|web)/", pathNot: `^src/(${WIRING.join("|")})/` },
      to: { path: `^src/(${WIRING.join("|")})/` },
    },
    {
      name: "pages-use-pure-code-only",
      severity: ERROR,
      from: { path: "^web/([^/]+)/", pathNot: TEST },
      to: { path: "^(src|web|bench|attack|simulate|e2e|scripts)/", pathNot: ["^web/($1|ui)/", PURE, CLIENT] },
    },
    {
      name: "pages-know-no-machine",
      severity: ERROR,
      from: { path: "^web/", pathNot: TEST },
      to: { dependencyTypes: ["core"] },
    },
    { name: "no-cycles", severity: ERROR, from: {}, to: { circular: true } },
    { name: "no-loose-ends", severity: ERROR, from: {}, to: { couldNotResolve: true, pathNot: "^node:" } },
    {
      name: "tests-are-not-used",
      severity: ERROR,
      from: { pathNot: [TEST, "^(e2e|bench|attack)/"] },
      to: { path: TEST },
    },
    {
      name: "product-needs-no-development-package",
      severity: ERROR,
      from: { path: "^src/", pathNot: [TEST, "/conformance\\.ts$"] },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
  ],
  options: {
    // Type imports count: a folder that is not to know another is not to know its types either.
    tsPreCompilationDeps: true,
    parser: /** @type {"swc"} */ ("swc"),
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^dist/" },
    enhancedResolveOptions: { exportsFields: ["exports"], conditionNames: ["import", "node", "default"] },
  },
};

export default configuration;
