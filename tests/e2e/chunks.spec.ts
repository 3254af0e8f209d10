// What the page loads after its first paint: nobody waits for it, and nothing is lost if it does not come.

import type { Page } from "@playwright/test";
import { expect, test } from "./lab";
import { fragment } from "./playground";

/** Keeps the service worker out, which would answer for the chunks it has. */
const withoutWorker = (page: Page) =>
  page.addInitScript(() => {
    delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker;
  });

/** Keeps what runs need on its way until the function that is returned is called. */
const holdBack = async (page: Page): Promise<() => void> => {
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/_split_run\.wasm/, async (route) => {
    await held;
    await route.continue();
  });
  return release;
};

test("the picture is there before what runs need, and Run waits for it", async ({ page, playground }) => {
  await withoutWorker(page);
  const release = await holdBack(page);
  await page.goto(playground.home);
  await expect(playground.headline).toContainText("times faster");
  await expect(page.getByRole("heading", { name: "What if?" })).toHaveCount(0);
  await playground.run.click();
  const loading = page.getByText("Loading what runs need. The run begins by itself; Escape takes it back.");
  await expect(loading).toBeVisible();
  release();
  await expect(playground.status).toContainText("Run started");
  await expect(loading).toHaveCount(0);
  await expect(page.getByRole("heading", { name: "What if?" })).toBeVisible();
});

test("who presses Run without what runs need is told, and can try again", async ({ complaints, page, playground }) => {
  complaints.allow(/Failed to load resource/, /net::ERR/, /Failed to fetch/);
  await withoutWorker(page);
  await page.route(/_split_run\.wasm/, (route) => route.abort());
  await page.goto(playground.home);
  await playground.run.click();
  await expect(playground.notice.first()).toContainText("What runs need could not be loaded");
  await page.unroute(/_split_run\.wasm/);
  await playground.run.click();
  await expect(playground.status).toContainText("Run started");
  await expect(page.getByText("What runs need could not be loaded")).toHaveCount(0);
});

test("a crawl without the crawler can be set, not run, and comes with the network", async ({ complaints, page, playground }) => {
  complaints.allow(/Failed to load resource/, /net::ERR/, /Failed to fetch/);
  await withoutWorker(page);
  await page.route(/_split_crawl\.wasm/, (route) => route.abort());
  await playground.open({ preset: "crawl-small", compare: 0 });
  await expect(page.getByText("The crawler could not be loaded")).toBeVisible();
  await expect(playground.run).toBeDisabled();
  await page.unroute(/_split_crawl\.wasm/);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await expect(page.getByRole("table", { name: "Pages", exact: true })).toBeVisible();
  await expect(playground.run).toBeEnabled();
});

test("what runs need is asked for once the page is there, and what crawls need after that", async ({ page, playground }) => {
  await withoutWorker(page);
  await playground.open();
  const begun = () =>
    page.evaluate(() => {
      const of = (name: RegExp) =>
        performance.getEntriesByType("resource").find((entry) => name.test(entry.name)) as PerformanceResourceTiming | undefined;
      return {
        page: of(/crawl_playground-\w+_bg\.wasm/)?.responseEnd ?? NaN,
        runs: of(/_split_run\.wasm/)?.startTime ?? NaN,
        crawls: of(/_split_crawl\.wasm/)?.startTime ?? NaN,
      };
    });
  await expect.poll(async () => (await begun()).crawls).not.toBeNaN();
  const { page: whole, runs, crawls } = await begun();
  expect(runs).toBeGreaterThan(whole);
  expect(crawls).toBeGreaterThan(runs);
});

