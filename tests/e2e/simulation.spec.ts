// Virtual time: instant, and the same from the same seed.

import { expect, test } from "./lab";
import { count, type Playground, type Settings } from "./playground";

const simulation = (settings: Settings = {}): Settings => ({ net: "Simulation", ...settings });

/** All figures that do not depend on anything but the run. */
async function verdict(playground: Playground) {
  const names = ["Total", "At best", "Peak in flight", "Latency, p50", "Latency, p95", "Latency, max", "Ended", "Failed"];
  const all: Record<string, string[]> = {};
  for (const name of names) all[name] = await playground.figures(name);
  return all;
}

test.describe("network Simulation", () => {
  test("sends nothing, and is there at once", async ({ page, playground }) => {
    const asked: string[] = [];
    await playground.open();
    page.on("request", (request) => asked.push(request.url()));
    await page.getByRole("radio", { name: "Simulation", exact: true }).check();
    await expect(playground.preset).toHaveValue("simulated");
    await expect(playground.urls).toHaveCount(0);
    await playground.runToEnd();
    const [slow, fast] = await playground.totalsMs();
    // A hundred answers of some 200 ms: twenty seconds one at a time, which nobody has waited for.
    expect(slow).toBeGreaterThan(15_000);
    expect(slow / fast).toBeGreaterThan(6);
    await expect(playground.headline).toHaveText(/^Eight at a time took .*\stimes faster\.$/);
    expect(await playground.figures("Ended")).toEqual(["100 of 100", "100 of 100"]);
    // Its own files, which come when it is idle, are the page's to ask for.
    const isOwn = (url: string) => url.startsWith("data:") || /\.(js|wasm)(\?|$)/.test(url);
    expect(asked.filter((url) => !isOwn(url))).toEqual([]);
  });

  test("replays the last measured run: its tasks, and what their requests took", async ({ lab, page, playground }) => {
    await playground.open({ lab: lab.address, preset: "own", n: 2, compare: 0, urls: [300, 60, 180].map((ms) => `lab/delay/${ms}`) });
    const replay = page.getByRole("button", { name: "Replay the last measured run" });
    const choose = () => page.getByRole("radio", { name: "Simulation", exact: true }).check();
    await choose();
    await expect(replay).toBeDisabled();
    await expect(replay).toHaveAccessibleDescription(/^Run in the Lab or Live first/);
    await page.getByRole("radio", { name: "Lab", exact: true }).check();
    await playground.runToEnd();
    const took = (await playground.readTasks()).map(({ ms }) => Number((ms.request + (ms.download ?? 0)).toFixed(1)));
    expect(took.every((ms, task) => ms >= [300, 60, 180][task])).toBe(true);

    await choose();
    await expect(replay).toHaveAccessibleDescription("Takes its 3 tasks, and what their requests took.");
    await replay.click();
    await expect(page.getByLabel("Latency, ms")).toHaveValue(`replay ${took.join(" ")}`);
    await expect(page.getByLabel("Simulated tasks")).toHaveValue("3");
    await playground.runToEnd();
    expect((await playground.readTasks()).map(({ ms }) => ms.request)).toEqual(took);
    // The link makes the same run again.
    await expect.poll(() => page.url()).toContain("latency=replay");
    await page.reload();
    await playground.runToEnd();
    expect((await playground.readTasks()).map(({ ms }) => ms.request)).toEqual(took);
  });

  test("the same seed brings the same, in this page and in another; another seed does not", async ({ page, playground }) => {
    const link = simulation({ seed: 7, failures: 100, n: 5, tasks: 300, latency: "pareto 50 1.5" });
    await playground.open(link);
    await playground.runToEnd();
    const first = await verdict(playground);
    const tasks = await playground.readTasks();
    expect(Number(first.Failed[1])).toBeGreaterThan(0);
    await playground.runToEnd();
    expect(await verdict(playground)).toEqual(first);
    await page.reload();
    await playground.runToEnd();
    expect(await verdict(playground)).toEqual(first);
    expect(await playground.readTasks()).toEqual(tasks);

    await playground.openMoreLimits();
    await playground.dial("Seed").fill("8");
    await playground.runToEnd();
    const other = await verdict(playground);
    expect(other.Total[0]).not.toBe(first.Total[0]);
    expect(other["Latency, max"]).not.toEqual(first["Latency, max"]);
    await playground.dial("Seed").fill("7");
    await playground.runToEnd();
    expect(await verdict(playground)).toEqual(first);
  });

  const LAWS: [string, (totalMs: number) => boolean][] = [
    ["fixed 200", (total) => total === 4_000],
    ["uniform 100 300", (total) => total > 2_000 && total < 6_000],
    ["lognormal 200 0.5", (total) => total > 2_000 && total < 10_000],
    ["pareto 100 1.5", (total) => total > 2_000],
    ["replay 100 300", (total) => total === 4_000],
  ];
  for (const [law, isRight] of LAWS) {
    test(`the law “${law}” is kept`, async ({ playground }) => {
      await playground.open(simulation({ strategy: "sequential", tasks: 20, latency: law }));
      await playground.runToEnd();
      const [total] = await playground.totalsMs();
      expect(isRight(total), String(total)).toBe(true);
      expect(await playground.outcomes()).toEqual(Array(20).fill("200"));
    });
  }

  const NONSENSE: [string, RegExp][] = [
    ["uniform 300 100", /^The least latency is above the greatest: swap them\.$/],
    ["fixed -1", /^(The latency cannot be -1 ms|“fixed -1” cannot be read): .*\.$/],
    ["fixed NaN", /^(The latency cannot be NaN ms|“fixed NaN” cannot be read): .*\.$/],
    ["lognormal 200 -0.5", /(cannot be -0\.5|cannot be read): .*\.$/],
    ["lognormal 200", /cannot be read: write it like “lognormal 200/],
    ["pareto 100 0", /cannot be (0|that): set it from/],
    ["fixed 1e300", /^(The latency cannot be .* ms|“fixed 1e300” cannot be read): .*\.$/],
    ["replay", /\w+ .*\.$/],
    ["gauss 1 2", /is no law of latency: write one like “fixed 200”/],
    ["", /is no law of latency/],
  ];

  test("a law that makes no sense is answered with a sentence, stays as it was typed, and Run is refused with it", async ({ page, playground }) => {
    await playground.open(simulation({ tasks: 50 }));
    await playground.runToEnd();
    const before = await verdict(playground);
    const field = page.getByLabel("Latency, ms", { exact: true });
    for (const [law, sentence] of NONSENSE) {
      await field.fill(law);
      await expect(playground.refusal(field), law).toHaveText(sentence);
      await expect(field).toHaveAttribute("aria-invalid", "true");
      await expect(field).toHaveValue(law);
      await expect(playground.run, law).toBeDisabled();
      await expect(playground.run).toHaveAccessibleDescription(sentence);
      // Nor is there another way to start it.
      await field.press("Control+Enter");
      await expect(playground.stop).toHaveAttribute("aria-disabled", "true");
    }
    await field.fill("lognormal 200 0.5");
    await expect(playground.refusal(field)).toBeEmpty();
    await expect(field).toHaveAttribute("aria-invalid", "false");
    await expect(playground.run).toHaveAccessibleDescription("");
    await playground.runToEnd();
    expect(await verdict(playground)).toEqual(before);
    // A nonsense law in a link refuses Run in the same way, and says nothing of networks without laws.
    await page.goto("about:blank");
    await playground.open(simulation({ latency: "fixed -1" }));
    await expect(playground.run).toBeDisabled();
    await page.getByRole("radio", { name: "Lab", exact: true }).check();
    await expect(playground.run).toBeEnabled();
  });

  test("a number of tasks out of range is answered with a sentence", async ({ page, playground }) => {
    await playground.open(simulation({ tasks: 50 }));
    const field = page.getByRole("spinbutton", { name: "Simulated tasks", exact: true });
    for (const typed of ["0", "1000001", "-3", "1.5", ""]) {
      await field.fill(typed);
      await expect(playground.refusal(field), typed).toHaveText("Whole numbers from 1 to 1000000. It stays at 50.");
      await expect(field).toHaveValue(typed);
    }
    await playground.runToEnd();
    expect(await playground.figures("Ended")).toEqual(["50 of 50", "50 of 50"]);
  });

  test("a million tasks come to their end, and Stop is there meanwhile", async ({ playground }) => {
    test.setTimeout(180_000);
    await playground.open(simulation({ tasks: 1_000_000, n: 64, compare: 0 }));
    await playground.start();
    await expect(playground.stop).toBeEnabled();
    await playground.finished(150_000);
    expect(await playground.figures("Ended")).toEqual(["1\u00a0000\u00a0000 of 1\u00a0000\u00a0000"]);
    expect(await playground.figures("Peak in flight")).toEqual(["64"]);
    await expect(playground.tasks).toHaveAttribute("aria-rowcount", "1000001");
  });

  test("100 000 tasks are over within seconds, and the page answers", async ({ page, playground }) => {
    test.setTimeout(120_000);
    await playground.open(simulation({ tasks: 100_000, n: 64, compare: 0 }));
    const begun = Date.now();
    await playground.runToEnd(60_000);
    const tookMs = Date.now() - begun;
    test.info().annotations.push({ type: "100 000 tasks, ms", description: String(tookMs) });
    expect(tookMs).toBeLessThan(15_000);
    expect(await playground.figures("Ended")).toEqual(["100\u00a0000 of 100\u00a0000"]);
    expect(await playground.figures("Peak in flight")).toEqual(["64"]);
    await expect(playground.tasks).toHaveAttribute("aria-rowcount", "100001");

    // Only the rows in view are there; those of the end come when one scrolls there.
    const rows = playground.tasks.locator("tbody tr[aria-rowindex]");
    expect(await rows.count()).toBeLessThan(200);
    await page.getByRole("group", { name: "Tasks, scrollable" }).evaluate((scroller) => (scroller.scrollTop = scroller.scrollHeight));
    await expect(playground.tasks.locator('tr[aria-rowindex="100001"]')).toHaveCount(1);
    await playground.concurrency.focus();
    const pressed = Date.now();
    await page.keyboard.press("ArrowLeft");
    await expect(playground.concurrency).toHaveValue("63");
    const answeredMs = await page.evaluate(async () => {
      const start = performance.now();
      for (let turn = 0; turn < 3; turn += 1) await new Promise(requestAnimationFrame);
      return performance.now() - start;
    });
    test.info().annotations.push({ type: "answer after that, ms", description: String(answeredMs) });
    expect(Date.now() - pressed).toBeLessThan(5_000);
    // So many are not simulated anew with each step of a slider: what there is stays, and is said to be of other settings.
    await expect(page.getByText("The settings are others now: press Run to measure with them.")).toBeVisible();
    expect(await playground.figures("Ended")).toEqual(["100\u00a0000 of 100\u00a0000"]);
    const sections = ["What if?", "If one bound were lifted"].map((name) => page.getByRole("region", { name, exact: true }));
    for (const section of sections) await expect(section).toContainText("Not worked out for more than 10\u00a0000 tasks");
    await page.getByRole("spinbutton", { name: "Simulated tasks", exact: true }).fill("50");
    await expect.poll(() => playground.figures("Ended")).toEqual(["50 of 50"]);
  });

  test("a simulation of many says how far it is, and can be stopped", async ({ page, playground }) => {
    test.setTimeout(120_000);
    await playground.open(simulation({ tasks: 300_000, n: 64, latency: "fixed 200" }));
    await playground.start();
    await expect(playground.headline).toHaveText(/^One at a time: [1-9][\d\u00a0]* of 300\u00a0000 ended after /, { timeout: 60_000 });
    const ended = async () => count(/: ([\d\u00a0]+) of/.exec(await playground.headline.innerText())![1]);
    const before = await ended();
    await expect.poll(ended).toBeGreaterThan(before);
    await expect(playground.run).toHaveAttribute("aria-disabled", "true");
    // It is simulated from its settings as they were, so no task of it can be cancelled by hand.
    await expect(playground.tasks.getByRole("button", { name: /^Cancel/ })).toHaveCount(0);
    await page.keyboard.press("Escape");
    await playground.finished(60_000);
    await expect(playground.headline).toHaveText(/^Stopped after /);
    const [over, of] = (await playground.figures("Ended"))[0].split(" of ").map(count);
    const cancelled = count((await playground.figures("Cancelled"))[0]);
    expect(cancelled).toBeGreaterThan(0);
    expect(of).toBe(300_000);
    expect(over).toBe(300_000 - cancelled);
    // And it can be run again at once.
    await page.getByRole("spinbutton", { name: "Simulated tasks", exact: true }).fill("50");
    await playground.runToEnd();
    expect(await playground.figures("Ended")).toEqual(["50 of 50", "50 of 50"]);
  });

  test("settings that are moved during a simulation are those of the next", async ({ page, playground }) => {
    test.setTimeout(120_000);
    await playground.open(simulation({ tasks: 60_000, n: 8, compare: 0 }));
    await playground.runToEnd(60_000);
    const undisturbed = await verdict(playground);
    await playground.start();
    await playground.concurrency.fill("32");
    await playground.finished(60_000);
    expect(await verdict(playground)).toEqual(undisturbed);
    await expect(page.getByText("The settings are others now: press Run to measure with them.")).toBeVisible();
  });

  test("a strategy without limits stays within the page's own", async ({ playground }) => {
    await playground.open(simulation({ tasks: 1_000, strategy: "all at once", compare: 0, latency: "fixed 100" }));
    await playground.runToEnd();
    expect(await playground.figures("Peak in flight")).toEqual(["256"]);
    expect(await playground.totalsMs()).toEqual([400]);
  });
});

