// kept.mjs: tells the service worker what the page is made of, so that it can keep that for when the network is gone: the
// names have a hash that is known only after the build. What the workers load has none in its name, so their hash goes
// into the script: browsers look for a new worker there alone.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const WORKER_FILES = /^(worker|reader)(\.js|_bg\.wasm)$|^(compute|read|parse)\.js$/;
const BUILD = /^const BUILD = ".*?";/m;
const LIST = /^const PAGE_FILES = \[.*?\];/m;

// tellKept(directory): writes the list into the service worker's script there, in the place of the one before. The pages of
// the benchmarks, which trunk builds with the same hook, have none.
export function tellKept(directory) {
  const path = join(directory, "sw.js");
  if (!existsSync(path)) return;
  const script = readFileSync(path, "utf8");
  if (!LIST.test(script)) throw new Error(`${path} has no line for the list of the page's files: const PAGE_FILES = [];`);
  if (!BUILD.test(script)) throw new Error(`${path} has no line for the hash of the workers' files: const BUILD = "";`);
  // In order, so that the same files have the same hash on each machine.
  const names = readdirSync(directory).toSorted();
  const files = names.filter((name) => /^crawl_playground-.*\.(js|wasm)$|\.css$/.test(name));
  const hash = createHash("sha256").update(JSON.stringify(files));
  const workers = names.filter((name) => WORKER_FILES.test(name));
  for (const name of workers) hash.update(name).update(readFileSync(join(directory, name)));
  const list = `const PAGE_FILES = ${JSON.stringify(files)};`;
  const build = `const BUILD = "${hash.digest("hex").slice(0, 16)}";`;
  writeFileSync(path, script.replace(LIST, () => list).replace(BUILD, () => build));
}