test("the picture stays as it is when what simulates it comes", async ({ page, playground }) => {
  await withoutWorker(page);
  const release = await holdBack(page);
  await page.goto(playground.home);
  await expect(playground.headline).toContainText("times faster");
  const summary = page.getByRole("region", { name: "Summary" });
  const canvas = page.locator("figure canvas").first();
  const shown = async () => ({
    headline: await playground.headline.innerText(),
    why: await summary.locator(".why").innerText(),
    figures: await summary.locator("table").innerText(),
    shares: await summary.locator(".meters").innerText(),
    count: await page.locator(".count").innerText(),
    bars: await canvas.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL()),
  });
  const before = await shown();
  release();
  await expect(page.getByRole("heading", { name: "What if?" })).toBeVisible();
  const after = await shown();
  expect({ ...after, bars: "" }).toEqual({ ...before, bars: "" });
  expect(after.bars === before.bars, "the bars are drawn alike").toBe(true);
});

test("what a link says is set at once, and its picture comes with what simulates it", async ({ page, playground }) => {
  await withoutWorker(page);
  const release = await holdBack(page);
  await page.goto(playground.home + fragment({ preset: "own", n: 2, urls: ["lab/delay/100", "lab/delay/100", "nowhere"], compare: 0 }));
  await expect(playground.concurrency).toHaveValue("2");
  await expect(playground.urls).toHaveValue("lab/delay/100\nlab/delay/100\nnowhere");
  await expect(page.getByText("Press Run to find out")).toBeVisible();
  release();
  await expect(page.getByText("Line 3:")).toBeVisible();
  await expect(page.getByText("Simulated: press Run to do it for real.")).toBeVisible();
});

test("settings that are changed before what runs need is there hold, and go into the link", async ({ page, playground }) => {
  await withoutWorker(page);
  const release = await holdBack(page);
  await page.goto(playground.home);
  await expect(playground.headline).toContainText("times faster");
  await playground.concurrency.fill("5");
  // The picture of three at a time would be another one's.
  await expect(page.getByText("Press Run to find out")).toBeVisible();
  release();
  await expect(page.getByText("Simulated: press Run to do it for real.")).toBeVisible();
  await expect(playground.headline).toContainText("Five at a time");
  await expect(page).toHaveURL(/#n=5$/);
});

test("a Run that waits for what it needs can be taken back", async ({ page, playground }) => {
  await withoutWorker(page);
  const release = await holdBack(page);
  await page.goto(playground.home);
  await expect(playground.headline).toContainText("times faster");
  await playground.run.click();
  await expect(playground.notice.first()).toContainText("Loading what runs need");
  await page.keyboard.press("Escape");
  await expect(page.getByText("Loading what runs need")).toHaveCount(0);
  release();
  await playground.ready();
  await expect(page.getByText("Simulated: press Run to do it for real.")).toBeVisible();
  await expect(playground.status).not.toContainText("Run started");
});

test("a Run that waits is of what the link says, its Lab too", async ({ lab, page, playground }) => {
  await withoutWorker(page);
  const release = await holdBack(page);
  await page.goto(playground.home + fragment({ lab: lab.address, preset: "own", n: 2, urls: ["lab/delay/100", "lab/delay/110"], compare: 0 }));
  await playground.run.click();
  release();
  await playground.ready();
  await playground.finished();
  await expect.poll(async () => (await lab.truth()).requests.length).toBe(2);
});

for (const isChanged of [false, true]) {
  test(`a Lab that is nowhere is refused when the link is read to its end${isChanged ? ", settings that were changed are kept" : ", and nothing is run"}`, async ({ page, playground }) => {
    await withoutWorker(page);
    const release = await holdBack(page);
    await page.goto(playground.home + fragment({ lab: "nowhere", n: 5 }));
    await expect(playground.concurrency).toHaveValue("5");
    await (isChanged ? playground.concurrency.fill("6") : playground.run.click());
    release();
    await playground.ready();
    await expect(playground.notice.first()).toContainText("lab");
    await expect(playground.concurrency).toHaveValue(isChanged ? "6" : "3");
    await expect(playground.status).not.toContainText("Run started");
  });
}