test("a host's limit and its clock are waits of their own", async ({ playground }) => {
  await playground.open(simulation({ tasks: 4, compare: 0, strategy: "all at once", latency: "fixed 200", "per-host": 1 }));
  await playground.runToEnd();
  const waits = async (wait: string) => (await playground.readTasks()).map((task) => task.ms[wait] ?? 0);
  expect(await waits("host permit")).toEqual([0, 200, 400, 600]);
  expect(await waits("host")).toEqual([0, 0, 0, 0]);
  await expect(playground.summary).toContainText("The limit per host binds");
  await playground.open(simulation({ tasks: 4, compare: 0, strategy: "all at once", latency: "fixed 50", "host-delay": 100 }));
  await playground.runToEnd();
  expect(await waits("host permit")).toEqual([0, 0, 0, 0]);
  expect(await waits("host")).toEqual([0, 100, 200, 300]);
});

test("what a comparison with itself comes to is said beside the choice", async ({ page, playground }) => {
  const said = page.getByText("so there is nothing to compare it with: one run is made.");
  await playground.open(simulation({ tasks: 4, strategy: "semaphore", against: "semaphore", compare: 1 }));
  await expect(said).toBeVisible();
  await playground.strategy.selectOption("sequential");
  await expect(said).toBeHidden();
});
