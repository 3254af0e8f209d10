// The names by which a wasm module and its script know each other, shortened in both. wasm-bindgen tells functions
// apart by hashes, which no compression makes smaller and which the page would ship twice.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";

// shortenNames(script): the script's text with short names; the module beside it is rewritten in place.
export function shortenNames(script) {
  const module = script.replace(/\.js$/, "_bg.wasm");
  const text = readFileSync(script, "utf8");
  // The page's own module is cut, and its names are short already; see split.mjs.
  if (!existsSync(module) || !/"\.\/\w+_bg\.js"/.test(text)) return text;
  // Once flat, the code is optimized once more: that finds some kilobytes which trunk's single round leaves.
  const passes = ["--flatten", "--rereloop", "-Oz", "--strip-producers", "--strip-target-features"];
  const options = [...passes, "--minify-imports-and-exports-and-modules", module, "-o", module];
  const { imports, exports } = JSON.parse(execFileSync("wasm-opt", options, { encoding: "utf8" }));

  // [what stands in the script, what comes in its place]
  const changes = new Map();
  for (const [from, name, short] of imports) {
    changes.set(JSON.stringify(from), '"a"');
    changes.set(name, short);
  }
  for (const [name, short] of exports) changes.set(`wasm.${name}`, `wasm.${short}`);

  const done = new Set();
  const shortened = text.replace(/"\.\/\w+\.js"|\bwasm\.\w+|\b__wb\w+/g, (found) => {
    done.add(found);
    return changes.get(found) ?? found;
  });
  for (const [, name] of imports) {
    if (!done.has(name)) throw new Error(`${script} has nothing by the name of ${name}, which its module imports.`);
  }
  return shortened;
}
