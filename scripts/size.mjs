// size.mjs [DIRECTORY]: weighs the built site as a host would send it, writes target/size.json for the benchmarks,
// and fails when the whole page is over the limit.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const GOAL = 200_000; // bytes of brotli: what we aim at
const LIMIT = 250_000; // bytes of brotli: what fails the build

const directory = process.argv[2] ?? "dist";
const brotli = (bytes) =>
  brotliCompressSync(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
    },
  });

const files = readdirSync(directory, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => {
    const path = join(entry.parentPath ?? entry.path, entry.name); // `path` before Node 20.12
    const bytes = readFileSync(path);
    return {
      name: relative(directory, path),
      raw: bytes.length,
      gzip: gzipSync(bytes, { level: 9 }).length,
      brotli: brotli(bytes).length,
    };
  })
  .sort((a, b) => b.brotli - a.brotli);

const sum = (key) => files.reduce((total, file) => total + file[key], 0);
const total = { raw: sum("raw"), gzip: sum("gzip"), brotli: sum("brotli") };

const width = Math.max(...files.map((file) => file.name.length), "whole page".length);
const row = (name, ...cells) => console.log(name.padEnd(width), ...cells.map((cell) => String(cell).padStart(9)));
row("bytes", "raw", "gzip", "brotli");
for (const { name, raw, gzip, brotli } of files) row(name, raw, gzip, brotli);
row("whole page", total.raw, total.gzip, total.brotli);

mkdirSync("target", { recursive: true });
writeFileSync("target/size.json", `${JSON.stringify({ files, total, goal: GOAL, limit: LIMIT }, null, 2)}\n`);

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
const size = `The whole page is ${kB(total.brotli)} of brotli`;
if (total.brotli > LIMIT) {
  console.error(
    `error: ${size}, over the limit of ${kB(LIMIT)}. See which file above grew, and make it smaller: ` +
      "the usual causes are a new dependency, formatting code and generic code compiled many times.",
  );
  process.exitCode = 1;
} else {
  console.log(`${size}: ${total.brotli > GOAL ? "over" : "within"} the goal of ${kB(GOAL)}, limit ${kB(LIMIT)}.`);
}
