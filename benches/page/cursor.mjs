// cursor/100k: from dropping a replay's cursor to every view right, in the built page, with a finished run of more than a
// hundred thousand events: the folds up to there, the picture, the permits, tables, summary and log, and their layout.
//
// Each drop is a little before the one before, near the end: what is folded begins at a checkpoint before it, or anew.
// cursor/100k-forward is a drop a little behind, which folds what is new only. cursor/100k-cpu is what a drop backwards takes of
// the page's thread, for its script, styles and layout, which what else the machine does disturbs less.

import { setTimeout } from "node:timers/promises";
import { DIST } from "./build.mjs";
import { figure } from "./figure.mjs";
import { inPage, openUnwatched, simulate, withBrowser, withServer } from "./host.mjs";

const TASKS = 17_000; // six events and more of each
const TIMES = 40;

/** Runs in the page: drops the cursor at places from `from` on, `by` apart, and returns the ms of each. */
const drop = async (from, by, times) => {
  const slider = document.querySelector(".replay input");
  const headline = document.querySelector("h1");
  const settle = async () => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const all = [];
  for (let time = -2; time < times; time += 1) {
    const place = from + by * (time + 2);
    await frame();
    const before = headline.textContent;
    const begun = performance.now();
    slider.value = String(place);
    slider.dispatchEvent(new Event("input", { bubbles: true }));
    await settle();
    document.body.getBoundingClientRect();
    const ms = performance.now() - begun;
    if (!/^Replay/.test(headline.textContent) || headline.textContent === before) throw new Error(`${place} shows nothing else.`);
    if (time >= 0) all.push(ms);
  }
  return all;
};

const quantile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];

/** Ms that the page's thread has spent on script, styles and layout. */
const spentMs = async (page) => {
  const { metrics } = await page.send("Performance.getMetrics");
  const parts = metrics.filter(({ name }) => ["ScriptDuration", "RecalcStyleDuration", "LayoutDuration"].includes(name));
  return parts.reduce((sum, { value }) => sum + value * 1e3, 0);
};

const measure = async (browser, address) => {
  const settings = { net: "Simulation", strategy: "semaphore", n: 64, compare: 0, tasks: TASKS, latency: "uniform 100 300" };
  const page = await openUnwatched(browser, `${address}#${new URLSearchParams(settings)}`);
  try {
    const isThere = `[...document.querySelectorAll("button")].some((button) => button.textContent === "Run" && !button.disabled) && !!document.querySelector(".replay input")`;
    while (!(await page.evaluate(isThere))) await setTimeout(50);
    const rows = await inPage(page, simulate);
    if (rows !== TASKS) throw new Error(`cursor/100k: the table has ${rows} rows.`);
    // The first makes checkpoints on its way.
    await inPage(page, drop, 999, -1, 1);
    await page.send("Performance.enable", { timeDomain: "threadTicks" });
    const before = await spentMs(page);
    const back = await inPage(page, drop, 990, -1, TIMES);
    const cpu = ((await spentMs(page)) - before) / (TIMES + 2);
    const forward = await inPage(page, drop, 900, 1, TIMES);
    for (const [name, values] of Object.entries({ back, forward })) {
      const told = [0, 0.5, 0.95, 1].map((share) => quantile(values, share).toFixed(2)).join(", ");
      console.error(`    cursor/100k: ${name}: least, p50, p95, max ${told} ms`);
    }
    const goal = { words: "≤ 16 ms", isMet: (value) => value <= 16 };
    return [
      figure({ name: "cursor/100k", value: quantile(back, 0.5), unit: "ms", goal }),
      figure({ name: "cursor/100k-cpu", value: cpu, unit: "ms", goal }),
      figure({ name: "cursor/100k-p95", value: quantile(back, 0.95), unit: "ms" }),
      figure({ name: "cursor/100k-forward", value: quantile(forward, 0.5), unit: "ms" }),
    ];
  } finally {
    await page.close();
  }
};

export const cursor = {
  names: ["cursor/100k", "cursor/100k-cpu", "cursor/100k-p95", "cursor/100k-forward"],
  needs: ["lab", "dist"],
  measure: () => withServer(DIST, (address) => withBrowser((browser) => measure(browser, address))),
};
