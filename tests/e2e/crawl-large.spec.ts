// A crawl of ten thousand pages: the tables keep few rows in the page, and sort and filter all of them.

import { expect, test } from "./lab";

const PAGES = 10_000;

test.setTimeout(300_000);

test("of ten thousand pages few rows are there, and all are sorted and filtered", async ({ page, playground }) => {
  await playground.open({ preset: "own", crawl: 1, compare: 0, n: 256, depth: 9, pages: PAGES, urls: [`lab/site/tree-${PAGES + 500}/`] });
  await playground.runToEnd(240_000);
  const pages = page.getByRole("table", { name: "Pages", exact: true });
  await expect(pages).toHaveAttribute("aria-rowcount", String(PAGES + 1));
  const rows = pages.locator("tbody tr[aria-rowindex]");
  const addresses = () => rows.evaluateAll((rows) => rows.map((row) => row.querySelector("th")!.textContent!));
  expect(await rows.count()).toBeLessThan(60);
  expect(await page.locator("*").count()).toBeLessThan(6_000);

  // Sorted by address, the last of all is known: addresses are compared as text.
  const all = Array.from({ length: PAGES + 500 }, (_, number) => (number === 0 ? "" : `${number}.html`));
  await pages.getByRole("columnheader", { name: "Address", exact: true }).getByRole("button").click();
  await expect.poll(async () => (await addresses())[0]).toBe(`lab/site/tree-${PAGES + 500}/`);
  const shown = (await addresses()).map((address) => address.split("/").at(-1)!);
  expect(shown).toEqual([...shown].sort());

  await page.getByRole("searchbox", { name: "Filter pages", exact: true }).fill("/999");
  const matching = all.filter((path) => path.startsWith("999") && Number.parseInt(path, 10) < PAGES);
  await expect.poll(async () => new Set(await addresses()).size).toBeLessThanOrEqual(matching.length + 1);
  for (const address of await addresses()) expect(address).toContain("/999");

  // The end of the list is there once it is scrolled to.
  await page.getByRole("searchbox", { name: "Filter pages", exact: true }).fill("");
  await expect(pages).toHaveAttribute("aria-rowcount", String(PAGES + 1));
  await page.getByRole("group", { name: "Pages, scrollable" }).evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
  await expect(pages.locator(`tbody tr[aria-rowindex="${PAGES + 1}"]`)).toBeVisible();
  expect(await rows.count()).toBeLessThan(60);

  // What the limit left out is listed in the same way, and the graph says how much it does not draw.
  const skipped = page.getByRole("table", { name: "Skipped", exact: true });
  expect(Number(await skipped.getAttribute("aria-rowcount"))).toBeGreaterThan(100);
  await expect(page.getByRole("figure", { name: "Link graph", exact: true })).toContainText("more (");
});
