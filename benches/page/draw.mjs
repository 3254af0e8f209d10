// draw/1k … draw/1m: what it takes to draw runs of so many segments, in the built page and beside it: a bare loop that fills
// the rectangles of the rows in view, flame-chart-js, Apache ECharts and vis-timeline, with the same segments, at the same
// times, in a picture of the same size that shows the same rows. What is measured is in draw/measured.mjs; of each run:
//
//   draw/1k-first   from the data, which for ours are a run's events, to the whole drawn for the first time
//   draw/1k-whole   from a part to the whole
//   draw/1k-tenth   from the whole to its middle tenth
//   draw/1k         a step of a pan by six pixels: its script (95 in 100 take less)
//   draw/1k-gap     how far apart frames are while each makes such a step (the same), and draw/1k-gap-p50
//
// Ours is the page with all that it does: the axis, the strips, the labels, and the words for those who don't see it; at
// first also the tables, the permits and the log. Rows are tasks, of which all scroll that there is no room for.
//
// Who takes longer than PATIENCE_MS for a drawing has given up, there and with more.

import { readFileSync } from "node:fs";
import { loadavg } from "node:os";
import { setTimeout } from "node:timers/promises";
import { DIST, DRAW, segments } from "./build.mjs";
import { hold } from "./draw/frames.mjs";
import { drawing, pan } from "./draw/measured.mjs";
import { enter } from "./draw/ours.mjs";
import { figure } from "./figure.mjs";
import { inPage, openUnwatched, simulate, withBrowser, withServer } from "./host.mjs";

const STEPS = 60;
const TURNS = 3;
const DRAWINGS = 5;
const PATIENCE_MS = 20_000;
/** Drawings as slow as this are told from noise at once, and are not made again. */
const SLOW_MS = 1_000;
/** Two segments a task: it waits for a permit, then for its request. The first 64 don't wait. */
const TASKS = { "1k": 532, "10k": 5_032, "100k": 50_032, "1m": 500_032 };
const SUFFIXES = ["-first", "-whole", "-tenth", "", "-gap", "-gap-p50"];

const { devDependencies: versions } = JSON.parse(readFileSync("package.json", "utf8"));
const PEERS = {
  bare: "bare canvas loop",
  flame: `flame-chart-js ${versions["flame-chart-js"]}`,
  echarts: `echarts ${versions.echarts}`,
  vis: `vis-timeline ${versions["vis-timeline"]}`,
};

const quantile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];

/** Runs a function in a page, unless that takes too long: then null, and the page is of no use any more. */
const patiently = async (page, run, ...args) => {
  const late = Symbol("late");
  const answer = inPage(page, run, ...args);
  answer.catch(() => {}); // who waits no more hears no more
  const first = await Promise.race([answer, setTimeout(PATIENCE_MS, late, { ref: false })]);
  if (first !== late) return first;
  page.send("Runtime.terminateExecution").catch(() => {});
  return null;
};

/** Seconds of "1 min 15 s". */
const seconds = (words) => {
  const units = { h: 3_600, min: 60, s: 1, ms: 1e-3 };
  return [...words.matchAll(/([\d.]+)\s(h|min|s|ms)/g)].reduce((sum, [, number, unit]) => sum + number * units[unit], 0);
};

/** The built page with a finished run of so many tasks. */
const openOurs = async (browser, address, tasks) => {
  const settings = { net: "Simulation", strategy: "semaphore", n: 64, compare: 0, tasks, latency: "uniform 100 300" };
  const page = await openUnwatched(browser, `${address}#${new URLSearchParams(settings)}`);
  const isThere = `[...document.querySelectorAll("button")].some((button) => button.textContent === "Run" && !button.disabled) && !!document.querySelector(".replay input")`;
  while (!(await page.evaluate(isThere))) await setTimeout(50);
  const rows = await inPage(page, simulate);
  if (rows !== tasks) throw new Error(`Of ${tasks} tasks the table has ${rows} rows.`);
  await inPage(page, hold);
  return { page, view: await inPage(page, enter) };
};

const openPeer = async (browser, address, name, size, view) => {
  const page = await openUnwatched(browser, address);
  while (!(await page.evaluate("Boolean(window.enter)"))) await setTimeout(20);
  const known = await page.evaluate(`window.enter(${JSON.stringify(name)}, ${JSON.stringify(`${size}.bin`)}, ${JSON.stringify(view)})`);
  const ours = seconds(view.clock.split(" of ").at(-1));
  if (known.rows !== TASKS[size] || Math.abs(known.seconds / ours - 1) > 0.01) {
    throw new Error(`draw/${size}: ours takes ${view.clock}, and the others' ${known.rows} rows ${known.seconds} s.`);
  }
  return page;
};

/** First drawings. */
const firsts = async (page, most) => {
  const all = [];
  for (let time = 0; time < most && (time === 0 || all[0] < SLOW_MS); time += 1) {
    if (time > 0) await patiently(page, drawing, "leave");
    const ms = await patiently(page, drawing, "first");
    if (ms === null) return null;
    all.push(ms);
  }
  return all;
};

