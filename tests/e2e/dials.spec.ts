// The dials below “More limits”: what they say, what they do to a run that goes on, and that a link carries all of them.

import { expect, type Server, test } from "./lab";
import { drawnTexts, fragment, type Playground, type Settings, watchCanvas } from "./playground";

const own = { preset: "own", compare: 0 } as const;

/** What the link says. */
const inLink = (playground: Playground, key: string) =>
  new URLSearchParams(new URL(playground.page.url()).hash.slice(1)).get(key);

test("a control that a strategy has no use for says why it can't be moved", async ({ page, playground }) => {
  const WHY = [
    "A race is over with the first answer: nobody pauses after it.",
    "Only “semaphore” can keep a permit while it pauses.",
    "A race goes on while one can still win.",
  ];
  await playground.open({ ...own, strategy: "race" });
  await playground.openMoreLimits();
  await expect(playground.delay).toBeDisabled();
  await expect(playground.concurrency).toBeDisabled();
  await expect(page.getByText("“race” has no use for this.")).toBeVisible();
  for (const why of WHY) await expect(page.getByText(why)).toBeVisible();
  await playground.strategy.selectOption("semaphore");
  for (const why of WHY) await expect(page.getByText(why)).toHaveCount(0);
  await expect(playground.delay).toBeEnabled();
  // Who runs beside a race may well pause: what it means to each is said all the same.
  await page.goto("about:blank");
  await playground.open({ strategy: "race", preset: "own", compare: 1 });
  await expect(playground.delay).toBeEnabled();
  await expect(page.getByText(WHY[0])).toBeVisible();
  await page.goto("about:blank");
  await playground.open({ strategy: "semaphore", against: "buffered", preset: "own", compare: 1 });
  await expect(playground.concurrency).toBeEnabled();
  await expect(page.getByText("“buffered” reads this when a run starts, and not later.")).toBeVisible();
  // A crawl has its own way, whatever is chosen.
  await page.goto("about:blank");
  await playground.open({ strategy: "race", preset: "crawl-small", crawl: 1, compare: 0 });
  await expect(playground.delay).toBeEnabled();
  await expect(playground.concurrency).toBeEnabled();
  for (const why of WHY) await expect(page.getByText(why)).toHaveCount(0);
});

test("limits that work against each other are told", async ({ page, playground }) => {
  const CONTRADICTIONS: [Settings, string][] = [
    [{ n: 3, "per-host": 5 }, "The per-host limit of 5 never binds: only 3 run at once."],
    [{ "run-timeout": 2, timeout: 5_000 }, "The run ends after 2\u00a0s, before any request’s timeout of 5000\u00a0ms."],
    [{ "run-timeout": 10, retries: 1, backoff: 10_000 }, "The run ends after 10\u00a0s, and the back-off alone may take 10000\u00a0ms: there may be no retry."],
    [{ burst: 5 }, "The burst has no rate to begin with."],
    [{ jitter: 50 }, "The jitter has no host delay to vary."],
    [{ store: 100 }, "“semaphore” has no consumer, so its time means nothing."],
  ];
  const told = page.locator(".setup .faults").getByRole("listitem");
  for (const [settings, sentence] of CONTRADICTIONS) {
    await page.goto("about:blank");
    await playground.open(settings);
    await expect(told).toHaveText([sentence]);
  }
  // Each goes as it came.
  await playground.strategy.selectOption("pipeline");
  await expect(told).toHaveCount(0);
  await playground.strategy.selectOption("semaphore");
  await expect(told).toHaveCount(1);
  await playground.openMoreLimits();
  await playground.dial("Consumer, ms").fill("0");
  await expect(told).toHaveCount(0);
  await playground.limited("Per-host limit").check();
  await playground.dial("Per-host limit").fill("3");
  await expect(told).toHaveCount(0);
  // A slider follows the hand.
  await playground.concurrency.fill("2");
  await expect(told).toHaveText(["The per-host limit of 3 never binds: only 2 run at once."]);
  await playground.concurrency.fill("4");
  await expect(told).toHaveCount(0);
});

