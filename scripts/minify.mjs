// minify.mjs DIRECTORY: minifies the scripts and styles of the built site in place, and what ties scripts to wasm.
import { transformSync } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { tellKept } from "./kept.mjs";
import { shortenNames } from "./shorten.mjs";
import { joinStyles } from "./styles.mjs";

const directory = process.argv[2];
joinStyles(directory);
tellKept(directory);
for (const name of readdirSync(directory, { recursive: true })) {
  const loader = /\.(js|css)$/.exec(name)?.[1];
  if (!loader) continue;
  const path = join(directory, name);
  const text = loader === "js" ? shortenNames(path) : readFileSync(path, "utf8");
  const { code } = transformSync(text, { loader, minify: true, sourcefile: name });
  writeFileSync(path, code);
}
