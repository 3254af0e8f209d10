// draw/1k … draw/1m: what a step of a pan costs in the built page, with runs of so many segments; beside a bare loop that
// fills the rectangles of the same rows on a canvas of the same size, and nothing else.
//
// A step is a wheel's turn with Shift, as a visitor makes it, and all that the page does for it: the window of time, the
// scene, the painting, the strip below and the words for those who don't see it. draw/…-gap is how far apart frames
// are while each makes such a step, and draw/…-whole the script of the step to all of the run.
//
// A row is a task, so of a million segments those are drawn whose rows are in view; as in the loop.

import { setTimeout } from "node:timers/promises";
import { DIST } from "./build.mjs";
import { figure } from "./figure.mjs";
import { inPage, openUnwatched, simulate, withBrowser, withServer } from "./host.mjs";

const STEPS = 60;
const TURNS = 5;
/** Two segments a task: it waits for a permit, then for its request. */
const TASKS = { "1k": 500, "10k": 5_000, "100k": 50_000, "1m": 500_000 };

/** Runs in the page: pans by `steps`, ours or by the bare loop, and returns each step's script in ms and the gaps of frames. */
const pan = async (isOurs, steps, tasks) => {
  const canvas = document.querySelector(".viewport canvas");
  const settle = async () => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  let draws = 0;
  const { clearRect } = CanvasRenderingContext2D.prototype;
  CanvasRenderingContext2D.prototype.clearRect = function (...place) {
    draws += this.canvas === canvas;
    return clearRect.apply(this, place);
  };
  const { width, height } = canvas;
  const press = (name) => [...document.querySelectorAll(".zoom button")].find(({ ariaLabel }) => ariaLabel === name).click();
  const wheel = (by) => canvas.dispatchEvent(new WheelEvent("wheel", { deltaX: by, bubbles: true, cancelable: true }));

  // The bare loop: the same rows, as thick as there, at times like those.
  const bare = document.createElement("canvas");
  Object.assign(bare, { width, height });
  bare.style.cssText = "position:fixed;left:0;top:0;pointer-events:none";
  const context = bare.getContext("2d");
  const rowPx = Math.max(3, Math.min(16, Math.floor(400 / tasks)));
  const ends = Float64Array.from({ length: tasks * 2 }, (_, at) => Math.floor(at / 128) * 200 + (at % 2) * (150 + ((at * 7) % 100)));
  const loop = (start, span) => {
    context.clearRect(0, 0, width, height);
    const rows = Math.min(tasks, Math.ceil(height / rowPx));
    for (let kind = 0; kind < 2; kind += 1) {
      context.fillStyle = kind ? "#2b6cb0" : "#c77700";
      for (let row = 0; row < rows; row += 1) {
        const from = kind ? ends[row * 2] : 0;
        const left = Math.max(0, ((from - start) / span) * width);
        const right = Math.min(width, ((ends[row * 2 + kind] - start) / span) * width);
        if (right > left) context.fillRect(left, row * rowPx, Math.max(1, right - left), rowPx - 1);
      }
    }
  };

  if (isOurs) {
    press("Fit");
    press("Zoom in");
    press("Zoom in");
    press("Zoom in");
    for (let turn = 0; turn < 4; turn += 1) wheel(-2_000); // to the beginning, where there are bars in view
  } else {
    document.body.append(bare);
  }
  await settle();
  await frame();
  const scripts = [];
  const gaps = [];
  let before = await frame();
  draws = 0;
  for (let step = 0; step < steps; step += 1) {
    const begun = performance.now();
    if (isOurs) {
      wheel(step < steps / 2 ? 6 : -6);
      await settle();
    } else {
      loop(step * 10, 2_000);
    }
    scripts.push(performance.now() - begun);
    const now = await frame();
    gaps.push(now - before);
    before = now;
  }
  CanvasRenderingContext2D.prototype.clearRect = clearRect;
  bare.remove();
  if (isOurs && draws < steps * 0.9) throw new Error(`Only ${draws} of ${steps} steps drew anything.`);
  return { scripts, gaps };
};

/** Runs in the page: redraws of the whole, in ms of script. */
const whole = async (times) => {
  const view = document.querySelector(".viewport");
  const press = (name) => [...document.querySelectorAll(".zoom button")].find(({ ariaLabel }) => ariaLabel === name).click();
  const scripts = [];
  for (let time = 0; time < times; time += 1) {
    press("Zoom in");
    await new Promise((resolve) => requestAnimationFrame(resolve));
    const begun = performance.now();
    press("Fit");
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
    scripts.push(performance.now() - begun);
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
  view.scrollTop = 0;
  return scripts;
};

const quantile = (values, share) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(share * values.length))];

const measure = async (browser, address, size, tasks) => {
  const settings = { net: "Simulation", strategy: "semaphore", n: 64, compare: 0, tasks, latency: "uniform 100 300" };
  const page = await openUnwatched(browser, `${address}#${new URLSearchParams(settings)}`);
  try {
    const isThere = `[...document.querySelectorAll("button")].some((button) => button.textContent === "Run" && !button.disabled)`;
    while (!(await page.evaluate(isThere))) await setTimeout(50);
    const rows = await inPage(page, simulate);
    if (rows !== tasks) throw new Error(`draw/${size}: the table has ${rows} rows.`);
    const all = { ours: { scripts: [], gaps: [] }, bare: { scripts: [], gaps: [] } };
    for (let turn = -1; turn < TURNS; turn += 1) {
      for (const name of turn % 2 ? ["bare", "ours"] : ["ours", "bare"]) {
        const { scripts, gaps } = await inPage(page, pan, name === "ours", STEPS, tasks);
        if (turn < 0) continue;
        all[name].scripts.push(...scripts);
        all[name].gaps.push(...gaps);
      }
    }
    for (const [name, { scripts, gaps }] of Object.entries(all)) {
      const told = [scripts, gaps].map((values) => [0.5, 0.95].map((share) => quantile(values, share).toFixed(2)).join(", "));
      console.error(`    draw/${size}: ${name}: script p50, p95 ${told[0]} ms; frames' gaps ${told[1]} ms`);
    }
    const peer = "bare canvas loop";
    const p95 = (name, which) => quantile(all[name][which], 0.95);
    const most = (limit) => ({ words: `≤ ${limit} ms`, isMet: (value) => value <= limit });
    const fits = await inPage(page, whole, 20);
    return [
      figure({ name: `draw/${size}`, value: p95("ours", "scripts"), unit: "ms", peer, peerValue: p95("bare", "scripts"), goal: most(5) }),
      figure({ name: `draw/${size}-gap`, value: p95("ours", "gaps"), unit: "ms", peer, peerValue: p95("bare", "gaps"), goal: most(17) }),
      figure({ name: `draw/${size}-whole`, value: quantile(fits, 0.5), unit: "ms" }),
    ];
  } finally {
    await page.close();
  }
};

const sizes = Object.keys(TASKS);
export const draw = {
  names: sizes.flatMap((size) => [`draw/${size}`, `draw/${size}-gap`, `draw/${size}-whole`]),
  needs: ["lab", "dist"],
  measure: (prefix) =>
    withServer(DIST, (address) =>
      withBrowser(async (browser) => {
        const figures = [];
        for (const [size, tasks] of Object.entries(TASKS)) {
          if (!`draw/${size}`.startsWith(prefix) && !prefix.startsWith(`draw/${size}`)) continue;
          figures.push(...(await measure(browser, address, size, tasks)));
        }
        return figures;
      }),
    ),
};
