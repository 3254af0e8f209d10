// memory/task: what a finished simulation of a hundred thousand tasks keeps, in bytes a task (trace, rows, curves). Several
// simulations are kept in one wasm module, and the first does not count: what it needed on the way is room for the next.
//
// memory/task-grown: by how much the built page's memory grows from before Run is pressed until the picture stands. Wasm's
// memory never shrinks, so it counts what was needed on the way too.

import { DIST, ENGINE } from "./build.mjs";
import { figure } from "./figure.mjs";
import { withBenchPage, withBrowser, withServer } from "./host.mjs";
import { inTurns } from "./turns.mjs";

const TASKS = 100_000;
const KEPT = 6;
const GOAL_BYTES = 500;
const SCENARIO = `#net=Simulation&tasks=${TASKS}&n=64&compare=0`;

/** Runs in the page before anything else: keeps the memory of its wasm module, whatever its name was shortened to. */
const keepMemory = () => {
  const { instantiateStreaming, instantiate } = WebAssembly;
  const kept = (start) => async (...args) => {
    const started = await start(...args);
    const { exports } = started.instance ?? started;
    // Chunks that come later work in the first module's.
    window.pageMemory ??= Object.values(exports).find((value) => value instanceof WebAssembly.Memory);
    return started;
  };
  WebAssembly.instantiateStreaming = kept(instantiateStreaming);
  WebAssembly.instantiate = kept(instantiate);
};

/** Bytes a task, in a page of its own. */
const grownBy = async (browser, address) => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(keepMemory);
    await page.goto(address + SCENARIO);
    const run = page.getByRole("button", { name: "Run", exact: true });
    await run.and(page.locator(":enabled")).waitFor();
    const bytes = () => page.evaluate(() => window.pageMemory.buffer.byteLength);
    const before = await bytes();
    await run.click();
    // The page writes thousands apart.
    const all = TASKS.toLocaleString("en").replaceAll(",", "\u00a0");
    const ended = page.getByRole("cell", { name: `${all} of ${all}`, exact: true });
    await ended.waitFor({ timeout: 120_000 });
    // What the page does with the picture in the frames after that counts as well.
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 500)));
    return ((await bytes()) - before) / TASKS;
  } finally {
    await context.close();
  }
};

export const memory = {
  names: ["memory/task-grown"],
  needs: ["lab", "dist"],
  async measure() {
    const [name] = this.names;
    const { ours } = await withServer(DIST, (address) =>
      withBrowser((browser) => inTurns(name, { ours: () => grownBy(browser, address) }, { turns: 3, warmUps: 0 })),
    );
    return [figure({ name, value: ours, unit: "B" })];
  },
};

export const kept = {
  names: ["memory/task"],
  needs: ["lab", "engine"],
  async measure() {
    const [name] = this.names;
    // Memory is the same each time: no turns.
    const { result } = await withBenchPage(ENGINE, ({ time }) => time(["wasmBindings", "kept_bytes"], TASKS, KEPT));
    if (!(result > 0)) throw new Error(`${name}: a simulation did not come to its end.`);
    const goal = { words: `≤ ${GOAL_BYTES} B`, isMet: (value) => value <= GOAL_BYTES };
    return [figure({ name, value: result, unit: "B", goal })];
  },
};