test("what to compare with is chosen beside the box that switches it on", async ({ page, playground }) => {
  await playground.open({ preset: "own", urls: ["lab/delay/20?task=0", "lab/delay/20?task=1"] });
  const against = page.getByRole("combobox", { name: "Compare with", exact: true });
  await expect(against).toHaveValue("sequential");
  await against.selectOption("all at once");
  await expect(page.getByRole("checkbox", { name: "Compare with all at once", exact: true })).toBeChecked();
  await expect(playground.compare).toHaveCount(0);
  await expect.poll(() => inLink(playground, "against")).toBe("all at once");
  await playground.runToEnd();
  expect(await page.getByRole("group", { name: "Run shown" }).getByRole("radio").count()).toBe(2);
  await expect(playground.headline).toHaveText(/all at once|All at once|Three at a time/);
  // Nothing is compared: nothing is to be chosen. Back brings all of it again.
  await page.getByRole("checkbox", { name: "Compare with all at once" }).uncheck();
  await expect(against).toBeDisabled();
  await expect.poll(() => inLink(playground, "compare")).toBe("0");
  await page.reload();
  await expect(against).toHaveValue("all at once");
  await expect(against).toBeDisabled();
  // A preset that compares with something else says so.
  await playground.preset.selectOption("in-order");
  await expect(against).toHaveValue("buffered");
});

test("the legend names what the strip shows: queues and the loop's lag", async ({ page, playground }) => {
  const legend = page.locator(".legend");
  await playground.open({ strategy: "semaphore", compare: 0 });
  await expect(legend).toContainText("requests in flight");
  await expect(legend).not.toContainText(/queue$|lag/);
  await playground.strategy.selectOption("pipeline");
  await expect(legend).toContainText("items in a queue");
  await expect(legend).not.toContainText("lag");
  await playground.openMoreLimits();
  await playground.dial("Primes below, thousands").fill("10");
  await expect(legend).toContainText("event loop’s lag");
});

