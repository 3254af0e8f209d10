// size.mjs [DIRECTORY]: weighs the built site as a host would send it, writes target/size.json for the benchmarks,
// and fails when what the page loads at first is over its limit, or what the first crawl loads is over its own.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const GOAL = 200_000; // bytes of brotli: what we aim at
const LIMIT = 250_000; // bytes of brotli: what fails the build
const CRAWL_LIMIT = 150_000; // the same for what crawls need, which is loaded when the page is there and idle
const OF_CRAWL = /^(read\.js|reader\.js|reader_bg\.wasm|.*_split_crawl\.wasm|.*_chunk_\d+\.wasm)$/;

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

const total = (files) => {
  const sum = (key) => files.reduce((total, file) => total + file[key], 0);
  return { raw: sum("raw"), gzip: sum("gzip"), brotli: sum("brotli") };
};
const isOfCrawl = ({ name }) => OF_CRAWL.test(name);
const page = total(files.filter((file) => !isOfCrawl(file)));
const crawl = total(files.filter(isOfCrawl));

const width = Math.max(...files.map((file) => file.name.length), "whole page".length);
const row = (name, ...cells) => console.log(name.padEnd(width), ...cells.map((cell) => String(cell).padStart(9)));
row("bytes", "raw", "gzip", "brotli");
for (const { name, raw, gzip, brotli } of files) row(name, raw, gzip, brotli);
row("whole page", page.raw, page.gzip, page.brotli);
row("for crawls", crawl.raw, crawl.gzip, crawl.brotli);

mkdirSync("target", { recursive: true });
const result = { files, total: page, goal: GOAL, limit: LIMIT, crawl: { total: crawl, limit: CRAWL_LIMIT } };
writeFileSync("target/size.json", `${JSON.stringify(result, null, 2)}\n`);

const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;
// check(SENTENCE, BYTES, LIMIT, END): says how much it is; over the limit it is an error.
const check = (size, bytes, limit, end) => {
  if (bytes <= limit) return console.log(`${size} is ${kB(bytes)} of brotli: ${end}limit ${kB(limit)}.`);
  console.error(
    `error: ${size} is ${kB(bytes)} of brotli, over the limit of ${kB(limit)}. See which file above grew, and make it ` +
      "smaller: the usual causes are a new dependency, formatting code and generic code compiled many times.",
  );
  process.exitCode = 1;
};
check("The whole page", page.brotli, LIMIT, `${page.brotli > GOAL ? "over" : "within"} the goal of ${kB(GOAL)}, `);
check("What crawls need besides", crawl.brotli, CRAWL_LIMIT, "");
