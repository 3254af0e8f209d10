// run.mjs: measures us beside others, prints a table, and writes target/bench.json in the form of DESIGN section 9.
//
// ONLY=prefix takes the figures whose names begin so, and builds only what they need. Peers run in the same page or
// process as ours, in turns; a value is the median of several repetitions. What this run did not measure is not in the
// file. A goal that is missed is a result, not an error.

import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const RESULT = "target/bench.json";

try {
  await main(process.env.ONLY ?? "");
} catch (error) {
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}

async function main(prefix) {
  const load = async (file) => import(`./page/${file}`).catch(missing);
  const { builders } = await load("build.mjs");
  const { table } = await load("figure.mjs");
  // In this order: what needs a quiet machine most comes last, when nothing has been compiled for a while.
  const { size, native } = await load("outside.mjs");
  const { queue } = await load("queue.mjs");
  const { sleeps, semaphore64 } = await load("sim.mjs");
  const { sweep } = await load("sweep.mjs");
  const { memory, kept } = await load("memory.mjs");
  const { links } = await load("links.mjs");
  const { frames } = await load("frames.mjs");
  const { start } = await load("start.mjs");
  const { draw } = await load("draw.mjs");
  const { cursor } = await load("cursor.mjs");
  const { predict } = await load("predict.mjs");
  const { schedule, empty } = await load("requests.mjs");
  const benches = [size, native, memory, kept, queue, sleeps, semaphore64, links, sweep, frames, start, draw, cursor, schedule, empty, predict];

  const isWanted = (name) => name.startsWith(prefix);
  const wanted = benches.filter(({ names }) => names.some(isWanted));
  if (wanted.length === 0) {
    const names = benches.flatMap(({ names }) => names).join(", ");
    throw new Error(`No figure's name begins with '${prefix}'. There are: ${names}.`);
  }
  rmSync(RESULT, { force: true });
  mkdirSync("target", { recursive: true });
  const needs = new Set(wanted.flatMap(({ needs }) => needs));
  for (const need of needs) builders[need]();

  const figures = [];
  for (const bench of wanted) {
    console.error(`==> Measuring ${bench.names.filter(isWanted).join(", ")}`);
    figures.push(...(await bench.measure(prefix)).filter(({ figure }) => isWanted(figure)));
  }
  console.log(table(figures));
  writeFileSync(RESULT, `${JSON.stringify(figures, null, 2)}\n`);
  console.error(`These ${figures.length} figures are in ${RESULT}.`);
}

/** The packages are what is missing most often. */
function missing(error) {
  if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
  throw new Error(`${error.message}. Run this as 'make bench', which installs npm's packages.`);
}