test.describe("while a run goes on", () => {
  const arrived = async (lab: Server) => (await lab.truth()).requests.length;

  test("a higher rate reaches the server at once, and is written and drawn", async ({ lab, page, playground }) => {
    await watchCanvas(page);
    const urls = Array.from({ length: 40 }, (_, task) => `lab/delay/60?task=${task}`);
    await playground.open({ ...own, lab: lab.address, strategy: "rate limited", rate: 4, urls });
    await playground.openMoreLimits();
    await playground.start();
    await expect.poll(() => arrived(lab), { intervals: [20] }).toBeGreaterThanOrEqual(7);
    const changedAt = (await lab.truth()).now_ms;
    await playground.dial("Rate, per s").fill("40");
    const inForce = (await lab.truth()).now_ms;
    await playground.finished();
    const { requests } = await lab.truth();
    const before = requests.filter((entry) => entry.arrival_ms < changedAt);
    const after = requests.filter((entry) => entry.arrival_ms > inForce);
    expect(before.length + after.length).toBeGreaterThanOrEqual(requests.length - 4);
    const perSecond = (of: typeof requests) => ((of.length - 1) * 1_000) / (of.at(-1)!.arrival_ms - of[0].arrival_ms);
    expect(perSecond(before)).toBeLessThan(4.4);
    expect(perSecond(after)).toBeGreaterThan(8);
    expect(perSecond(after)).toBeLessThan(44);
    const log = (await playground.readLog()).map(({ text }) => text).filter((text) => text.startsWith("rate: "));
    expect(log.at(-1)).toBe("rate: 40/s, burst 1");
    await expect.poll(async () => (await drawnTexts(page)).map(({ text }) => text)).toContain("40/s, burst 1");
  });

  test("a rate is switched on and off", async ({ lab, playground }) => {
    const urls = Array.from({ length: 40 }, (_, task) => `lab/delay/150?task=${task}`);
    await playground.open({ ...own, lab: lab.address, n: 2, urls });
    await playground.openMoreLimits();
    await playground.start();
    await expect.poll(() => arrived(lab), { intervals: [20] }).toBeGreaterThanOrEqual(4);
    await playground.limited("Rate, per s").check();
    await playground.dial("Rate, per s").fill("2");
    const limitedFrom = (await lab.truth()).now_ms;
    await expect.poll(async () => (await lab.truth()).now_ms - limitedFrom).toBeGreaterThan(2_500);
    const freedAt = (await lab.truth()).now_ms;
    const limited = (await lab.truth()).requests.filter((entry) => entry.arrival_ms > limitedFrom && entry.arrival_ms < freedAt);
    // Two a second, the one that was on its way, and the token that lay ready.
    expect(limited.length).toBeLessThanOrEqual(2 + Math.ceil(((freedAt - limitedFrom) / 1_000) * 2));
    await playground.limited("Rate, per s").uncheck();
    await playground.finished(15_000);
    expect(await playground.outcomes()).toEqual(urls.map(() => "200"));
    expect((await playground.readLog()).at(-1)!.text).toBe("run finished");
    expect((await playground.readLog()).map(({ text }) => text)).toContain("rate: no limit");
  });

  test("the per-host limit follows: 1, then 4", async ({ lab, playground }) => {
    const urls = Array.from({ length: 24 }, (_, task) => `lab/delay/${200 + task}`);
    await playground.open({ ...own, lab: lab.address, n: 6, "per-host": 1, urls });
    await playground.openMoreLimits();
    await playground.start();
    await expect.poll(() => arrived(lab), { intervals: [20] }).toBeGreaterThanOrEqual(4);
    expect((await lab.truth()).peak).toBe(1);
    await playground.dial("Per-host limit").fill("4");
    await playground.finished();
    expect((await lab.truth()).peak).toBe(4);
    expect((await playground.readLog()).map(({ text }) => text)).toContain("per host: 4 at a time");
  });

  test("a shorter host delay ends the wait that goes on", async ({ lab, playground }) => {
    await playground.open({ ...own, lab: lab.address, n: 3, "host-delay": 10_000, urls: ["lab/delay/30?task=0", "lab/delay/30?task=1"] });
    await playground.openMoreLimits();
    await playground.start();
    await expect.poll(async () => (await playground.outcomes())[0]).toBe("200");
    await playground.dial("Host delay, ms").fill("0");
    await playground.finished(8_000);
    const [first, second] = (await lab.truth()).requests;
    expect(second.arrival_ms - first.arrival_ms).toBeLessThan(9_000);
    expect((await playground.readLog()).map(({ text }) => text)).toContain("host delay: 0 ms");
  });

  test("what a run reads at its start only can't be changed, and what it follows can", async ({ lab, page, playground }) => {
    await playground.open({ ...own, lab: lab.address, rate: 50, "per-host": 2, "run-timeout": 60, strategy: "buffer unordered", urls: ["lab/hang"] });
    await playground.openMoreLimits();
    await playground.start();
    await expect.poll(() => arrived(lab)).toBe(1);
    for (const name of ["Retries", "Back-off, ms", "Stall limit, s", "Run timeout, s", "Primes below, thousands"]) {
      await expect(playground.dial(name), name).toBeDisabled();
    }
    for (const name of ["Rate, per s", "Burst", "Per-host limit", "Host delay, ms", "Jitter, %", "Consumer, ms"]) {
      await expect(playground.dial(name), name).toBeEnabled();
    }
    await expect(playground.concurrency, "the stream is made for so many").toBeDisabled();
    await expect(page.getByText("reads this when a run starts, and not later")).toBeVisible();
    for (const control of [playground.strategy, page.getByRole("checkbox", { name: "Stop at the first failure" }), page.getByRole("combobox", { name: "Counted" })]) {
      await expect(control).toBeDisabled();
    }
    await playground.stop.click();
    await playground.finished();
    await expect(playground.dial("Retries")).toBeEnabled();
  });
});

