// minify.mjs DIRECTORY: minifies the scripts and styles of the built site in place.
import { transformSync } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const directory = process.argv[2];
for (const name of readdirSync(directory, { recursive: true })) {
  const loader = /\.(js|css)$/.exec(name)?.[1];
  if (!loader) continue;
  const path = join(directory, name);
  const { code } = transformSync(readFileSync(path, "utf8"), { loader, minify: true, sourcefile: name });
  writeFileSync(path, code);
}
