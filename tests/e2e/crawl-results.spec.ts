// What a crawl found: its tables, its graph, its files, and the button that pauses it.

import AxeBuilder from "@axe-core/playwright";
import { open, Results } from "./crawl-results";
import { expect, test } from "./lab";

const SIZES = { desktop: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } };

test("only crawls have results of a crawl", async ({ page, playground }) => {
  await playground.open({ preset: "ten" });
  const results = new Results(page);
  await expect(results.region).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Pause", exact: true })).toHaveCount(0);
  await playground.preset.selectOption("crawl-small");
  await expect(results.region).toBeVisible();
  await expect(page.getByRole("button", { name: "Pause", exact: true })).toHaveAttribute("aria-disabled", "true");
});

test("a whole site: pages, progress, robots.txt", async ({ playground }) => {
  const results = await open(playground, { preset: "crawl-small" });
  await expect(results.told).toHaveText("25 pages: all that it found and may fetch.");
  expect(await results.progress.evaluate((bar: HTMLProgressElement) => [bar.value, bar.max])).toEqual([25, 25]);
  expect(await results.column("#")).toEqual(Array.from({ length: 25 }, (_, index) => String(index + 1)));
  expect(new Set(await results.column("Status"))).toEqual(new Set(["200"]));
  await expect(results.region).toContainText("lab/site/small/robots.txt was read, and holds.");
});

test("at a desktop's width no column is cut, and rows to come have their room", async ({ page, playground }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await playground.open({ preset: "crawl-small", compare: 0 });
  const results = new Results(page);
  await expect(results.pages).toBeVisible();
  const frame = page.getByRole("group", { name: "Pages, scrollable", exact: true });
  expect(await frame.evaluate((frame) => frame.scrollWidth - frame.clientWidth)).toBe(0);
  // The preview knows the rows, so nothing below the picture is pushed down while they come.
  const top = async () => (await page.getByRole("group", { name: "Replay", exact: true }).boundingBox())!.y;
  const before = await top();
  await playground.start();
  await expect(results.told).toContainText("in flight");
  expect(Math.abs((await top()) - before)).toBeLessThan(2);
  await playground.finished();
  expect(Math.abs((await top()) - before)).toBeLessThan(2);
});

test("headings sort, in both directions", async ({ playground }) => {
  const results = await open(playground, { preset: "crawl-mixed" });
  const lower = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  const byBytes = (one: string, other: string) => (one < other ? -1 : Number(one > other));
  await expect(results.head("#")).toHaveAttribute("aria-sort", "ascending");

  const inOrder = await results.column("Title");
  const titles = inOrder.filter(Boolean).map(lower);
  const missing = inOrder.filter((title) => !title);
  expect(missing.length).toBeGreaterThan(0);
  await results.sortBy("Title");
  await expect(results.head("Title")).toHaveAttribute("aria-sort", "ascending");
  await expect(results.head("#")).toHaveAttribute("aria-sort", "none");
  await expect
    .poll(async () => (await results.column("Title")).map(lower))
    .toEqual([...[...titles].sort(byBytes), ...missing]);
  await results.sortBy("Title");
  await expect(results.head("Title")).toHaveAttribute("aria-sort", "descending");
  await expect
    .poll(async () => (await results.column("Title")).map(lower))
    .toEqual([...[...titles].sort(byBytes).reverse(), ...missing]);

  await results.sortBy("Links");
  await expect.poll(async () => (await results.column("Links"))[0]).toBe("0");
  const links = (await results.column("Links")).map(Number);
  expect(links).toEqual([...links].sort((one, other) => one - other));
});

test("the filter looks at address, title, type and status", async ({ playground }) => {
  const results = await open(playground, { preset: "crawl-mixed" });
  const all = (await results.column("#")).length;
  await results.filter.fill("404");
  await expect.poll(() => results.column("Status")).toEqual(["404"]);
  await expect(results.region).toContainText(`1 of ${all} pages`);
  await results.filter.fill("APPLICATION/json");
  await expect.poll(() => results.column("Type")).toEqual(["application/json"]);
  await results.filter.fill("no page has this");
  await expect.poll(async () => (await results.column("#")).length).toBe(0);
  await results.filter.fill("");
  await expect.poll(async () => (await results.column("#")).length).toBe(all);
});

