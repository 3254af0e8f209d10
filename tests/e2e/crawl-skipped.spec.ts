// What a crawl did not fetch: its list, the reasons it can be filtered by, and its files.

import { open } from "./crawl-results";
import { expect, test } from "./lab";

test("what was left out has its reasons", async ({ page, playground }) => {
  const results = await open(playground, { preset: "crawl-polite" });
  const reasons = page.getByRole("group", { name: "Reasons", exact: true });
  const robots = reasons.getByRole("button", { name: /^robots \d+$/ });
  const count = Number((await robots.textContent())!.replace(/\D/g, ""));
  expect(count).toBeGreaterThan(0);
  await robots.click();
  await expect(robots).toHaveAttribute("aria-pressed", "true");
  await expect(results.region).toContainText("The host's robots.txt asks crawlers not to fetch it.");
  const rows = results.skipped.locator("tbody tr[aria-rowindex]");
  await expect(rows).toHaveCount(count);
  for (const text of await rows.locator("td:nth-child(2)").allInnerTexts()) expect(text).toBe("robots");
  await robots.click();
  await expect(robots).toHaveAttribute("aria-pressed", "false");
});

test("links to what is known are listed with the page that they stand on, all of them", async ({ page, playground }) => {
  const results = await open(playground, { preset: "crawl-small" });
  const rows = results.skipped.locator("tbody tr[aria-rowindex]");
  const duplicates = page.getByRole("group", { name: "Reasons", exact: true }).getByRole("button", { name: /^duplicate \d+$/ });
  const count = Number((await duplicates.textContent())!.replace(/\D/g, ""));
  expect(count).toBeGreaterThan(25); // each page links back
  const listed = results.region.getByText(`${count} listed`, { exact: true });
  // The crawl leaves nothing else out.
  await expect(listed).toBeVisible();
  await duplicates.click();
  await expect(listed).toBeVisible();
  await expect(rows.first().locator("td:nth-child(2)")).toHaveText("duplicate");
  // Addresses stand there as they do in the table of pages.
  await expect(rows.first().locator("th")).toHaveText(/^lab\/site\/small\//);
  await expect(rows.first().locator("td:nth-child(3)")).toHaveText(/^lab\/site\/small\//);
  // The first one is of the first page that was read, and leads to one that is in the table of pages.
  const [link, of] = await Promise.all([rows.first().locator("th"), rows.first().locator("td:nth-child(3)")].map((cell) => cell.getAttribute("title")));
  expect(new URL(of!).pathname).toMatch(/\/lab\/site\/small\/(\d+\.html)?$/);
  await results.filter.fill(new URL(link!).pathname.split("/").slice(-2).join("/"));
  await expect.poll(async () => (await results.column("#")).length).toBeGreaterThan(0);
});

test("a reason that was chosen is forgotten with its crawl, and so is what pages were filtered by", async ({ page, playground }) => {
  const results = await open(playground, { preset: "crawl-small", compare: 0, pages: 5 });
  const reasons = page.getByRole("group", { name: "Reasons", exact: true });
  const pressed = reasons.getByRole("button", { pressed: true });
  await reasons.getByRole("button", { name: /^duplicate \d+$/ }).click();
  await results.filter.fill("small/1.html");
  await expect(pressed).toHaveText(/^duplicate \d+$/);

  // The same crawl, done for real, is looked at in the same way.
  await playground.runToEnd();
  await expect(pressed).toHaveText(/^duplicate \d+$/);
  await expect(results.filter).toHaveValue("small/1.html");
  await expect.poll(() => results.column("#")).toEqual(["2"]);

  // Another one has such reasons and such pages, too, and is shown whole.
  await playground.preset.selectOption("crawl-polite");
  await expect(pressed).toHaveCount(0);
  await expect(results.filter).toHaveValue("");
  await expect(results.told).not.toBeEmpty();
  const words = await results.skipped.locator("tbody tr[aria-rowindex] td:nth-child(2)").allInnerTexts();
  expect(words).toContain("robots");
});

test("a reason that is none any more hides nothing", async ({ page, playground }) => {
  const results = await open(playground, { preset: "crawl-mixed", compare: 0 });
  const reasons = page.getByRole("group", { name: "Reasons", exact: true });
  const rows = results.skipped.locator("tbody tr[aria-rowindex]");
  const extension = reasons.getByRole("button", { name: /^extension \d+$/ });
  await extension.click();
  await expect(extension).toHaveAttribute("aria-pressed", "true");
  await page.getByText("More crawl rules", { exact: true }).click();
  await page.getByRole("checkbox", { name: "Fetch files too", exact: true }).click();
  await expect(extension).toHaveCount(0);
  await expect(reasons.getByRole("button", { pressed: true })).toHaveCount(0);
  await expect.poll(() => rows.count()).toBeGreaterThan(0);
});

test("what was skipped is saved in each format, all of it whatever is listed", async ({ page, playground }) => {
  const results = await open(playground, { preset: "crawl-mixed" });
  const host = new URL(playground.home).hostname;
  const listed = results.region.getByText(/^\d+ listed$/);
  const all = Number((await listed.textContent())!.split(" ")[0]);
  const reasons = page.getByRole("group", { name: "Reasons", exact: true });
  await reasons.getByRole("button", { name: /^extension \d+$/ }).click();
  await expect.poll(async () => Number((await listed.textContent())!.split(" ")[0])).toBeLessThan(all);

  const json = await results.save("Skipped as JSON");
  expect(json.name).toBe(`${host}-skipped.json`);
  const skipped: Record<string, unknown>[] = JSON.parse(json.text);
  expect(skipped).toHaveLength(all);
  expect(Object.keys(skipped[0])).toEqual(["address", "reason", "explanation", "referrer"]);
  const picture = skipped.find(({ reason }) => reason === "extension")!;
  expect(picture.explanation).toBe("It ends as files without links do, such as pictures and archives.");
  expect(picture.referrer).toContain("/lab/site/mixed/");

  const lines = await results.save("Skipped as JSON Lines");
  expect(lines.name).toBe(`${host}-skipped.jsonl`);
  expect(lines.text.trimEnd().split("\n").map((line) => JSON.parse(line))).toEqual(skipped);
  // For the eye the buttons are named as those of the pages are.
  const group = page.getByRole("group", { name: "Download all skipped", exact: true });
  await expect(group.getByRole("button")).toHaveText(["CSV", "JSON", "JSON Lines"]);
});
