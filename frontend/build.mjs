// Builds styles, themes, scripts and fonts into the package's static folder.
// Names stay plain here; the web server adds the content hash when it serves them.
import { build } from "esbuild";
import { cp, readdir, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const outdir = process.env.VLIEGWIEL_STATIC_OUT ?? join(here, "../src/vliegwiel/web/static/dist");

const themes = (await readdir(join(here, "themes"))).filter((name) => name.endsWith(".css"));
await rm(outdir, { recursive: true, force: true });

await cp(join(here, "images"), join(outdir, "images"), { recursive: true });

const common = {
  absWorkingDir: here,
  bundle: true,
  minify: true,
  outdir,
  // What public services still have to serve: browsers of the last five years.
  target: ["chrome100", "firefox100", "safari15.4"],
  loader: { ".woff2": "file", ".svg": "file" },
  assetNames: "fonts/[name]",
  legalComments: "linked",
  logLevel: "warning",
};

await Promise.all([
  build({ ...common, entryPoints: { main: "styles/main.css" } }),
  build({
    ...common,
    entryPoints: Object.fromEntries(
      themes.map((name) => [`theme-${name.slice(0, -4)}`, `themes/${name}`]),
    ),
  }),
  build({ ...common, entryPoints: { main: "scripts/main.js" }, format: "iife" }),
]);
