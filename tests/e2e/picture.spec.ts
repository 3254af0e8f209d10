// The timeline: something is drawn, it says the same as the table, and a thousand tasks are no burden.

import { expect, test } from "./lab";
import { drawnTexts, type Playground, watchCanvas } from "./playground";

/** How many colours the canvas shows. */
const colours = (playground: Playground) =>
  playground.timeline.getByRole("img").evaluate((canvas: HTMLCanvasElement) => {
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set<number>();
    for (let at = 0; at < data.length; at += 4) seen.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    return seen.size;
  });

test("the first picture is there without a click and without a request", async ({ page, playground }) => {
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await playground.open();
  await expect(playground.headline).toHaveText(/^Three at a time took \S+\ss instead of \S+\ss: \S+\stimes faster\.$/);
  await expect(page.getByText("Simulated: press Run to do it for real.")).toBeVisible();
  expect(await colours(playground)).toBeGreaterThan(10);
  expect(await playground.readTasks()).toHaveLength(10);
  await expect(playground.network).not.toContainText("Answered inside");
  expect(asked.filter((path) => path.includes("/lab/"))).toEqual([]);
  expect(asked.length).toBeGreaterThan(3);
});

test("the picture follows the settings while it is simulated", async ({ playground }) => {
  await playground.open();
  await expect(playground.headline).toContainText("Three at a time took");
  await playground.concurrency.fill("10");
  await expect(playground.headline).toContainText("Ten at a time took");
});

test("hovering a bar tells its segments, the same as the table", async ({ lab, page, playground }) => {
  const urls = Array.from({ length: 6 }, (_, task) => `lab/bytes/${3_000 + 500 * task}?ms=${120 + task}&rate=40000`);
  await playground.open({ lab: lab.address, preset: "own", n: 2, compare: 0, urls });
  await playground.runToEnd();
  const tasks = await playground.readTasks();
  const canvas = playground.timeline.getByRole("img");
  const box = (await canvas.boundingBox())!;
  const tip = page.locator(".tip");
  const told = new Map<string, Record<string, number>>();
  // Down over all rows, wherever they are.
  for (let y = 0; y < box.height; y += 5) {
    await page.mouse.move(box.x + box.width * 0.6, box.y + y);
    const text = await tip.evaluateAll(([tip]) => {
      if (!tip) return null;
      const rows = [...tip.querySelectorAll("tr:not(.sum)")].map((row) => [row.children[0].textContent, row.children[2].textContent]);
      return { heading: tip.querySelector(".tip-name")!.textContent!, rows, sum: tip.querySelector(".sum td:last-child")!.textContent! };
    });
    if (!text) continue;
    const number = text.heading.split(/\s/)[0];
    const ms = Object.fromEntries(text.rows.map(([wait, length]) => [wait!, Number.parseFloat(length!)]));
    told.set(number, { ...ms, total: Number.parseFloat(text.sum) });
  }
  expect([...told.keys()].sort()).toEqual(tasks.map((task) => String(task.number)));
  for (const { number, ms } of tasks) {
    const { start: _, ...waits } = ms;
    const spent = Object.fromEntries(Object.entries(waits).filter(([name, time]) => time > 0 || name === "total"));
    const shown = Object.fromEntries(Object.entries(told.get(String(number))!).filter(([, time]) => time > 0));
    expect(shown, `task ${number}`).toEqual(spent);
  }
  await page.mouse.move(0, 0);
  await expect(tip).toHaveCount(0);
});

