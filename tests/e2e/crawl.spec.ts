// Real crawls of the Lab's sites, as the server saw them: which pages, in which order, how far apart, and which never.

import { type Entry, expect, expectOnce, newKey, test } from "./lab";
import { type Playground } from "./playground";

const below = (site: string, { path }: Entry): string => path.slice(`/lab/site/${site}/`.length);

/** The addresses that the page says it fetched, below the site. The table keeps no more rows than are in view. */
async function savedPages(playground: Playground, site: string): Promise<string[]> {
  const download = playground.page.waitForEvent("download");
  await playground.page.getByRole("region", { name: "Crawl" }).getByRole("button", { name: "JSON", exact: true }).click();
  const stream = await (await download).createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  const pages = JSON.parse(Buffer.concat(chunks).toString()) as { address: string }[];
  return pages.map(({ address }) => new URL(address).pathname.slice(`/lab/site/${site}/`.length));
}

test("a small site: robots.txt first, then each of its 25 pages once, and the page says the same", async ({ lab, playground }) => {
  await playground.open({ preset: "crawl-small", compare: 0, n: 4, lab: lab.address });
  await playground.runToEnd();
  const { requests, peak } = await lab.truth();
  const asked = requests.map((entry) => below("small", entry));
  expect(asked[0]).toBe("robots.txt");
  expect(asked).toHaveLength(26);
  expect(new Set(asked).size).toBe(26);
  expect(peak).toBeLessThanOrEqual(4);
  expect(requests[1].arrival_ms).toBeGreaterThanOrEqual(requests[0].departure_ms!);
  expect((await savedPages(playground, "small")).sort()).toEqual(asked.slice(1).sort());
});

test("what a crawl would take otherwise is not made up from its pages", async ({ playground }) => {
  await playground.open({ preset: "crawl-small", compare: 0 });
  const region = playground.page.getByRole("region", { name: "What if?", exact: true });
  await expect(region).toContainText("finds its pages as it goes");
  await expect(region.locator("svg")).toHaveCount(0);
});

test("one at a time and n at once find the same pages", async ({ lab, playground }) => {
  await playground.open({ preset: "crawl-small", n: 4, lab: lab.address });
  await playground.runToEnd();
  const asked = (await lab.truth()).requests.map((entry) => below("small", entry));
  expect(asked).toHaveLength(52);
  expect(new Set(asked.slice(0, 26))).toEqual(new Set(asked.slice(26)));
});

test("a site that asks for manners: what it forbids is never asked for, and a second lies between two requests", async ({ lab, playground }) => {
  await playground.open({ preset: "crawl-polite", lab: lab.address });
  await playground.runToEnd(60_000);
  const { requests, peak } = await lab.truth();
  const asked = requests.map((entry) => below("polite", entry));
  expect(asked).toHaveLength(11); // robots.txt, and the ten that are allowed
  // All of private/ is forbidden, but for the one page that a longer rule allows.
  expect(asked.filter((path) => path.startsWith("private/"))).toEqual(["private/press.html"]);
  const gaps = requests.slice(1).map((entry, index) => entry.arrival_ms - requests[index].arrival_ms);
  // A request is a moment on its way, which differs: the first has to open a connection.
  expect(Math.min(...gaps)).toBeGreaterThan(900);
  expect(peak).toBe(1);
  await expect(playground.log).toContainText("robots.txt (task 1) was read, and holds; it asks for 1000");
});

test("a host's own limit and delay hold, whatever the semaphore would allow", async ({ lab, playground }) => {
  await playground.open({ preset: "crawl-wide", n: 8, pages: 10, "per-host": 2, "host-delay": 120, lab: lab.address });
  await expectOnce(5, async () => {
    await lab.reset();
    await playground.runToEnd();
    const { requests, peak } = await lab.truth();
    expect(requests).toHaveLength(11);
    expect(peak).toBeLessThanOrEqual(2);
    const gaps = requests.slice(1).map((entry, index) => entry.arrival_ms - requests[index].arrival_ms);
    // Each request is a moment on its way, which differs: the first has to open a connection.
    return Math.min(...gaps.slice(1)) > 105 ? null : gaps;
  });
});