test("what the network sent is text", async ({ page, playground }) => {
  const results = await open(playground, { preset: "crawl-mixed" });
  await results.filter.fill("onerror");
  await expect.poll(() => results.column("Title")).toEqual([`<img src=x onerror="document.title='taken'">`]);
  await results.pages.getByRole("button", { name: /^Page \d+$/ }).click();
  await expect(results.details).toContainText("<img src=x onerror=");
  await expect(page).toHaveTitle(/Crawl Playground/);
  await expect(results.region.locator("img")).toHaveCount(0);
});

test("a row opens its details, and closes them", async ({ page, playground }) => {
  const results = await open(playground, { preset: "crawl-small" });
  const second = page.getByRole("button", { name: "Page 2", exact: true });
  await expect(second).toHaveAttribute("aria-expanded", "false");
  await second.focus();
  await page.keyboard.press("Enter");
  await expect(second).toHaveAttribute("aria-expanded", "true");
  await expect(second).toBeFocused();
  await expect(results.row(2)).toHaveAttribute("aria-current", "true");
  await expect(results.details.getByRole("heading")).toHaveText("Page 2");
  await expect(results.details).toContainText(/Address.*\/lab\/site\/small\/1\.html/);
  await expect(results.details).toContainText(/Referrer.*\/lab\/site\/small\//);
  await page.keyboard.press("Enter");
  await expect(results.details).toBeEmpty();
});

test("a click in the graph selects the page, and arrows go on from there", async ({ page, playground }) => {
  const results = await open(playground, { preset: "crawl-wide" });
  await results.graphFrame.scrollIntoViewIfNeeded();
  // The seed's dot, first in the first column.
  await results.graph.getByRole("img").click({ position: { x: 20, y: 48 } });
  await expect(results.row(1)).toHaveAttribute("aria-current", "true");
  await results.graphFrame.focus();
  await page.keyboard.press("ArrowRight");
  await expect(results.row(2)).toHaveAttribute("aria-current", "true");
  await expect(results.row(1)).toHaveAttribute("aria-current", "false");
  for (let presses = 0; presses < 150; presses += 1) await page.keyboard.press("ArrowDown");
  await expect(results.details.getByRole("heading")).toHaveText("Page 152");
  await results.pages.scrollIntoViewIfNeeded();
  await expect(results.row(152)).toHaveAttribute("aria-current", "true");
  await expect(results.row(152)).toBeInViewport();
  await results.graphFrame.focus();
  await page.keyboard.press("ArrowLeft");
  await expect(results.details.getByRole("heading")).toHaveText("Page 1");
});

test("of many pages only those in view have a row", async ({ playground }) => {
  const results = await open(playground, { preset: "crawl-wide" });
  await expect(results.told).toContainText("201 pages");
  expect((await results.column("#")).length).toBeLessThan(60);
  await expect(results.pages).toHaveAttribute("aria-rowcount", "202");
  const frame = results.page.getByRole("group", { name: "Pages, scrollable" });
  await frame.evaluate((frame) => frame.scrollTo(0, frame.scrollHeight));
  await expect.poll(async () => (await results.column("#")).at(-1)).toBe("201");
});

test("the files hold all pages, and what was skipped", async ({ playground }) => {
  const results = await open(playground, { preset: "crawl-mixed" });
  const all = (await results.column("#")).length;
  const host = new URL(playground.home).hostname;
  await results.filter.fill("404"); // files are of all pages, whatever the table shows

  const json = await results.save("JSON");
  expect(json.name).toBe(`${host}-pages.json`);
  const pages: Record<string, unknown>[] = JSON.parse(json.text);
  expect(pages).toHaveLength(all);
  expect(Object.keys(pages[0])).toEqual([
    ...["address", "status", "final_url", "content_type", "bytes", "depth", "referrer", "out_links", "title", "h1"],
    ...["description", "canonical", "language", "keys", "outcome", "duration_ms", "problem"],
  ]);
  expect(pages[0]).toMatchObject({ status: 200, depth: 0, referrer: null, title: "A site with everything", outcome: "ok" });
  expect(pages.filter((page) => page.status === 404)).toHaveLength(1);

  const lines = await results.save("JSON Lines");
  expect(lines.name).toBe(`${host}-pages.jsonl`);
  expect(lines.text.trimEnd().split("\n").map((line) => JSON.parse(line))).toEqual(pages);

  const csv = await results.save("CSV");
  expect(csv.name).toBe(`${host}-pages.csv`);
  const rows = csv.text.split("\r\n");
  expect(rows[0]).toBe(Object.keys(pages[0]).join(","));
  expect(rows).toHaveLength(all + 2); // with the head, and nothing behind the last line's end
  expect(rows[1].startsWith(`${pages[0].address},200,`)).toBe(true);

  const skipped = await results.save("Skipped as CSV");
  expect(skipped.name).toBe(`${host}-skipped.csv`);
  expect(skipped.text.split("\r\n")[0]).toBe("address,reason,explanation,referrer");
  expect(skipped.text).toContain(",extension,");
});

test("a crawl that is paused sends nothing, and goes on where it stood", async ({ lab, page, playground }) => {
  // After its robots.txt a host has to wait two seconds for its first page.
  await playground.open({ preset: "crawl-small", lab: lab.address, compare: 0, pages: 1, "host-delay": 2_000 });
  const results = new Results(page);
  const asked = async () => (await lab.truth()).requests.map(({ path }) => path);
  await playground.start();
  await expect.poll(asked).toEqual(["/lab/site/small/robots.txt"]);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  const resume = page.getByRole("button", { name: "Resume", exact: true });
  await expect(resume).toBeFocused();
  await expect(playground.status).toHaveText(/^Paused\. \d+ of at most \d+ pages/);
  await expect(results.told).toContainText("paused");
  await expect(page.getByText("nothing new is sent until you press Resume.")).toBeVisible();
  await page.waitForTimeout(2_500); // longer than the host's delay
  expect(await asked()).toEqual(["/lab/site/small/robots.txt"]);
  await resume.click();
  await expect.poll(asked).toEqual(["/lab/site/small/robots.txt", "/lab/site/small/"]);
  await playground.finished();
  await expect(playground.status).toContainText("1 page: as many as it may have.");
  // What it stood still is in its total, and so is no fault of the prediction.
  await expect(playground.summary).toContainText(/It was paused for \d\.\d\d\ss of its time|The pause binds: for \d\.\d\d\ss of the /);
  expect(await playground.figures("Off by")).toEqual(["–"]);
});

test("in the filter ? is a letter; the first Escape empties it, and only the next one stops", async ({ lab, page, playground }) => {
  await playground.open({ preset: "crawl-small", lab: lab.address, compare: 0, "host-delay": 10_000 });
  const results = new Results(page);
  await playground.start();
  await expect.poll(async () => (await lab.truth()).requests.length).toBe(1);
  await results.filter.pressSequentially("?page=2");
  await expect(results.filter).toHaveValue("?page=2");
  await expect(page.getByRole("dialog")).toBeHidden();
  await page.keyboard.press("Escape");
  await expect(results.filter).toHaveValue("");
  await expect(playground.stop).toBeEnabled();
  await page.keyboard.press("Escape");
  await playground.finished();
  await expect(playground.headline).toHaveText(/^Stopped after /);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of Object.entries(SIZES)) {
    test(`axe finds nothing in a crawl's results: ${colorScheme}, ${name}`, async ({ page, playground }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      const results = await open(playground, { preset: "crawl-mixed" });
      await page.getByRole("button", { name: "Page 4", exact: true }).click();
      await page.getByRole("group", { name: "Reasons", exact: true }).getByRole("button").first().click();
      await expect(results.details).toContainText("The server has no such page.");
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
      expect(await page.evaluate(() => document.scrollingElement!.scrollWidth)).toBeLessThanOrEqual(viewport.width);
    });
  }
}
