// split.mjs: cuts the page's wasm at the functions that src/ui/chunk.rs marks, in the directory that trunk is about to
// put in the place of dist/. What the first paint needs stays one module; each chunk becomes a file that the page's
// script fetches when it is asked for.
//
// The cut needs the linker's relocations, so it is made of cargo's module and not of what trunk has made of it; then
// wasm-bindgen and wasm-opt have their turns, as trunk would have given them.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The flags by which cargo's module can be cut; scripts/flags.sh gives them. */
const CAN_BE_CUT = /--cfg[= ]split\b/;
/** What rustc may use by default, and therefore wasm-opt has to know. */
const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "mutable-globals", "sign-ext", "reference-types", "multivalue"];
// Once flat, the code is optimized once more: that finds some kilobytes which a single round leaves.
const PASSES = ["-Oz", "--flatten", "--rereloop", "-Oz", "--strip-producers", "--strip-target-features", "--strip-debug"];

const tool = (name, ...options) => execFileSync(name, options, { encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });
const optimize = (file, ...options) =>
  tool("wasm-opt", ...FEATURES.map((name) => `--enable-${name}`), ...PASSES, ...options, file, "-o", file);

// split(directory): cuts the page's module there. Does nothing if it was built in one piece.
export async function split(directory) {
  if (!CAN_BE_CUT.test(process.env.CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS ?? "")) return;
  const script = readdirSync(directory).find((name) => /^crawl_playground-\w+\.js$/.test(name));
  if (!script) throw new Error(`There is no script of the page's in ${directory}: trunk names it otherwise than before.`);
  const name = script.replace(/\.js$/, "");
  const whole = join(process.env.CARGO_TARGET_DIR ?? "target", "wasm32-unknown-unknown/release/crawl_playground.wasm");
  const work = mkdtempSync(join(tmpdir(), "split-"));
  try {
    tool("wasm-split-cli", "--target", "web", "--out-name", "page", whole, work);
    const bindgen = ["--target", "web", "--keep-lld-exports", "--no-demangle", "--no-typescript"];
    tool("wasm-bindgen", ...bindgen, "--out-name", "page", "--out-dir", join(work, "bound"), join(work, "page.wasm"));

    const module = join(work, "bound/page_bg.wasm");
    const names = JSON.parse(optimize(module, "--minify-imports-and-exports-and-modules"));
    const chunks = readdirSync(work).filter((file) => file.endsWith(".wasm") && file !== "page.wasm");
    for (const chunk of chunks) {
      optimize(join(work, chunk));
      writeFileSync(join(directory, `${name}_${chunk}`), readFileSync(join(work, chunk)));
    }
    const page = readFileSync(join(work, "bound/page.js"), "utf8");
    const loader = readFileSync(join(work, "__wasm_split.js"), "utf8");
    writeFileSync(join(work, "bound/page.js"), bindPage(page, names));
    writeFileSync(join(work, "bound/__wasm_split.js"), bindLoader(loader, names, name));
    // One script for both: they import one another.
    const { build } = await import("esbuild");
    const options = { bundle: true, format: "esm", outfile: join(directory, script), allowOverwrite: true, logLevel: "error" };
    await build({ entryPoints: [join(work, "bound/page.js")], ...options });
    writeFileSync(join(directory, `${name}_bg.wasm`), readFileSync(module));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** wasm-bindgen's script with the short names that its module knows. */
function bindPage(text, { imports, exports }) {
  const short = new Map(imports.map(([, name, short]) => [name, short]));
  const shortExport = new Map(exports.map(([name, short]) => [`wasm.${name}`, `wasm.${short}`]));
  const done = new Set();
  let bound = text.replace(/\bwasm\.\w+|\b__wb\w+/g, (found) => {
    done.add(found);
    return shortExport.get(found) ?? short.get(found) ?? found;
  });
  // What the loader gives is imported from the same module as all else.
  const loads = imports.filter(([from]) => from.includes("__wasm_split"));
  const given = loads.map(([, name, short]) => `${short}: import1.${name}`).join(", ");
  bound = bound
    .replace(/"\.\/page_bg\.js": import0,/, `"a": { ...import0, ${given} },`)
    .replace(/"\.\/__wasm_split\.js": import1,/, "");
  const missing = imports.find(([from, name]) => !from.includes("__wasm_split") && !done.has(name));
  if (missing || !bound.includes('"a": { ...import0')) {
    throw new Error(`The script of the page's wasm has nothing by the name of ${missing?.[1] ?? "import0"}: wasm-bindgen writes it otherwise than before.`);
  }
  return bound;
}

/** The script that loads chunks, with their names and the short ones of what they share with the page. */
function bindLoader(text, { exports }, name) {
  const short = new Map(exports);
  const shared = /const \{([^}]*)\} = initSync\(undefined, undefined\);/;
  if (!shared.test(text)) throw new Error("The loader shares nothing with the page: wasm-split-cli writes it otherwise than before.");
  return text
    .replaceAll(/"\.\/(\w+\.wasm)"/g, `"./${name}_$1"`)
    .replace(shared, (_, names) => {
      const list = names.split(",").map((name) => name.trim()).filter(Boolean);
      return `const { ${list.map((name) => `${short.get(name) ?? name}: ${name}`).join(", ")} } = initSync(undefined, undefined);`;
    });
}
