// `dist` alone: plain files below a sub-path, and the Lab answered by the service worker, or by the page without one.

import { type Browser } from "@playwright/test";
import { expect, goOffline, Server, SUB_PATH, test } from "./lab";
import { Playground } from "./playground";

const FAILED = /Failed to load resource/;

for (const path of [SUB_PATH, "/elsewhere/"]) {
  test(`the default scenario runs from ${path} by the service worker`, async ({ page }) => {
    const server = await Server.pages(path);
    try {
      const playground = new Playground(page, new URL(path, server.address).href);
      const answers: { url: string; byWorker: boolean }[] = [];
      page.on("response", (response) => {
        if (response.url().includes("/lab/")) {
          answers.push({ url: response.url(), byWorker: response.fromServiceWorker() });
        }
      });
      await playground.open();
      await playground.runToEnd();
      expect(answers).toHaveLength(20); // ten tasks, twice
      for (const { url, byWorker } of answers) {
        expect(url).toContain(`${path}lab/bytes/`);
        expect(byWorker, url).toBe(true);
      }
      const workers = page.context().serviceWorkers().map((worker) => worker.url().split("?")[0]);
      expect(workers).toEqual([`${playground.home}sw.js`]);
      // And there is nothing else that could have answered.
      expect((await fetch(answers[0].url)).status).toBe(404);
      await expect(playground.headline).toContainText("Three at a time took");
      expect(await playground.figures("Ended")).toEqual(["10 of 10", "10 of 10"]);
    } finally {
      await server.stop();
    }
  });
}

test("once loaded it works offline, even after the browser has stopped the worker", async ({ page }) => {
  const server = await Server.pages(SUB_PATH);
  const playground = new Playground(page, new URL(SUB_PATH, server.address).href);
  await playground.open({ preset: "own", n: 3, urls: ["lab/delay/100", "lab/bytes/2000?ms=50", "lab/status/204"] });
  await playground.runToEnd();
  await server.stop();
  await goOffline(page);
  await playground.runToEnd();
  expect((await playground.readTasks()).map((task) => task.outcome)).toEqual(["200", "200", "204"]);
  expect(await playground.figures("Failed")).toEqual(["0", "0"]);
});

test("once kept, the page opens offline, with what the link says", async ({ complaints, page }) => {
  complaints.allow(FAILED);
  const server = await Server.pages(SUB_PATH);
  const playground = new Playground(page, new URL(SUB_PATH, server.address).href);
  await playground.open();
  const isKept = () => page.evaluate(async () => Boolean(await caches.match(location.pathname)));
  await expect.poll(isKept, { timeout: 20_000 }).toBe(true);
  await server.stop();
  await goOffline(page);
  await page.goto("about:blank");
  await playground.open({ preset: "own", n: 2, urls: ["lab/delay/20", "lab/status/204"] });
  await playground.runToEnd();
  expect(await playground.outcomes()).toEqual(["200", "204"]);
});

test("mixed failures: each has its outcome and its sentence", async ({ complaints, playground }) => {
  complaints.allow(FAILED);
  await playground.open({ preset: "failures" });
  await playground.runToEnd();
  const outcomes = ["200", "404", "200", "500", "timeout", "network error", "200", "200"];
  for (const lane of ["One at a time", "At most 3"]) {
    await playground.show(lane);
    await expect.poll(async () => (await playground.readTasks()).map((task) => task.outcome)).toEqual(outcomes);
    const tasks = await playground.readTasks();
    expect(tasks[1].reason).toContain("no such page");
    expect(tasks[3].reason).toContain("server failed");
    expect(tasks[4].reason).toContain("No complete answer within 2.00\u00a0s");
    expect(Math.abs(tasks[4].ms.request - 2_000)).toBeLessThan(50);
    expect(tasks[5].reason).toContain("The connection broke");
    expect(tasks[6].reason).toMatch(/Redirected to .*lab\/delay\/400/);
    for (const index of [0, 2, 7]) expect(tasks[index].reason).toBe("");
  }
  expect(await playground.figures("Failed")).toEqual(["4", "4"]);
});

test("Hacker News: the list, then thirty stories with their titles", async ({ playground }) => {
  await playground.open({ preset: "news", compare: 0 });
  await playground.runToEnd();
  const tasks = await playground.readTasks();
  expect(tasks).toHaveLength(31);
  expect(tasks[0].target).toBe("lab/news/top.json");
  for (const task of tasks) expect(task.outcome, task.target).toBe("200");
  const titles = tasks.slice(1).map((task) => task.title);
  for (const title of titles) expect(title).toMatch(/\w+ \w+/);
  expect(new Set(titles).size).toBeGreaterThan(20);
  // The items are asked for once the list is there.
  const listed = tasks[0].ms.start + tasks[0].ms.total;
  for (const task of tasks.slice(1)) expect(task.ms.start).toBeGreaterThanOrEqual(listed - 0.1);
});

