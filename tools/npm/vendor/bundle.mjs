// Fills the third-party folder of the documentation pages: `node bundle.mjs FOLDER`. Run it by tools/vendor_docs.sh.
import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";

const target = resolve(process.argv[2]);
const modules = resolve(import.meta.dirname, "node_modules");
const swagger = join(target, "swagger-ui");
const graphiql = join(target, "graphiql");

const manifest = async (name) => JSON.parse(await readFile(join(modules, name, "package.json"), "utf8"));

/** The name of the npm package that a bundled input file came from, or undefined for our own entry module. */
function packageOf(input) {
  const inside = input.split("node_modules/").at(-1);
  if (inside === input) return undefined;
  return inside.split("/").slice(0, inside.startsWith("@") ? 2 : 1).join("/");
}

async function licenceOf(name) {
  const { version, license, author } = await manifest(name);
  const holder = author?.name ?? author ?? "its authors";
  const file = (await readdir(join(modules, name))).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const text = file ? (await readFile(join(modules, name, file), "utf8")).trim() : `The package ships no licence file; its manifest says ${license}. Copyright: ${holder}.`;
  return `## ${name} ${version} (${license})\n\n${text}\n`;
}

await rm(target, { recursive: true, force: true });
await mkdir(swagger, { recursive: true });
await mkdir(graphiql, { recursive: true });

for (const name of ["swagger-ui-bundle.js", "swagger-ui-bundle.js.LICENSE.txt", "swagger-ui.css", "LICENSE", "NOTICE"]) {
  await cp(join(modules, "swagger-ui-dist", name), join(swagger, name));
}

const bundle = await build({
  entryPoints: [join(import.meta.dirname, "graphiql-entry.js")],
  outfile: join(graphiql, "graphiql.js"),
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  metafile: true,
  legalComments: "none", // the whole licence texts stand in LICENSES.md
  // `get-nonce` asks webpack for the nonce of style elements; ours stands on the page's root element.
  define: { "process.env.NODE_ENV": '"production"', __webpack_nonce__: "document.documentElement.dataset.styleNonce" },
  alias: { "react/jsx-runtime": join(modules, "react/jsx-runtime.js") },
});
await cp(join(modules, "graphiql", "graphiql.min.css"), join(graphiql, "graphiql.css"));

const packages = [...new Set(Object.keys(bundle.metafile.inputs).map(packageOf).filter(Boolean))].sort();
const licences = await Promise.all(packages.map(licenceOf));
await writeFile(join(graphiql, "LICENSES.md"), `# Licences of what graphiql.js holds\n\n${licences.join("\n")}`);

const [swaggerUi, graphiQl] = await Promise.all(["swagger-ui-dist", "graphiql"].map(manifest));
await writeFile(
  join(target, "NOTICE.md"),
  `# Third-party files

Nothing in this folder was written here: \`make vendor-docs\` (tools/vendor_docs.sh) fills it from npm, by the lock file
in tools/npm/vendor. Do not edit; run the script again. Each subfolder has its licences beside it.

| folder | package | licence | what was done to it |
| --- | --- | --- | --- |
| swagger-ui | swagger-ui-dist ${swaggerUi.version} | ${swaggerUi.license} | copied as it is |
| graphiql | graphiql ${graphiQl.version}, with React and CodeMirror | ${graphiQl.license}, and see LICENSES.md | bundled into one module and minified by esbuild; the style sheet copied as it is |
`,
);
console.log(`${packages.length} packages in graphiql.js`);