/** One turn: drawings of the whole and of its tenth, one after the other, then a pan. Null if one of them takes too long. */
const turn = async (page, all) => {
  for (let time = 0; time < DRAWINGS; time += 1) {
    for (const name of ["tenth", "whole"]) {
      const ms = await patiently(page, drawing, name);
      if (ms === null) return null;
      // The first comes from where the pan before it ended.
      if (time > 0 || ms > SLOW_MS) all[name].push(ms);
    }
    if (all.whole.at(-1) > SLOW_MS) break;
  }
  const { scripts, gaps } = await inPage(page, pan, STEPS, PATIENCE_MS / 2);
  all.scripts.push(...scripts);
  all.gaps.push(...gaps);
  return all;
};

/** All that is measured of one size, by contender; null of one who gave up. */
const measured = async (browser, addresses, size, gaveUp) => {
  const { page: ours, view } = await openOurs(browser, addresses.ours, TASKS[size]);
  const pages = { ours };
  const results = {};
  try {
    for (const name of Object.keys(PEERS).filter((name) => !gaveUp.has(name))) {
      pages[name] = await openPeer(browser, addresses.peers, name, size, view);
    }
    for (const [name, page] of Object.entries(pages)) {
      await page.front();
      // Ours has drawn before, as it has for a visitor.
      for (const act of name === "ours" ? ["tenth", "whole"] : []) await patiently(page, drawing, act);
      const first = await firsts(page, 3);
      if (name === "ours") await patiently(page, drawing, "leave");
      results[name] = first && { first, whole: [], tenth: [], scripts: [], gaps: [] };
    }
    for (let round = 0; round < TURNS; round += 1) {
      const names = Object.keys(pages).filter((name) => results[name]);
      for (const name of round % 2 ? names.reverse() : names) {
        if (round > 0 && results[name].whole[0] > SLOW_MS) continue;
        await pages[name].front();
        results[name] = await turn(pages[name], results[name]);
      }
    }
  } finally {
    for (const page of Object.values(pages)) await page.close();
  }
  return results;
};

const told = (name, result) => {
  if (!result) return `${name}: gave up after ${PATIENCE_MS / 1e3} s`;
  const numbers = (values) => [0.5, 0.95].map((share) => quantile(values, share).toFixed(2)).join(", ");
  const { first, whole, tenth, scripts, gaps } = result;
  const firsts = first.map((ms) => ms.toFixed(1)).join(", ");
  return `${name}: first ${firsts}; p50, p95 of whole ${numbers(whole)}, tenth ${numbers(tenth)}, step ${numbers(scripts)}, gap ${numbers(gaps)} ms (${gaps.length} steps)`;
};

/** What each figure is, of a contender's results. */
const VALUES = {
  "-first": ({ first }) => quantile(first, 0.5),
  "-whole": ({ whole }) => quantile(whole, 0.5),
  "-tenth": ({ tenth }) => quantile(tenth, 0.5),
  "": ({ scripts }) => quantile(scripts, 0.95),
  "-gap": ({ gaps }) => quantile(gaps, 0.95),
  "-gap-p50": ({ gaps }) => quantile(gaps, 0.5),
};

/** Ours by itself against its limit, and beside each of the others. */
const figures = (size, results) => {
  const limits = { "": 5, "-gap": 17 };
  return SUFFIXES.flatMap((suffix) => {
    const [name, value, unit] = [`draw/${size}${suffix}`, VALUES[suffix](results.ours), "ms"];
    const limit = limits[suffix];
    const alone = limit && [figure({ name, value, unit, goal: { words: `≤ ${limit} ms`, isMet: (value) => value <= limit } })];
    const beside = Object.entries(PEERS).map(([key, peer]) => {
      const result = results[key];
      if (!result) return figure({ name, value, unit, peer: `${peer}: gave up` });
      // A frame comes every 16.7 ms however little there is to do, so gaps differ by noise.
      const most = key === "bare" ? 1.2 : suffix.startsWith("-gap") ? 1.05 : 1;
      const isSet = suffix !== "-first" || key !== "bare"; // a loop has nothing to make
      const goal = isSet && (key !== "bare" || size !== "1m") ? { words: `ratio ≤ ${most.toFixed(2)}`, isMet: (_, ratio) => ratio <= most } : null;
      return figure({ name, value, unit, peer, peerValue: VALUES[suffix](result), goal });
    });
    return [...(alone ?? []), ...beside];
  });
};

const sizes = Object.keys(TASKS);
export const draw = {
  names: sizes.flatMap((size) => SUFFIXES.map((suffix) => `draw/${size}${suffix}`)),
  needs: ["lab", "native", "dist", "draw"],
  measure: (prefix) =>
    withServer(DIST, (ours) =>
      withServer(DRAW, (peers) =>
        withBrowser(async (browser) => {
          const all = [];
          const gaveUp = new Set();
          for (const size of sizes) {
            if (!`draw/${size}`.startsWith(prefix) && !prefix.startsWith(`draw/${size}`)) continue;
            segments(TASKS[size], `${size}.bin`);
            const results = await measured(browser, { ours, peers }, size, gaveUp);
            for (const [name, result] of Object.entries(results)) {
              console.error(`    draw/${size}: ${told(name, result)}`);
              if (!result) gaveUp.add(name);
            }
            all.push(...figures(size, results));
          }
          console.error(`    draw: the machine's load was ${loadavg()[0].toFixed(1)} at the end`);
          return all;
        }),
      ),
    ),
};