test("a thousand tasks: the rows scroll, and the table holds only those in view", async ({ page, playground }) => {
  const urls = Array.from({ length: 1_000 }, (_, task) => `lab/delay/${5 + (task % 20)}?task=${task}`);
  await playground.open({ preset: "own", n: 64, compare: 0, urls });
  await playground.runToEnd();
  expect(await playground.figures("Ended")).toEqual(["1\u00a0000 of 1\u00a0000"]);
  expect(await colours(playground)).toBeGreaterThan(10);
  const rows = playground.tasks.locator("tbody tr[aria-rowindex]");
  await expect(playground.tasks).toHaveAttribute("aria-rowcount", "1001");
  expect(await rows.count()).toBeLessThan(100);

  const frame = page.getByRole("group", { name: "Tasks, scrollable" });
  await frame.scrollIntoViewIfNeeded();
  await frame.evaluate((box) => (box.scrollTop = box.scrollHeight));
  await expect(rows.last()).toHaveAttribute("aria-rowindex", "1001");
  await expect(rows.last()).toBeInViewport();
  await expect(rows.last().locator(".target")).toHaveText(urls[999]);
  expect(await rows.count()).toBeLessThan(100);

  const view = page.getByRole("group", { name: "Timeline, scrollable" });
  const { room, content } = await view.evaluate((box) => ({ room: box.clientHeight, content: box.scrollHeight }));
  expect(content).toBeGreaterThan(2 * room);
  const canvas = playground.timeline.getByRole("img");
  const before = await canvas.screenshot();
  await view.evaluate((box) => (box.scrollTop = 1_500));
  await expect.poll(async () => before.equals(await canvas.screenshot())).toBe(false);
  expect(await colours(playground)).toBeGreaterThan(10);
  // The picture stays as large as its view, however much there is to see.
  expect(await canvas.evaluate((element) => element.clientHeight)).toBeLessThanOrEqual(room);
});

test("light and dark are different pictures, at once", async ({ page, playground }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await playground.open();
  const canvas = playground.timeline.getByRole("img");
  const light = await canvas.screenshot();
  await page.emulateMedia({ colorScheme: "dark" });
  await expect.poll(async () => light.equals(await canvas.screenshot())).toBe(false);
  expect(await colours(playground)).toBeGreaterThan(10);
});

test("a shell with the title is there before the program", async ({ complaints, page, playground }) => {
  complaints.allow(/Failed to load resource/, /Failed to fetch/);
  await page.route("**/*.wasm", (route) => route.abort());
  await page.goto(playground.home);
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.getByText("Crawl Playground")).toBeVisible();
});

test("on a phone the replay's cursor does not run through the runs' names", async ({ page, playground }) => {
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 360, height: 740 });
  await watchCanvas(page);
  await playground.open();
  await page.getByRole("slider", { name: "Moment of the run" }).fill("100");
  await expect(playground.headline).toHaveText(/^Replay/);
  const names = (await drawnTexts(page)).filter(({ text }) => /^(One at a time|At most 3) · /.test(text));
  expect(names).toHaveLength(2);
  /** How many lines of pixels from `y` on have the cursor's colour between the left end of a name and half of its letters. */
  const crossed = (y: number, height: number) =>
    playground.timeline.getByRole("img").evaluate(
      (canvas: HTMLCanvasElement, [y, height]) => {
        const { data } = canvas.getContext("2d")!.getImageData(8, y, 80, height);
        const lines = new Set<number>();
        for (let at = 0; at < data.length; at += 4) {
          if (data[at] === 0x0b && data[at + 1] === 0x57 && data[at + 2] === 0xd0) lines.add(Math.floor(at / 320));
        }
        return lines.size;
      },
      [Math.round(y), height],
    );
  for (const { y } of names) {
    expect(await crossed(y - 11, 15)).toBe(0);
    expect(await crossed(y + 8, 20)).toBe(20);
  }
});

test("what is known of a run is told when it is over, while the next one goes on", async ({ lab, playground }) => {
  const urls = Array.from({ length: 3 }, (_, task) => `lab/delay/700?task=${task}`);
  await playground.open({ lab: lab.address, preset: "own", n: 1, urls });
  await playground.start();
  await expect.poll(() => playground.figures("Total"), { intervals: [50] }).toEqual([expect.stringMatching(/^2\.\d+\ss$/), "–"]);
  await expect(playground.run).toHaveAttribute("aria-disabled", "true");
  expect(await playground.figures("At best")).toEqual([expect.stringMatching(/^[67]\d\d\sms$/), "–"]);
  // What is explained is the last run.
  await expect(playground.summary).toContainText("Known when the run is over.");
  const shares = playground.summary.getByRole("listitem");
  expect(await shares.allInnerTexts()).toContainEqual(expect.stringMatching(/^request\s+–$/));
  await playground.finished();
  expect(await shares.allInnerTexts()).toContainEqual(expect.stringMatching(/^request\s+\d+\s%$/));
  expect(await playground.figures("Total")).toEqual([expect.stringMatching(/s$/), expect.stringMatching(/s$/)]);
});
