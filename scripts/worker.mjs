// worker.mjs DIRECTORY: writes worker.js, by which the page's workers load the page's own wasm: the page's script, made a
// classic one. A service worker may neither import a module whose name is known only when it runs, nor load one later.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

// writeWorker(directory, minify): writes it there.
export async function writeWorker(directory, minify = false) {
  const script = readdirSync(directory).find((name) => /^crawl_playground-\w+\.js$/.test(name));
  // Who builds with trunk alone may have no esbuild: then the page answers for the Lab by itself, and says so.
  const esbuild = await import("esbuild").catch(() => console.error("No esbuild, so no service worker: run 'npm ci' first."));
  if (!script || !esbuild) return;
  const { code } = esbuild.transformSync(readFileSync(join(directory, script), "utf8"), {
    format: "iife",
    globalName: "wasm_bindgen",
    define: { "import.meta.url": "self.location.href" },
    minify,
  });
  const [wasm, chunk] = ["_bg.wasm", "_"].map((end) => script.replace(/\.js$/, end));
  const chunks = readdirSync(directory).filter((name) => name.startsWith(chunk) && name.endsWith(".wasm") && name !== wasm);
  const names = `self.WASM_FILE = ${JSON.stringify(wasm)}; self.CHUNK_FILES = ${JSON.stringify(chunks)};\n`;
  writeFileSync(join(directory, "worker.js"), code + names);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeWorker(process.argv[2], true);
