// Stop: nothing is left in flight, and nothing that was measured is lost.

import { expect, type Server, test } from "./lab";
import { type Playground } from "./playground";

const DONE = ["lab/delay/20?task=0", "lab/bytes/2000?ms=20&task=1", "lab/delay/40?task=2"];
const LASTING = ["lab/hang", "lab/delay/50000", "lab/bytes/1000000?rate=20000"];
const WAITING = ["lab/delay/10?task=6", "lab/delay/10?task=7"];

/** A run that is in the midst of everything: ended tasks, a hang, a wait, a body on its way, tasks in line. */
async function midRun(lab: Server, playground: Playground) {
  await playground.open({
    lab: lab.address,
    preset: "own",
    n: 3,
    compare: 0,
    timeout: 60_000,
    urls: [...DONE, ...LASTING, ...WAITING],
  });
  await playground.start();
  await expect
    .poll(async () => {
      const { requests } = await lab.truth();
      return [requests.filter((entry) => entry.end === "complete").length, requests.filter((entry) => entry.headers_ms).length];
    })
    .toEqual([3, 4]);
  await expect(playground.tasks).toContainText("download");
}

const ways = {
  "the button": async ({ page, stop }: Playground) => {
    await stop.hover(); // so that only the click itself is left
    return async () => {
      await page.mouse.down();
      await page.mouse.up();
    };
  },
  Escape: async ({ page, headline }: Playground) => {
    await headline.click();
    return () => page.keyboard.press("Escape");
  },
};

for (const [name, prepare] of Object.entries(ways)) {
  test(`Stop by ${name} leaves nothing in flight`, async ({ lab, playground }) => {
    await midRun(lab, playground);
    const stop = await prepare(playground);
    const stoppedAt = (await lab.truth()).now_ms;
    await stop();
    await expect.poll(async () => (await lab.truth()).in_flight).toBe(0);

    const aborted = (await lab.truth()).requests.filter((entry) => entry.end === "aborted");
    expect(aborted.map((entry) => entry.path)).toEqual(LASTING.map((path) => `/${path}`));
    for (const entry of aborted) expect(entry.departure_ms! - stoppedAt, entry.path).toBeLessThanOrEqual(200);

    // Nobody takes the place of those that were stopped, then or later.
    await expect.poll(async () => (await lab.truth()).now_ms - stoppedAt).toBeGreaterThan(500);
    expect((await lab.truth()).requests).toHaveLength(DONE.length + LASTING.length);
    await expect(playground.run).toBeEnabled();
    await expect(playground.stop).toBeDisabled();
  });
}

test("what was measured stays, what was not over is cancelled", async ({ lab, playground }) => {
  await midRun(lab, playground);
  const before = (await playground.readTasks()).filter((task) => task.outcome === "200");
  await playground.stop.click();
  await playground.finished();
  const after = await playground.readTasks();
  expect(before).toHaveLength(3);
  expect(after.filter((task) => task.outcome === "200")).toEqual(before);
  const rest = after.slice(DONE.length);
  expect(rest.map((task) => task.outcome)).toEqual([...LASTING, ...WAITING].map(() => "cancelled"));
  // Time that was spent before the end is not forgotten either.
  for (const task of rest.slice(0, 2)) expect(task.ms.request, task.target).toBeGreaterThan(0);
  expect(rest[2].ms.download).toBeGreaterThan(0);
  for (const task of rest.slice(3)) expect(task.ms.permit, task.target).toBeGreaterThan(0);
  expect(await playground.figures("Cancelled")).toEqual(["5"]);
  expect(await playground.figures("Failed")).toEqual(["0"]);
  await expect(playground.headline).toContainText("3 of 8 tasks had ended");
  // The figures say the same; and how soon all of it could have ended at best, a part can't tell.
  expect(await playground.figures("Ended")).toEqual(["3 of 8"]);
  expect(await playground.figures("At best")).toEqual(["–"]);
});

test("the next frame already shows it", async ({ lab, playground }) => {
  await midRun(lab, playground);
  const button = await playground.stop.elementHandle();
  const shown = await playground.tasks.evaluate(async (table, stop) => {
    (stop as HTMLElement).click();
    await new Promise(requestAnimationFrame);
    return {
      isOver: stop!.getAttribute("aria-disabled"),
      outcomes: [...table.querySelectorAll(".outcome")].map((cell) => cell.textContent),
    };
  }, button);
  expect(shown).toEqual({
    isOver: "true",
    outcomes: [...DONE.map(() => "200"), ...[...LASTING, ...WAITING].map(() => "cancelled")],
  });
});

test("stopped in the first run, the second never begins, and Run works again", async ({ lab, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", n: 2, urls: ["lab/delay/100", "lab/delay/1000"] });
  await playground.start();
  await expect.poll(async () => (await lab.truth()).requests.length).toBe(2);
  await playground.stop.click();
  await playground.finished();
  expect(await playground.figures("Ended")).toHaveLength(1);
  await lab.reset();
  await playground.runToEnd();
  expect((await lab.truth()).requests).toHaveLength(4);
  expect(await playground.figures("Ended")).toEqual(["2 of 2", "2 of 2"]);
});

test("closing the page ends its requests too", async ({ lab, page, playground }) => {
  await midRun(lab, playground);
  await page.close();
  await expect.poll(async () => (await lab.truth()).in_flight).toBe(0);
});