test("everything that goes wrong has its outcome, and the crawl goes on", async ({ lab, playground, complaints }) => {
  complaints.allow(/Failed to load resource/, /CORS policy/, /net::ERR/);
  await playground.open({ preset: "crawl-mixed", lab: lab.address, urls: [`lab/site/mixed-${Date.now() % 99_999_999}/`] });
  await playground.runToEnd(60_000);
  const { requests } = await lab.truth();
  const asked = requests.map(({ path }) => path.replace(/^\/lab\/site\/mixed-\d+\//, ""));
  expect(asked.filter((path) => path.startsWith("never/"))).toEqual([]);
  for (const found of ["found/after-big.html", "found/after-retry.html", "found/after-latin1.html", "found/json.html", "found/fish&chips.html"]) {
    expect(asked).toContain(found);
  }
  await expect(playground.page.getByRole("progressbar", { name: "Progress" })).toBeVisible();
});

test("a hostile page changes nothing in this one", async ({ lab, playground, complaints }) => {
  complaints.allow(/Failed to load resource/, /CORS policy/, /net::ERR/);
  const said: string[] = [];
  playground.page.on("dialog", (dialog) => {
    said.push(dialog.message());
    void dialog.dismiss();
  });
  await playground.open({ preset: "own", crawl: 1, depth: 1, compare: 0, lab: lab.address, urls: ["lab/site/mixed/hostile.html"] });
  await playground.runToEnd();
  expect((await lab.truth()).requests.length).toBeGreaterThan(1);
  expect(said).toEqual([]);
  const foreign = await playground.page.evaluate(
    () => document.querySelectorAll("[onerror], [onclick], a[href^='javascript:'], img, iframe").length,
  );
  expect(foreign).toBe(0);
});

test("a trap ends at its limit", async ({ lab, playground }) => {
  await playground.open({ preset: "crawl-trap", pages: 30, lab: lab.address });
  await playground.runToEnd();
  expect((await lab.truth()).requests).toHaveLength(31);
  const skipped = playground.page.getByRole("table", { name: "Skipped" });
  await expect(skipped).toContainText("trap?");
  // What gave it away, with its numbers.
  await playground.page.getByRole("group", { name: "Reasons" }).getByRole("button", { name: /^trap\? / }).click();
  const reason = skipped.getByRole("row").nth(1).getByRole("cell").first();
  await expect(reason).toHaveText("trap?");
  await expect(reason).toHaveAttribute("title", /\d+ .+, and more.* looks? like a trap\.$/);
});

test("who pauses and resumes loses nothing and repeats nothing", async ({ lab, playground }) => {
  await playground.open({ preset: "crawl-small", compare: 0, n: 3, "host-delay": 50, lab: lab.address });
  await playground.start();
  await expect.poll(async () => (await lab.truth()).requests.length).toBeGreaterThan(5);
  await playground.page.getByRole("button", { name: "Pause", exact: true }).click();
  await expect.poll(async () => (await lab.truth()).in_flight).toBe(0);
  const before = (await lab.truth()).requests.length;
  expect(before).toBeLessThan(26);
  // Many times as long as the next request would have taken.
  await playground.page.waitForTimeout(800);
  expect((await lab.truth()).requests).toHaveLength(before);
  await playground.page.getByRole("button", { name: "Resume", exact: true }).click();
  await playground.finished();
  const asked = (await lab.truth()).requests.map((entry) => below("small", entry));
  expect(asked).toHaveLength(26);
  expect(new Set(asked).size).toBe(26);
});

test("what stands for an address in JSON is followed", async ({ lab, playground, complaints }) => {
  complaints.allow(/Failed to load resource.*404/); // robots.txt
  const key = newKey();
  await playground.open({
    preset: "own",
    crawl: 1,
    depth: 1,
    compare: 0,
    lab: lab.address,
    urls: ["lab/news/item/8863.json"],
    items: `score ${lab.address}lab/delay/{}?${key}`,
  });
  await playground.runToEnd();
  const { requests } = await lab.truth();
  expect(requests.some(({ path }) => new RegExp(`^/lab/delay/\\d+\\?${key}$`).test(path))).toBe(true);
});

test("the Lab inside the page can be crawled, too", async ({ playground }) => {
  await playground.open({ preset: "crawl-small", compare: 0 });
  await playground.runToEnd();
  expect(await savedPages(playground, "small")).toHaveLength(25);
});
