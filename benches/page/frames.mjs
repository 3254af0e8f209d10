// crawl/frame-p95: how far apart the page's frames are while it crawls a thousand pages of the Lab, 64 in flight.
//
// It is the built page as visitors have it: the Lab answers from its service worker, pages are read in a worker, and
// timeline, graph and tables grow. What counts is the gap between two animation frames, from the press on Run to the
// crawl's end. Without work a frame takes 16.7 ms.

import { DIST } from "./build.mjs";
import { figure } from "./figure.mjs";
import { openUnwatched, withBrowser, withServer } from "./host.mjs";
import { inTurns } from "./turns.mjs";

const PAGES = 1_000;
const IN_FLIGHT = 64;
const CRAWLS = 5;

const LINK = new URLSearchParams({
  preset: "own",
  crawl: "1",
  compare: "0",
  n: String(IN_FLIGHT),
  depth: "9",
  pages: String(PAGES),
  urls: `lab/site/tree-${PAGES}/`,
});

/** Runs in the page: one crawl, from Run to its end. Returns the gaps in milliseconds, and the rows of the table. */
const crawl = async () => {
  const run = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Run");
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const isRunning = () => run.ariaDisabled === "true";
  await frame();
  run.click();
  const gaps = [];
  let last = await frame();
  while (isRunning() || gaps.length < 10) {
    const now = await frame();
    gaps.push(now - last);
    last = now;
  }
  const table = document.querySelector("table[aria-label=Pages]");
  return { gaps, rows: Number(table.getAttribute("aria-rowcount")) - 1 };
};

const p95 = (gaps) => gaps.sort((one, other) => one - other)[Math.ceil(gaps.length * 0.95) - 1];

export const frames = {
  names: ["crawl/frame-p95"],
  needs: ["lab", "dist"],
  async measure() {
    const [name] = this.names;
    const medians = await withServer(DIST, (address) =>
      withBrowser(async (browser) => {
        const { evaluate } = await openUnwatched(browser, `${address}#${LINK}`);
        const isReady = `[...document.querySelectorAll("button")].some((button) => button.textContent === "Run" && !button.disabled) && navigator.serviceWorker.controller !== null`;
        while (!(await evaluate(isReady))) await new Promise((resolve) => setTimeout(resolve, 100));
        const ours = async () => {
          const { gaps, rows } = await evaluate(`(${crawl})()`);
          if (rows !== PAGES) throw new Error(`${name}: ${rows} pages came, of ${PAGES}.`);
          return p95(gaps);
        };
        return inTurns(name, { ours }, { turns: CRAWLS });
      }),
    );
    const goal = { words: "≤ 20 ms", isMet: (value) => value <= 20 };
    return [figure({ name, value: medians.ours, unit: "ms", goal })];
  },
};
