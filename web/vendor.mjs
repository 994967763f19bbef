// Bundles GraphiQL, as package-lock.json pins it, into playground/vendor, so
// that `go build` needs no Node and the page needs no network. With --check it
// writes nothing and fails when the committed files differ.
//
// GraphiQL's stylesheet inlines 350 KB of web fonts. They are left out:
// playground.css names fonts that the reader has, Chinese ones among them.

import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, "node_modules");
const vendor = join(here, "playground", "vendor");

if (!existsSync(join(modules, "esbuild"))) fail("web/node_modules is missing: run `npm ci --prefix web`");
const esbuild = await import("esbuild");

const files = new Map();
const bundle = await esbuild.build({
  absWorkingDir: here,
  entryPoints: ["vendor-entry.mjs"],
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  charset: "utf8",
  legalComments: "none", // LICENSES.txt has them all
  define: { "process.env.NODE_ENV": '"production"' },
  metafile: true,
  write: false,
  logLevel: "error",
});
files.set("graphiql.js", bundle.outputFiles[0].text);

const styles = readFileSync(join(modules, "graphiql/dist/style.css"), "utf8");
const { code } = await esbuild.transform(styles.replace(/@font-face\s*\{[^}]*\}/g, ""), { loader: "css", minify: true });
files.set("graphiql.css", code);

files.set("LICENSES.txt", licences(bundle.metafile));

if (process.argv.includes("--check")) {
  const present = existsSync(vendor) ? readdirSync(vendor) : [];
  const wrong = [];
  for (const [name, text] of files) {
    if (!present.includes(name)) wrong.push(`${name} is missing`);
    else if (readFileSync(join(vendor, name), "utf8") !== text) wrong.push(`${name} is not what the pinned packages give`);
  }
  for (const name of present) {
    if (!files.has(name)) wrong.push(`${name} does not belong there`);
  }
  if (wrong.length) fail(`web/playground/vendor:\n  ${wrong.join("\n  ")}\nrun \`npm run vendor --prefix web\` and commit the result`);
  console.log(`web/playground/vendor: ${files.size} files, as pinned`);
} else {
  rmSync(vendor, { recursive: true, force: true });
  mkdirSync(vendor, { recursive: true });
  for (const [name, text] of files) {
    writeFileSync(join(vendor, name), text);
    console.log(`${String(Buffer.byteLength(text)).padStart(8)}  ${name}`);
  }
}

/** One text with the licence of every package in the bundle; equal ones once. */
function licences(metafile) {
  const folders = new Set(["node_modules/graphiql"]);
  for (const input of Object.keys(metafile.inputs)) {
    const folder = input.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0];
    if (folder) folders.add(folder);
  }
  const packagesByText = new Map();
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(join(here, folder, "package.json"), "utf8"));
    const file = readdirSync(join(here, folder)).find((entry) => /^licen[cs]e/i.test(entry));
    const text = file
      ? readFileSync(join(here, folder, file), "utf8").replace(/\r/g, "").trim()
      : `${license} licence; the package holds no text of it.`;
    packagesByText.set(text, [...(packagesByText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  const rule = "=".repeat(72);
  const sections = [...packagesByText].map(([text, packages]) => `${rule}\n${packages.join("\n")}\n${rule}\n\n${text}\n`);
  return `The packages inside graphiql.js and graphiql.css, and their licences.\nWritten by web/vendor.mjs.\n\n${sections.join("\n")}`;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
