// For those who don't see the picture, don't use a mouse, or use a phone.

import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { expect, test } from "./lab";
import { type Playground, type Settings } from "./playground";

const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } };

async function expectNoViolations(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.failureSummary + node.html) }));
  expect(told, state).toEqual([]);
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries(SIZES)) {
    test(`axe finds nothing: ${colorScheme}, ${name}`, async ({ complaints, page, playground }) => {
      complaints.allow(/Failed to load resource/);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      await playground.open({
        preset: "own",
        n: 3,
        timeout: 1_500,
        urls: ["lab/delay/300", "lab/status/404", "ftp://example.org/", "lab/drop", "lab/hang", "lab/redirect/1", "lab/delay/400"],
      });
      await expectNoViolations(page, "idle, with a bad line");
      await playground.start();
      await expect(playground.tasks).toContainText("404");
      await expectNoViolations(page, "running");
      await playground.finished();
      await expectNoViolations(page, "finished, with failures");
      await page.getByRole("button", { name: "Keys" }).click();
      await expect(page.getByRole("dialog", { name: "Keys" })).toBeVisible();
      await expectNoViolations(page, "the keys' dialog");
      await page.keyboard.press("Escape");
      await expect(page.getByRole("dialog")).toBeHidden();
      await playground.urls.fill("");
      await expect(playground.run).toBeDisabled();
      await expectNoViolations(page, "an empty list");
    });
  }
}

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries(SIZES)) {
    test(`axe finds nothing in the states that hands bring about: ${colorScheme}, ${name}`, async ({ page, playground }) => {
      test.slow(); // axe looks at five pages
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      // Storage is refused: the history says so.
      await page.addInitScript(() => {
        IDBFactory.prototype.open = () => {
          throw new DOMException("Refused.", "SecurityError");
        };
      });
      const button = (name: string | RegExp) => page.getByRole("button", { name, exact: true });
      await playground.open({ net: "Simulation", latency: "uniform 50 400", tasks: 300, compare: 0, n: 4 });
      for (const n of [4, 8, 16, 32]) {
        await playground.concurrency.fill(String(n));
        await playground.runToEnd();
        if (n < 32) await button("Pin").click();
      }
      await expect(page.getByRole("region", { name: "Comparison" })).toBeVisible();
      await expectNoViolations(page, "three pinned, one compared, a history without storage");
      await button("Fit rows").click();
      await playground.tasks.getByRole("button", { name: "Task 2", exact: true }).click();
      await page.getByRole("checkbox", { name: "Critical path", exact: true }).check();
      await button("Measure what is in view").click();
      await expectNoViolations(page, "rows that fit, a task in full, the critical path, measured");
      await button("Zoom in").click();
      await button("Event before").click();
      await expectNoViolations(page, "zoomed, in a replay");

      await page.goto("about:blank");
      await playground.open({ net: "Live", crawl: 1, n: 20, compare: 0, urls: ["https://a.test/"] });
      await playground.run.click();
      await expect(button("Run anyway")).toBeVisible();
      await expectNoViolations(page, "a question");
      await button("Cancel").click();
      await playground.dial("Depth").fill("101");
      await expectNoViolations(page, "a number that is refused");
    });
  }
}

test("the controls have the names that tests and people go by", async ({ page, playground }) => {
  await playground.open();
  const controls = [
    playground.run,
    playground.stop,
    playground.concurrency,
    playground.delay,
    playground.network,
    playground.network.getByRole("radio", { name: "Lab", exact: true }),
    playground.network.getByRole("radio", { name: "Live", exact: true }),
    playground.strategy,
    playground.preset,
    playground.urls,
    playground.compare,
    playground.timeline,
    playground.tasks,
    playground.summary,
    playground.log,
  ];
  for (const control of controls) await expect(control).toHaveCount(1);
  await expect(page).toHaveTitle(/Crawl Playground/);
});

test("on a wide screen the parts scroll, and the page itself does not", async ({ complaints, page, playground }) => {
  complaints.allow(/Failed to load resource/); // pages that fail, in the crawl
  await page.setViewportSize(SIZES.desktop);
  const spare = () => page.evaluate(() => document.scrollingElement!.scrollHeight - document.scrollingElement!.clientHeight);
  for (const settings of [{}, { preset: "crawl-mixed", crawl: 1 }] as Settings[]) {
    await playground.open(settings);
    await playground.runToEnd();
    await expect(page.getByRole("region", { name: "What if?" })).toBeVisible();
    expect(await spare()).toBe(0);
  }
});

