// size.mjs [DIRECTORY]: weighs the built site as a host would send it, writes target/size.json for the benchmarks,
// and fails when what the page loads before its first paint is over its limit, or what it loads later over its own.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const GOAL = 200_000; // bytes of brotli: what we aim at
const LIMIT = 157_000; // bytes of brotli: what fails the build
// What is loaded once the first picture is painted, and what workers and crawls need besides: each with its own limit.
const LATER = [
  {
    name: "for runs",
    size: "What is loaded after the first paint",
    files: /_(split_run|chunk_\d+)\.wasm$|^print-\w+\.css$/,
    limit: 307_000,
  },
  {
    name: "for workers",
    size: "What answers for the Lab and counts primes",
    files: /^(sw|worker|compute)\.js$|^worker_bg\.wasm$/,
    limit: 39_000,
  },
  {
    name: "for crawls",
    size: "What crawls need besides",
    files: /^((read|parse|reader)\.js|reader_bg\.wasm|.*_split_crawl\.wasm)$/,
    limit: 185_000,
  },
];

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
const page = total(files.filter(({ name }) => !LATER.some((part) => part.files.test(name))));
const later = LATER.map((part) => ({ ...part, total: total(files.filter(({ name }) => part.files.test(name))) }));

const width = Math.max(...files.map((file) => file.name.length), "the page at first".length);
const row = (name, ...cells) => console.log(name.padEnd(width), ...cells.map((cell) => String(cell).padStart(9)));
row("bytes", "raw", "gzip", "brotli");
for (const { name, raw, gzip, brotli } of files) row(name, raw, gzip, brotli);
const sum = (name, { raw, gzip, brotli }) => row(name, raw, gzip, brotli);
sum("the page at first", page);
for (const { name, total } of later) sum(name, total);
sum("all of it", total(files));

mkdirSync("target", { recursive: true });
const parts = later.map(({ name, total, limit }) => ({ name, total, limit }));
const result = { files, total: page, goal: GOAL, limit: LIMIT, later: parts };
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
check("The page at first", page.brotli, LIMIT, `${page.brotli > GOAL ? "over" : "within"} the goal of ${kB(GOAL)}, `);
for (const { size, total, limit } of later) check(size, total.brotli, limit, "");
