// Crawls of the Lab without a network: what a crawl needs besides the page is kept once the page is idle.

import { expect, goOffline, Server, SUB_PATH, test } from "./lab";
import { Playground } from "./playground";

/** The files of the reader that the page's cache holds. */
const kept = async (playground: Playground): Promise<string[]> =>
  playground.page.evaluate(async () => {
    const names = await caches.keys();
    const keys = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return keys
      .flat()
      .map(({ url }) => new URL(url).pathname.split("/").at(-1)!)
      .filter((name) => name.startsWith("read"))
      .sort();
  });

test("the first crawl can begin offline", async ({ page }) => {
  const server = await Server.pages(SUB_PATH);
  const playground = new Playground(page, new URL(SUB_PATH, server.address).href);
  await playground.open({ preset: "crawl-small", compare: 0 });
  // Nothing was crawled yet, and all of it is there.
  await expect.poll(() => kept(playground), { timeout: 20_000 }).toEqual(["read.js", "reader.js", "reader_bg.wasm"]);
  await server.stop();
  await goOffline(page);
  await playground.runToEnd();
  await expect(page.getByRole("table", { name: "Pages" })).toHaveAttribute("aria-rowcount", "26");
  expect(await playground.figures("Failed")).toEqual(["0"]);
});

test("without the reader a crawl says so, page by page, and ends", async ({ complaints, page, playground }) => {
  complaints.allow(/Failed to load resource/, /net::ERR/, /read\.js/, /Worker/i);
  await page.route(/\/read(er)?[^/]*\.(js|wasm)/, (route) => route.abort());
  await page.addInitScript(() => {
    delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker;
  });
  await playground.open({ preset: "crawl-small", compare: 0 });
  await playground.runToEnd();
  const pages = page.getByRole("table", { name: "Pages" });
  await expect(pages).toHaveAttribute("aria-rowcount", "2"); // the seed alone
  await pages.getByRole("button", { name: "Page 1", exact: true }).click();
  await expect(page.getByRole("group", { name: "Page details" })).toContainText("The page was not read");
});
