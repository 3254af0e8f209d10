// What the page loads after its first paint: nobody waits for it, and nothing is lost if it does not come.

import type { Page } from "@playwright/test";
import { expect, test } from "./lab";

/** Keeps the service worker out, which would answer for the chunks it has. */
const withoutWorker = (page: Page) =>
  page.addInitScript(() => {
    delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker;
  });

test("the picture is there before what runs need, and Run waits for it", async ({ page, playground }) => {
  await withoutWorker(page);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route(/_split_run\.wasm/, async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(playground.home);
  await expect(playground.headline).toContainText("times faster");
  await expect(page.getByRole("heading", { name: "What if?" })).toHaveCount(0);
  await playground.run.click();
  release();
  await expect(playground.status).toContainText("Run started");
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

test("nothing of a crawl is loaded before the page can be used", async ({ page, playground }) => {
  await withoutWorker(page);
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname.split("/").at(-1)!));
  await playground.open();
  const first = asked.filter((name) => name.endsWith(".wasm")).at(0);
  expect(first).toMatch(/_bg\.wasm$/);
  await expect.poll(() => asked.findIndex((name) => /_split_crawl\.wasm$/.test(name))).toBeGreaterThan(
    asked.findIndex((name) => name === first),
  );
});