test.describe("by keyboard alone", () => {
  const urls = ["lab/delay/150", "lab/delay/150", "lab/delay/30000"];

  /** Presses Tab until `name` has the focus. */
  async function tabTo(page: Page, name: string): Promise<void> {
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press("Tab");
      if ((await focused()) === name) return;
    }
    throw new Error(`Tab never comes to ${name}`);
  }

  const isRunning = (playground: Playground) => expect(playground.stop).toBeEnabled();

  test("the first Tab offers the way to the settings", async ({ page, playground }) => {
    await playground.open({ preset: "own", urls });
    await page.keyboard.press("Tab");
    const skip = page.getByRole("button", { name: "Go to the settings" });
    await expect(skip).toBeFocused();
    await expect(skip).toBeInViewport({ ratio: 1 });
    const before = page.url();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await expect(playground.network.getByRole("radio", { name: "Lab", exact: true })).toBeFocused();
    await expect(skip).not.toBeInViewport();
    expect(page.url()).toBe(before);
  });

  test("Tab to Run, Enter, Escape; the focus stays", async ({ lab, page, playground }) => {
    await playground.open({ lab: lab.address, preset: "own", n: 3, compare: 0, urls });
    await tabTo(page, "Run");
    await page.keyboard.press("Enter");
    await isRunning(playground);
    await expect.poll(async () => (await lab.truth()).requests.length).toBe(3);
    await page.keyboard.press("Escape");
    await playground.finished();
    await expect(playground.run).toBeFocused();
    expect((await lab.truth()).in_flight).toBe(0);

    await page.keyboard.press("Space");
    await isRunning(playground);
    await tabTo(page, "Stop");
    await page.keyboard.press("Enter");
    await playground.finished();
    await expect(playground.stop).toBeFocused();
  });

  test("Ctrl + Enter runs, also from the list of addresses", async ({ lab, page, playground }) => {
    await playground.open({ lab: lab.address, preset: "own", n: 3, compare: 0, urls });
    await playground.urls.focus();
    await page.keyboard.press("Control+Enter");
    await isRunning(playground);
    await page.keyboard.press("Control+Enter"); // nothing starts twice
    await expect.poll(async () => (await lab.truth()).requests.length).toBe(3);
    await page.keyboard.press("Escape");
    await playground.finished();
    expect((await lab.truth()).requests).toHaveLength(3);
    await expect(playground.urls).toHaveValue(urls.join("\n"));
  });

  test("? lists the keys, but writes itself where people write", async ({ page, playground }) => {
    await playground.open({ preset: "own", urls });
    const dialog = page.getByRole("dialog", { name: "Keys" });
    await playground.urls.press("?");
    await expect(playground.urls).toHaveValue(/\?/);
    await expect(dialog).toBeHidden();
    // In fields of every kind: a name, a law, and a search, in which it is what addresses are told apart by.
    await page.getByRole("radio", { name: "Simulation", exact: true }).check();
    const law = page.getByRole("combobox", { name: "Latency, ms", exact: true });
    await law.press("?");
    await expect(law).toHaveValue(/\?/);
    await expect(dialog).toBeHidden();
    await playground.preset.press("?");
    await expect(dialog).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
  });

  test("arrows move the sliders", async ({ page, playground }) => {
    await playground.open();
    await playground.concurrency.focus();
    await page.keyboard.press("ArrowRight");
    await expect(playground.concurrency).toHaveValue("4");
    await expect(page.getByRole("spinbutton", { name: "Concurrency" })).toHaveValue("4");
  });
});

/** Runs of which more or less is to be said before, while and after they go on. */
const SAID: Record<string, Settings> = {
  "six requests": { preset: "own", n: 3, urls: Array(6).fill("lab/delay/150") },
  "the trap": { preset: "trap" },
  "results in order": { preset: "in-order" },
};

