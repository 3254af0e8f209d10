// predict/median: how far the page's predictions are from what it measures, in per cent; the median of eight scenarios.
// predict/first: the same of the first run in a page, which is predicted from the Lab's delays alone; the later ones are
// predicted from what the same requests took before.
//
// Each is run in the built page, against the Lab on a socket, and read from the page's own Summary, as a visitor would.
// A scenario counts by the median of its runs after the first, in which the browser has not compiled what is hot yet.
// None has more than six requests in flight, since the browser has six connections to a host
// of HTTP/1.1, of which a prediction knows nothing.

import { setTimeout } from "node:timers/promises";
import { DIST } from "./build.mjs";
import { figure } from "./figure.mjs";
import { openUnwatched, withBrowser, withServer } from "./host.mjs";
import { inTurns } from "./turns.mjs";

const RUNS = 3;
const GOAL_PERCENT = 3;
const RUN_TIMEOUT_MS = 30_000;

/** What a link carries, and the targets' delays in ms, from the first to the last. */
const SCENARIOS = {
  "sequential, 12": { strategy: "sequential", tasks: 12, delays: [100, 400] },
  "all at once, 24, per host 6": { strategy: "all at once", "per-host": 6, tasks: 24, delays: [100, 400] },
  "semaphore of 4, 24": { strategy: "semaphore", n: 4, tasks: 24, delays: [100, 400] },
  "buffered by 5, 20": { strategy: "buffered", n: 5, tasks: 20, delays: [100, 300] },
  "buffer unordered by 6, 40": { strategy: "buffer unordered", n: 6, tasks: 40, delays: [100, 300] },
  "worker pool of 6, 40, delay 50": { strategy: "worker pool", n: 6, delay: 50, tasks: 40, delays: [150, 250] },
  "rate limited, 16, 8 a second": { strategy: "rate limited", rate: 8, burst: 2, tasks: 16, delays: [100, 400] },
  "pipeline of 4, 24, consumer 60": { strategy: "pipeline", n: 4, store: 60, tasks: 24, delays: [200, 200] },
};

/** Delays between the two, spread so that neighbours differ; the same each time. */
const delayMs = ([least, most], task) => least + ((task * 7) % 11) * ((most - least) / 10);

const link = (page, lab, { tasks, delays, ...settings }) => {
  const urls = Array.from({ length: tasks }, (_, task) => `lab/delay/${delayMs(delays, task)}?task=${task}`);
  const pairs = { preset: "own", compare: 0, lab, ...settings, urls: urls.join("\n") };
  return `${page}#${new URLSearchParams(pairs)}`;
};

/** Runs in the page: presses Run, waits for the end, and reads the Summary. */
const runOnce = async (timeoutMs) => {
  const button = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Run");
  const line = (name) => {
    const summary = document.querySelector('section[aria-label="Summary"]');
    const heads = [...summary.querySelectorAll('th[scope="row"]')];
    return heads.find(({ textContent }) => textContent === name).parentElement.querySelector("td")?.textContent;
  };
  button.click();
  const begun = performance.now();
  do {
    // What is asked too often disturbs what is measured.
    await new Promise((resolve) => setTimeout(resolve, 250));
    if (performance.now() - begun > timeoutMs) throw new Error("The run does not end.");
  } while (document.querySelector('[role="status"]').textContent === "Run started.");
  return Object.fromEntries(["Ended", "Failed", "Total", "Predicted", "Off by"].map((name) => [name, line(name)]));
};

/** How far the prediction of a run was off, in per cent. */
const offBy = async ({ evaluate }, name, tasks) => {
  const said = await evaluate(`(${runOnce})(${RUN_TIMEOUT_MS})`);
  const [, percent] = /^([\d.]+)\s%$/.exec(said["Off by"]) ?? [];
  if (!percent || said.Ended !== `${tasks} of ${tasks}` || said.Failed !== "0") {
    throw new Error(`predict/median: ${name}: the page says ${JSON.stringify(said)}.`);
  }
  return Number(percent);
};

/** A scenario's pages are its own, so that no other's trace lies in its memory. */
const measure = async (browser, address, name, scenario) => {
  const page = await openUnwatched(browser, address);
  try {
    const isThere = `[...document.querySelectorAll("button")].some((button) => button.textContent === "Run" && !button.disabled)`;
    while (!(await page.evaluate(isThere))) await setTimeout(20);
    const contender = () => offBy(page, name, scenario.tasks);
    const first = await contender();
    const { later } = await inTurns(name, { later: contender }, { turns: RUNS, warmUps: 0 });
    console.error(`    ${name}: the first: ${first}`);
    return { first, later };
  } finally {
    await page.close();
  }
};

const middle = (errors) => {
  const sorted = errors.toSorted((a, b) => a - b);
  const half = sorted.length / 2;
  return (sorted[half - 1] + sorted[half]) / 2;
};

export const predict = {
  names: ["predict/median", "predict/first"],
  needs: ["lab", "dist"],
  async measure() {
    const errors = await withServer(DIST, (page) =>
      // On a port of its own, so that the page's service worker leaves its requests alone.
      withServer(DIST, (lab) =>
        withBrowser(async (browser) => {
          const errors = [];
          for (const [name, scenario] of Object.entries(SCENARIOS)) {
            errors.push(await measure(browser, link(page, lab, scenario), name, scenario));
          }
          return errors;
        }),
      ),
    );
    const goal = { words: `≤ ${GOAL_PERCENT} %`, isMet: (value) => value <= GOAL_PERCENT };
    const [median, first] = this.names;
    return [
      figure({ name: median, value: middle(errors.map(({ later }) => later)), unit: "%", goal }),
      figure({ name: first, value: middle(errors.map(({ first }) => first)), unit: "%", goal }),
    ];
  },
};
