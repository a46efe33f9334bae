// Builds site.css and site.js into the folder named by the argument, or OUT, or dist.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { compile } from "sass";

const out = process.argv[2] ?? process.env.OUT ?? "dist";
mkdirSync(out, { recursive: true });
const { css } = compile("main.scss", { style: "compressed", loadPaths: ["node_modules"] });
writeFileSync(join(out, "site.css"), css);
buildSync({ entryPoints: ["script.js"], bundle: true, minify: true, format: "esm", outfile: join(out, "site.js") });