test.describe("a link carries all of them", () => {
  /** Name, key, and a number that is not the default. */
  const DIALS: [string, keyof Settings, number][] = [
    ["Rate, per s", "rate", 17],
    ["Burst", "burst", 4],
    ["Per-host limit", "per-host", 3],
    ["Host delay, ms", "host-delay", 120],
    ["Jitter, %", "jitter", 35],
    ["Retries", "retries", 2],
    ["Back-off, ms", "backoff", 250],
    ["Stall limit, s", "stall", 45],
    ["Run timeout, s", "run-timeout", 90],
    ["Consumer, ms", "store", 15],
    ["Primes below, thousands", "work", 7],
    ["Failures, ‰", "failures", 12],
    ["Seed", "seed", 4711],
  ];

  async function shown(playground: Playground) {
    await playground.openMoreLimits();
    const dials: Record<string, string> = {};
    for (const [name] of DIALS) dials[name] = await playground.dial(name).inputValue();
    return {
      ...dials,
      place: await playground.page.getByRole("combobox", { name: "Counted", exact: true }).inputValue(),
      stop: await playground.page.getByRole("checkbox", { name: "Stop at the first failure", exact: true }).isChecked(),
      law: await playground.page.getByLabel("Latency, ms", { exact: true }).inputValue(),
      tasks: await playground.dial("Simulated tasks").inputValue(),
      strategy: await playground.strategy.inputValue(),
    };
  }

  test("every dial's number is in the address, and comes back with a reload", async ({ page, playground }) => {
    await playground.open({ net: "Simulation" });
    await playground.openMoreLimits();
    for (const name of ["Rate, per s", "Per-host limit", "Run timeout, s"]) {
      await expect(playground.dial(name)).toBeDisabled();
      await playground.limited(name).check();
    }
    for (const [name, key, number] of DIALS) {
      await playground.dial(name).fill(String(number));
      await expect.poll(() => inLink(playground, key), name).toBe(String(number));
    }
    await page.getByRole("combobox", { name: "Counted", exact: true }).selectOption("in slices");
    await page.getByRole("checkbox", { name: "Stop at the first failure", exact: true }).check();
    await page.getByLabel("Latency, ms", { exact: true }).fill("uniform 50 70");
    await playground.dial("Simulated tasks").fill("321");
    await playground.strategy.selectOption("buffer unordered");
    const changed = await shown(playground);
    for (const [name, , number] of DIALS) expect(changed).toMatchObject({ [name]: String(number) });
    await expect.poll(() => inLink(playground, "strategy")).toBe("buffer unordered");
    await page.reload();
    expect(await shown(playground)).toEqual(changed);
    for (const name of ["Rate, per s", "Per-host limit", "Run timeout, s"]) await expect(playground.limited(name)).toBeChecked();
    // And is written again as it was read.
    const link = page.url();
    await playground.dial("Seed").fill("4712");
    await expect.poll(() => page.url()).toContain("4712");
    await playground.dial("Seed").fill("4711");
    await expect.poll(() => page.url()).toBe(link);
  });

  test("off is a setting too, where a preset has it on", async ({ page, playground }) => {
    await playground.open({ preset: "polite" });
    await playground.openMoreLimits();
    await expect(playground.dial("Per-host limit")).toHaveValue("2");
    await playground.limited("Per-host limit").uncheck();
    await expect.poll(() => inLink(playground, "per-host")).toBe("off");
    await page.reload();
    await playground.openMoreLimits();
    await expect(playground.limited("Per-host limit")).not.toBeChecked();
    await expect(playground.dial("Per-host limit")).toBeDisabled();
  });

  for (const strategy of ["sequential", "all at once", "semaphore", "buffered", "buffer unordered", "worker pool", "rate limited", "adaptive", "auto throttle", "pipeline", "race"]) {
    test(`strategy ${strategy}`, async ({ page, playground }) => {
      await page.goto(playground.home + fragment({ strategy }));
      await expect(playground.strategy).toHaveValue(strategy);
      // Its picture is there before anything is run, and its code is what is shown.
      await expect(playground.headline).toHaveText(/\.$/);
      expect((await playground.figures("Total")).at(-1)).toMatch(/s$/);
    });
  }
});