test("the Lab's sites know where they are, and come as what they are", async ({ complaints, page, pagesServer, playground }) => {
  complaints.allow(FAILED); // of the redirect that has no end
  await playground.open({ preset: "own", n: 1, urls: ["lab/delay/0"] });
  await playground.runToEnd(); // by then the worker answers
  const get = (path: string) =>
    page.evaluate(async (path) => {
      const reply = await fetch(path);
      return { url: reply.url, status: reply.status, type: reply.headers.get("content-type"), text: await reply.text() };
    }, path);
  const root = new URL(`${SUB_PATH}lab/site/`, pagesServer.address);
  const rules = await get("lab/site/polite/robots.txt");
  expect(rules.text).toContain(`\nDisallow: ${root.pathname}polite/private/\n`);
  expect(rules.text).toContain(`\nSitemap: ${root.href}polite/sitemap.xml\n`);
  const sitemap = await get("lab/site/polite/sitemap.xml");
  expect(sitemap.type).toBe("application/xml");
  expect(sitemap.text).toContain(`<loc>${root.href}polite/private/press.html</loc>`);
  const found = await get("lab/site/polite/search?q=tides");
  expect([found.status, found.type]).toEqual([200, "text/html; charset=utf-8"]);
  expect(found.text).toContain(`<link rel="canonical" href="${root.href}polite/search">`);
  expect((await get("lab/site/mixed/old.html")).url).toBe(`${root.href}mixed/ok.html`);
  expect((await get("lab/site/mixed/latin1.html")).type).toBe("text/html; charset=iso-8859-1");
  expect((await get("lab/site/mixed/big.html")).text).toContain("found/after-big.html");
  expect(await page.evaluate(() => fetch("lab/site/mixed/loop.html").catch(() => "failed"))).toBe("failed");
});

/** Ways in which browsers have no service workers, as they look to a page. */
const without: Record<string, () => void> = {
  "there are none": () => {
    delete (Navigator.prototype as { serviceWorker?: unknown }).serviceWorker;
  },
  "they are refused": () => {
    const refuse = () => Promise.reject(new DOMException("The operation is insecure.", "SecurityError"));
    ServiceWorkerContainer.prototype.register = refuse;
  },
};

for (const [name, script] of Object.entries(without)) {
  test(`the page answers for the Lab itself where ${name}`, async ({ page, playground }) => {
    await page.addInitScript(script);
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    await playground.open({
      preset: "own",
      n: 2,
      urls: ["lab/delay/100", "lab/status/404", "lab/redirect/1?to=../delay/50", "lab/drop?ms=20"],
    });
    await expect(playground.network).toContainText("Answered inside this page, since");
    await playground.runToEnd();
    const tasks = await playground.readTasks();
    expect(tasks.map((task) => task.outcome)).toEqual(["200", "404", "200", "network error"]);
    expect(tasks[0].ms.request).toBeGreaterThan(99);
    expect(asked.filter((url) => url.includes("/lab/"))).toEqual([]);
  });
}

test("the page without a service worker knows the Lab's flaky pages and its news", async ({ complaints, page, playground }) => {
  complaints.allow(FAILED);
  await page.addInitScript(without["there are none"]);
  await playground.open({ preset: "own", n: 1, compare: 0, retries: 1, backoff: 50, urls: ["lab/flaky/1?fails=1"] });
  await playground.runToEnd();
  const [flaky] = await playground.readTasks();
  expect(flaky.outcome).toBe("200");
  expect(flaky.reason).toBe("Tried 2 times.");
  await playground.open({ preset: "news", compare: 0 });
  await playground.runToEnd();
  const tasks = await playground.readTasks();
  expect(tasks).toHaveLength(31);
  for (const { outcome, title } of tasks.slice(1)) expect([outcome, title]).toEqual(["200", expect.stringMatching(/\w+ \w+/)]);
});

test("Stop reaches what the service worker answers: each request is broken off, none is left", async ({ page, playground }) => {
  const open = new Set<string>();
  const brokenOff: string[] = [];
  page.on("request", (request) => {
    if (/\/lab\/(hang|bytes)/.test(request.url())) open.add(request.url());
  });
  page.on("requestfailed", (request) => {
    if (open.delete(request.url())) brokenOff.push(request.failure()!.errorText);
  });
  page.on("requestfinished", (request) => void open.delete(request.url()));
  // Two have no headers yet when Stop comes, and two are in the middle of their bodies.
  const urls = ["lab/hang?a", "lab/hang?b", "lab/bytes/600000?rate=10000&a", "lab/bytes/600000?rate=10000&b"];
  await playground.open({ preset: "own", n: 4, compare: 0, urls });
  await playground.run.click();
  await expect.poll(() => open.size).toBe(4);
  await expect.poll(async () => (await playground.readTasks()).map((task) => task.ms.download > 0)).toEqual([false, false, true, true]);
  await playground.stop.click();
  await expect.poll(() => brokenOff).toEqual(Array(4).fill("net::ERR_ABORTED"));
  expect((await playground.readTasks()).map((task) => task.outcome)).toEqual(Array(4).fill("cancelled"));
});

test("with service workers blocked the page still runs, and says so", async ({ browser, complaints, pagesServer }) => {
  const context = await (browser as Browser).newContext({ serviceWorkers: "block" });
  complaints.watch(context);
  const playground = new Playground(await context.newPage(), new URL(SUB_PATH, pagesServer.address).href);
  await playground.open({ preset: "own", n: 2, urls: ["lab/delay/100", "lab/delay/100"] });
  await expect(playground.network).toContainText("Answered inside this page");
  await playground.runToEnd();
  expect(await playground.figures("Failed")).toEqual(["0", "0"]);
  await context.close();
});