for (const [name, viewport, said] of Object.entries(SIZES).flatMap(([name, viewport]) => Object.keys(SAID).map((said) => [name, viewport, said] as const))) {
  test(`nothing moves while a run goes on: ${said}, ${name}`, async ({ lab, page, playground }) => {
    await page.setViewportSize(viewport);
    await playground.open({ lab: lab.address, ...SAID[said] });
    await playground.timeline.scrollIntoViewIfNeeded();
    const box = async () => {
      const { y, height } = (await playground.timeline.boundingBox())!;
      return { y, height };
    };
    const before = await box();
    await page.evaluate(() => {
      const shifts: unknown[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node?: Node }[] })[]) {
          const nodes = entry.sources.map(({ node }) => (node as Element)?.className || node?.nodeName);
          shifts.push({ at: entry.startTime, value: entry.value, nodes });
        }
      }).observe({ type: "layout-shift" });
    });
    await page.keyboard.press("Control+Enter");
    await expect(playground.tasks).toContainText("request");
    expect(await box()).toEqual(before);
    await playground.finished();
    expect(await box()).toEqual(before);
    // A number that grows moves its own text to the left in its cell, and a longer headline the sentence below it; nothing
    // else may move.
    const shifts = await page.evaluate(() => (window as unknown as { shifts: { nodes: string[] }[] }).shifts);
    expect(shifts.filter(({ nodes }) => nodes.some((node) => node !== "#text" && node !== "sub"))).toEqual([]);
  });
}

test("on a phone the settings come right below the picture that they change, and what tells of it below them", async ({ page, playground }) => {
  await page.setViewportSize(SIZES.phone);
  await playground.open();
  await expect(page.getByRole("heading", { name: "Permits" })).toBeVisible();
  const parts = [
    page.getByRole("figure", { name: "Timeline" }),
    page.getByRole("complementary", { name: "Setup" }),
    page.getByRole("heading", { name: "Permits" }),
    page.getByRole("heading", { name: "Tasks", exact: true }),
    page.getByRole("complementary", { name: "Evidence" }),
  ];
  const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
  const tops = boxes.map((box) => box!.y);
  expect(tops).toEqual(tops.toSorted((one, other) => one - other));
  const below = tops[1] - (boxes[0]!.y + boxes[0]!.height);
  expect(below).toBeGreaterThanOrEqual(0);
  expect(below).toBeLessThan(40);
});

test("at 360 px nothing is wider than the screen", async ({ page, playground }) => {
  await page.setViewportSize(SIZES.phone);
  const width = () => page.evaluate(() => document.scrollingElement!.scrollWidth);
  await playground.open({ preset: "own", n: 3, urls: ["lab/delay/50", `lab/delay/60?${"long".repeat(60)}`, "http://[bad"] });
  expect(await width()).toBeLessThanOrEqual(360);
  await expect(playground.run).toBeInViewport();
  await playground.runToEnd();
  expect(await width()).toBeLessThanOrEqual(360);
  await expect(playground.run).toBeInViewport();
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries(SIZES)) {
    test(`the tables' heads are written out: ${colorScheme}, ${name}`, async ({ page, playground }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      // What all of a host's limits make of the table of tasks, and the tables of a crawl.
      const limited: Settings = { net: "Simulation", latency: "fixed 50", tasks: 4, strategy: "all at once", "per-host": 1, rate: 20, delay: 10 };
      const crawled: Settings = { preset: "crawl-mixed", crawl: 1, compare: 0 };
      const heads = () =>
        page.evaluate(() => {
          const heads = [...document.querySelectorAll<HTMLElement>("table thead th")].filter((head) => head.checkVisibility());
          const text = (head: HTMLElement) => {
            const range = document.createRange();
            range.selectNodeContents(head);
            return range.getBoundingClientRect();
          };
          return heads.map((head) => ({
            name: head.textContent!,
            // Neither cut nor over its neighbour.
            spare: head.clientWidth - text(head).width,
            isInside: text(head).left >= head.getBoundingClientRect().left && text(head).right <= head.getBoundingClientRect().right,
          }));
        });
      for (const [settings, expected] of [[limited, "Host permit"], [crawled, "Address"]] as const) {
        await playground.open(settings);
        await expect(page.getByRole("columnheader", { name: expected, exact: true }).first()).toBeVisible();
        const told = await heads();
        expect(told.map(({ name }) => name)).toContain(expected);
        expect(told.filter(({ spare, isInside }) => spare < 0 || !isInside)).toEqual([]);
      }
    });
  }
}
