// The limits, the simulation and the cancel buttons, for those who don't see the picture or use a phone.

import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { expect, test } from "./lab";

const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } };

async function expectNoViolations(page: Page, state: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const told = violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.failureSummary + node.html) }));
  expect.soft(told, state).toEqual([]);
}

test.setTimeout(120_000);

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries(SIZES)) {
    test(`axe finds nothing with more limits open: ${colorScheme}, ${name}`, async ({ lab, page, playground }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      await playground.open({ lab: lab.address, preset: "own", compare: 0, n: 2, rate: 20, urls: ["lab/delay/30000", "lab/hang", "lab/delay/50"] });
      await playground.openMoreLimits();
      await expectNoViolations(page, "more limits");
      await playground.dial("Rate, per s").fill("0");
      await playground.dial("Jitter, %").fill("20");
      await expectNoViolations(page, "a refused number and a contradiction");
      await playground.dial("Rate, per s").fill("20");
      await playground.start();
      await expect(playground.cancel(1)).toBeVisible();
      await expectNoViolations(page, "a run with cancel buttons");
      await playground.cancel(1).click();
      await expect(playground.tasks).toContainText("cancelled");
      await playground.stop.click();
      await playground.finished();
      await expectNoViolations(page, "a run that was stopped");
    });

    test(`axe finds nothing in the simulation: ${colorScheme}, ${name}`, async ({ page, playground }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      await playground.open({ net: "Simulation", failures: 100, tasks: 20 });
      await playground.openMoreLimits();
      await expectNoViolations(page, "idle");
      await page.getByLabel("Latency, ms", { exact: true }).fill("fixed -1");
      await playground.dial("Simulated tasks").fill("0");
      await expectNoViolations(page, "nonsense in both fields");
      await page.getByLabel("Latency, ms", { exact: true }).fill("fixed 100");
      await playground.runToEnd();
      await expect(page.getByRole("region", { name: "What if?" })).toContainText("The knee is");
      await expectNoViolations(page, "finished, with the sweep");
    });
  }
}

test("at 360 px nothing is wider than the screen, whatever is open", async ({ lab, page, playground }) => {
  await page.setViewportSize(SIZES.phone);
  const expectFits = async (state: string) => {
    expect(await page.evaluate(() => document.scrollingElement!.scrollWidth), state).toBeLessThanOrEqual(360);
    // Nor is anything cut off at the right inside the form.
    const wide = await page.locator(".fields, .fields *").evaluateAll((parts) =>
      parts.filter((part) => part.clientWidth > 0 && part.getBoundingClientRect().right > 360.5 && getComputedStyle(part).position !== "absolute").map((part) => part.outerHTML.slice(0, 80)),
    );
    expect(wide, state).toEqual([]);
  };
  await playground.open({ lab: lab.address, preset: "own", compare: 0, rate: 20, "per-host": 9, jitter: 10, n: 3, "run-timeout": 1, urls: ["lab/delay/20000", "lab/hang"] });
  await playground.openMoreLimits();
  await playground.dial("Rate, per s").fill("0");
  await expectFits("refusals and contradictions");
  await playground.start();
  await expect(playground.cancel(2)).toBeAttached();
  await expectFits("a run with cancel buttons");
  await expect(playground.stop).toBeInViewport();
  await playground.finished();
  await expectFits("finished");
  await page.goto("about:blank");
  await playground.open({ net: "Simulation" });
  await playground.openMoreLimits();
  await page.getByLabel("Latency, ms", { exact: true }).fill(`uniform ${"9".repeat(60)} 1`);
  await expectFits("the simulation, with nonsense");
  await page.getByLabel("Latency, ms", { exact: true }).fill("fixed 10");
  await playground.runToEnd();
  await expectFits("the sweep");
});

test("each cancel button can be hit by a finger", async ({ lab, page, playground }) => {
  await page.setViewportSize(SIZES.phone);
  await playground.open({ lab: lab.address, preset: "own", compare: 0, urls: ["lab/hang", "lab/delay/20000"] });
  await playground.start();
  for (const task of [1, 2]) {
    const box = (await playground.cancel(task).boundingBox())!;
    expect(Math.min(box.width, box.height), `task ${task}`).toBeGreaterThanOrEqual(24);
  }
  await playground.stop.click();
  await playground.finished();
});

test("every dial has one name, and its unit in it", async ({ page, playground }) => {
  await playground.open({ net: "Simulation" });
  await playground.openMoreLimits();
  const names = [
    "Rate, per s", "Burst", "Per-host limit", "Host delay, ms", "Jitter, %", "Retries", "Back-off, ms", "Stall limit, s", "Run timeout, s",
    "Consumer, ms", "Primes below, thousands", "Failures, ‰", "Seed",
  ];
  for (const name of names) await expect(playground.dial(name), name).toHaveCount(1);
  for (const name of ["Pace", "Failures", "What a result costs", "Simulated network"]) {
    await expect(page.getByRole("group", { name, exact: true })).toBeVisible();
  }
});

test("by keyboard alone: more limits, a rate, and Run", async ({ lab, page, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", compare: 0, urls: ["lab/delay/20"] });
  await page.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(playground.dial("Burst")).toBeVisible();
  await page.keyboard.press("Tab");
  await expect(playground.limited("Rate, per s")).toBeFocused();
  await page.keyboard.press("Space");
  await page.keyboard.press("Tab");
  await expect(playground.dial("Rate, per s")).toBeFocused();
  await page.keyboard.press("ArrowUp");
  await expect(playground.dial("Rate, per s")).toHaveValue("11");
  await page.keyboard.press("Control+Enter");
  await playground.finished();
  expect(await playground.outcomes()).toEqual(["200"]);
  await expect.poll(() => page.url()).toContain("rate=11");
});
