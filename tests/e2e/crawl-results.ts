// The results of a crawl, as tests find them on the page.

import { type Locator, type Page } from "@playwright/test";
import { readFile } from "node:fs/promises";
import { expect } from "./lab";
import { type Playground, type Settings } from "./playground";

/** What a page shows of a crawl. */
export class Results {
  readonly region: Locator;
  readonly pages: Locator;
  readonly skipped: Locator;
  readonly filter: Locator;
  readonly graph: Locator;
  readonly graphFrame: Locator;
  readonly details: Locator;
  readonly progress: Locator;
  readonly told: Locator;

  constructor(readonly page: Page) {
    this.region = page.getByRole("region", { name: "Crawl", exact: true });
    this.pages = page.getByRole("table", { name: "Pages", exact: true });
    this.skipped = page.getByRole("table", { name: "Skipped", exact: true });
    this.filter = page.getByRole("searchbox", { name: "Filter pages", exact: true });
    this.graph = page.getByRole("figure", { name: "Link graph", exact: true });
    this.graphFrame = this.graph.getByRole("group");
    this.details = page.getByRole("group", { name: "Page details", exact: true });
    this.progress = page.getByRole("progressbar", { name: "Progress", exact: true });
    this.told = this.region.locator("#crawl-told");
  }

  /** The texts of a column, of the rows that are there. */
  async column(name: string): Promise<string[]> {
    return this.pages.evaluate((table, name) => {
      const heads = [...table.querySelectorAll("thead th")].map((head) => head.textContent!.trim());
      const index = heads.indexOf(name);
      return [...table.querySelectorAll("tbody tr[aria-rowindex]")].map((row) => row.children[index].textContent!.trim());
    }, name);
  }

  head(name: string) {
    return this.pages.getByRole("columnheader", { name, exact: true });
  }

  async sortBy(name: string): Promise<void> {
    await this.head(name).getByRole("button").click();
  }

  /** The row of a page, counted from 1 in the order of fetching. */
  row(number: number) {
    return this.pages.getByRole("row").filter({ has: this.page.getByRole("button", { name: `Page ${number}`, exact: true }) });
  }

  /** What a button has the browser save: the file's name and its text. */
  async save(button: string): Promise<{ name: string; text: string }> {
    const download = this.page.waitForEvent("download");
    await this.region.getByRole("button", { name: button, exact: true }).click();
    const file = await download;
    return { name: file.suggestedFilename(), text: await readFile(await file.path(), "utf8") };
  }
}

/** Opens the simulated crawl of a preset. */
export async function open(playground: Playground, settings: Settings): Promise<Results> {
  await playground.open(settings);
  const results = new Results(playground.page);
  await expect(results.pages).toBeVisible();
  return results;
}
