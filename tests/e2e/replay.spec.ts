// A run that is over, once more: by mouse, keys and fingers. What is seen at a moment is held against what the finished run
// says of that moment: its tasks table, its log and its figures, and the server's own ledger.

import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { expect, test } from "./lab";
import { type Playground, type Task, milliseconds } from "./playground";

const bar = (page: Page) => page.getByRole("group", { name: "Replay", exact: true });
const button = (page: Page, name: string) => bar(page).getByRole("button", { name, exact: true });
const slider = (page: Page) => page.getByRole("slider", { name: "Moment of the run" });
const permits = (page: Page) => page.getByRole("region", { name: "Permits" });
const list = (page: Page, name: string) => permits(page).getByRole("list", { name, exact: true });

/** The moment that is shown, in ms, and the run's length; the words are rounded to two decimals of a second. */
async function moment(page: Page): Promise<{ at: number; of: number }> {
  const words = (await slider(page).getAttribute("aria-valuetext"))!;
  const [at, of] = words.split(" of ");
  return { at: at.startsWith("0\u00a0") ? 0 : milliseconds(at), of: milliseconds(of ?? at) };
}

/** How the moment is rounded. */
const OFF_MS = 6;

/** What a finished run's table says of its tasks at a moment: how each was, or nothing where rounding leaves it open. */
function stateAt(task: Task, at: number): string | null {
  const start = task.ms.start;
  const end = start + task.ms.total;
  if (Math.abs(at - end) <= OFF_MS) return null;
  if (at > end) return task.outcome;
  let edge = start;
  // The waits follow one another in this order in a run without retries.
  for (const wait of ["queue", "permit", "request", "download", "parse", "pause"]) {
    const next = edge + (task.ms[wait] ?? 0);
    if (Math.abs(at - next) <= OFF_MS && next !== edge) return null;
    if (at < next) return wait;
    edge = next;
  }
  return null;
}

const URLS = [300, 500, 250, 400, 600, 350, 450].map((ms) => `lab/delay/${ms}`);

test.describe("of a run that was measured", () => {
  let finished: Task[];

  test.beforeEach(async ({ lab, page, playground }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await playground.open({ lab: lab.address, preset: "own", n: 3, compare: 0, urls: URLS });
    await playground.runToEnd();
    finished = await playground.readTasks();
  });

  test("at any moment the table, the figures, the permits and the log say what the whole run says of it", async ({ lab, page, playground }) => {
    const log = await playground.readLog();
    const { requests } = await lab.truth();
    const zero = Math.min(...requests.map(({ arrival_ms }) => arrival_ms)) - Math.min(...finished.map((task) => task.ms.start + task.ms.queue + task.ms.permit));
    for (const place of [120, 333, 500, 720, 900]) {
      await slider(page).fill(String(place));
      const { at } = await moment(page);
      await expect(playground.headline).toHaveText(/^Replay: .+ of .+$/);
      const shown = await playground.readTasks();
      for (const [index, task] of shown.entries()) {
        const state = stateAt(finished[index], at);
        if (state !== null) expect(task.outcome, `task ${index + 1} at ${at} ms`).toBe(state);
        expect(task.ms.total).toBeLessThanOrEqual(Math.min(at + OFF_MS - task.ms.start, finished[index].ms.total) + 0.11);
      }
      // Who is out holds a permit, and who waits stands in line, in the order of the table.
      const out = shown.filter(({ outcome }) => outcome === "request" || outcome === "download");
      const slots = await list(page, "Slots").getByRole("listitem").allInnerTexts();
      expect(slots).toHaveLength(3);
      for (const { number } of out) expect(slots.filter((slot) => slot.startsWith(`task ${number}\n`))).toHaveLength(1);
      const waiting = shown.filter(({ outcome }) => outcome === "permit").map(({ number }) => `task ${number}`);
      const line = (await list(page, "In line").getByRole("listitem").allInnerTexts()).filter((text) => text.startsWith("task"));
      expect(waiting.slice(0, 8).filter((task) => !slots.some((slot) => slot.startsWith(`${task}\n`)))).toEqual(line);
      // The server saw as many of them.
      const seen = requests.filter(({ arrival_ms, departure_ms }) => arrival_ms - zero < at - 40 && departure_ms! - zero > at + 40);
      expect(out.length).toBeGreaterThanOrEqual(seen.length);
      // The log ends where the cursor stands.
      const lines = await playground.readLog();
      expect(lines.every((line) => line.at <= at + OFF_MS)).toBe(true);
      expect(lines.map(({ text }) => text)).toEqual(log.slice(0, lines.length).map(({ text }) => text));
      expect(log.length === lines.length || log[lines.length].at >= at - OFF_MS).toBe(true);
      const ended = shown.filter(({ outcome }) => /^\d+$/.test(outcome)).length;
      expect(await playground.figures("Ended")).toEqual([`${ended} of 7`]);
      expect(Math.abs((await playground.totalsMs())[0] - at)).toBeLessThanOrEqual(OFF_MS);
      expect(await playground.figures("Efficiency")).toEqual(["–"]);
    }
  });

  test("at its end it is the finished run again, word by word", async ({ page, playground }) => {
    const words = async () => ({
      headline: await playground.headline.textContent(),
      summary: await playground.summary.innerText(),
      tasks: await playground.readTasks(),
      log: await playground.readLog(),
      permits: await permits(page).innerText(),
    });
    const whole = await words();
    expect(whole.permits).toContain("All have come back");
    await slider(page).fill("400");
    expect((await words()).headline).not.toBe(whole.headline);
    await button(page, "Whole run").click();
    expect(await words()).toEqual(whole);
    await slider(page).fill("400");
    await slider(page).press("End");
    expect(await words()).toEqual(whole);
    await button(page, "To the start").click();
    await expect(playground.headline).toHaveText(/^Replay: 0(\.0)?\sms of /);
    // The list is known from the start, before the first task has joined.
    await expect(page.locator(".headline .sub")).toHaveText("At most 3: 0 of 7 ended.");
    expect(await playground.figures("Ended")).toEqual(["0 of 7"]);
    // Played to its end, ten times as fast.
    await page.getByRole("combobox", { name: "Replay speed" }).selectOption({ label: "10\u00a0×" });
    await button(page, "Replay").click();
    await expect(playground.headline).toHaveText(whole.headline!, { timeout: 10_000 });
    await expect(playground.status).toHaveText(/^Played to the end/);
    expect(await words()).toEqual(whole);
  });

  test("nothing moves when it begins", async ({ page, playground }) => {
    const places = () =>
      page.evaluate(() =>
        [".chart", ".replay", ".lending", ".tasks", ".summary .meters", ".summary .figures"].map((name) => {
          const { x, y, width } = document.querySelector(name)!.getBoundingClientRect();
          return [name, ...[x, y, width].map((px) => Math.round(px * 10) / 10)];
        }),
      );
    const before = await places();
    await slider(page).fill("500");
    await expect(playground.headline).toHaveText(/^Replay/);
    expect(await places()).toEqual(before);
    await slider(page).fill("100");
    expect(await places()).toEqual(before);
  });

  test("it plays at its speed, and pauses", async ({ page, playground }) => {
    await page.getByRole("combobox", { name: "Replay speed" }).selectOption({ label: "1/2\u00a0×" });
    await button(page, "Replay").click();
    await expect(playground.status).toHaveText("Playing at 1/2\u00a0×.");
    const begun = await page.evaluate(() => performance.now());
    const first = await moment(page);
    await expect.poll(async () => (await moment(page)).at, { intervals: [50] }).toBeGreaterThan(first.at + 150);
    const second = await moment(page);
    const passed = (await page.evaluate(() => performance.now())) - begun;
    // A busy machine draws late, and then plays slower and never faster.
    expect(second.at - first.at).toBeLessThan(passed / 2 + 60);
    await button(page, "Pause replay").click();
    await expect(playground.status).toHaveText(/^Paused\. Replay: .+ of .+\. At most 3: \d of 7 ended\.$/);
    const paused = await moment(page);
    await page.evaluate(async () => {
      // Frames in which it would go on.
      for (let frame = 0; frame < 12; frame += 1) await new Promise(requestAnimationFrame);
    });
    expect(await moment(page)).toEqual(paused);
    expect(Math.abs((await playground.totalsMs())[0] - paused.at)).toBeLessThanOrEqual(OFF_MS);
  });

  test("event by event, both ways: each is told, and taken back", async ({ page }) => {
    await slider(page).fill("300");
    const told = bar(page).locator(".event");
    const seen = [await told.innerText()];
    for (let step = 0; step < 12; step += 1) {
      await button(page, "Next event").click();
      seen.push(await told.innerText());
    }
    expect(new Set(seen).size).toBe(seen.length);
    const times = seen.map((text) => Number(/^At ([\d.]+)\sms /.exec(text)![1]));
    expect(times).toEqual([...times].sort((a, b) => a - b));
    for (const text of seen.reverse()) {
      expect(await told.innerText()).toBe(text);
      await button(page, "Event before").click();
    }
  });

  test("another run takes its place", async ({ page, playground }) => {
    await slider(page).fill("500");
    await playground.runToEnd();
    await expect(playground.headline).not.toHaveText(/^Replay/);
    await expect(slider(page)).toHaveValue("1000");
    expect(await page.locator(".headline h1").getAttribute("style")).toBe(null);
  });
});

test.describe("of the first picture, by keyboard", () => {
  test.beforeEach(async ({ page, playground }) => {
    await playground.open();
    await page.getByRole("group", { name: "Timeline, scrollable" }).focus();
  });

  test("Space plays and pauses, < and > go to the start and to the whole, comma and full stop step", async ({ page, playground }) => {
    await page.keyboard.press("Space");
    await expect(button(page, "Pause replay")).toBeVisible();
    await expect.poll(async () => (await moment(page)).at).toBeGreaterThan(100);
    await page.keyboard.press("Space");
    await expect(button(page, "Replay")).toBeVisible();
    const paused = await moment(page);
    await page.keyboard.press(".");
    await expect(playground.status).toHaveText(/^(One at a time|At most 3): At [\d.]+\sms .+\.$/);
    const told = (await playground.status.textContent())!;
    const next = await moment(page);
    expect(next.at).toBeGreaterThanOrEqual(paused.at - OFF_MS);
    await page.keyboard.press(",");
    await expect(playground.status).toHaveText(`Taken back: ${told}`);
    await page.keyboard.press("<");
    await expect(playground.headline).toHaveText(/^Replay: 0(\.0)?\sms of /);
    await page.keyboard.press(">");
    await expect(playground.headline).not.toHaveText(/^Replay/);
    await expect(slider(page)).toHaveValue("1000");
    // In the bar a comma steps back from the end.
    await slider(page).focus();
    await page.keyboard.press(",");
    await expect(playground.headline).toHaveText(/^Replay/);
    await page.keyboard.press(".");
    await expect(playground.headline).not.toHaveText(/^Replay/);
    await page.keyboard.press("?");
    await expect(page.getByRole("dialog", { name: "Keys" })).toContainText("Play it again, pause");
  });

  test("the cursor can be dragged along the axis", async ({ page }) => {
    await slider(page).fill("500");
    const canvas = page.getByRole("figure", { name: "Timeline" }).getByRole("img");
    const box = (await canvas.boundingBox())!;
    const { of } = await moment(page);
    // The whole axis goes a little beyond the end.
    const x = (at: number) => box.x + 140 + (at / (of * 1.02)) * (box.width - 156);
    await page.mouse.move(x(of / 2), box.y + 8);
    await page.mouse.down();
    await page.mouse.move(x(of / 4), box.y + 8, { steps: 4 });
    expect(Math.abs((await moment(page)).at - of / 4)).toBeLessThan(of / 50);
    await page.mouse.move(x(0) - 60, box.y + 200);
    expect((await moment(page)).at).toBe(0);
    await page.mouse.move(x(of * 0.75), box.y + 8);
    await page.mouse.up();
    await page.mouse.move(x(of / 4), box.y + 8);
    expect(Math.abs((await moment(page)).at - of * 0.75)).toBeLessThan(of / 50);
  });

  test("a strategy without a semaphore says what holds it back", async ({ page, playground }) => {
    await expect(list(page, "Slots").getByRole("listitem")).toHaveCount(3);
    await playground.show("One at a time");
    await expect(permits(page)).toContainText("No semaphore here: each task begins when the one before it has ended.");
    await expect(list(page, "Slots")).toHaveCount(0);
    await slider(page).fill("500");
    await expect(permits(page)).toContainText("1 request is out now.");
    await expect(list(page, "In flight").getByRole("listitem")).toHaveCount(1);
  });
});

test("live, the permits show who is out and who waits, and a lowered limit is not hidden", async ({ lab, page, playground }) => {
  const urls = Array.from({ length: 14 }, () => "lab/delay/1500");
  await playground.open({ lab: lab.address, preset: "own", n: 4, compare: 0, urls });
  await playground.start();
  await expect(list(page, "Slots")).toContainText("request");
  await expect(list(page, "In line")).toContainText("and 2 more");
  await playground.concurrency.fill("2");
  await expect(list(page, "Slots")).toContainText("over the limit");
  await expect(permits(page)).toContainText("The limit was lowered while 4 were lent");
  await expect(button(page, "Replay")).toHaveAttribute("aria-disabled", "true");
  await playground.stop.click();
  await playground.finished();
  await expect(permits(page)).toContainText("All have come back, and nobody waits.");
  await expect(button(page, "Replay")).toHaveAttribute("aria-disabled", "false");
});

test("what a crawl had found by then is what is shown of it", async ({ page, playground }) => {
  await playground.open({ preset: "crawl-small", crawl: 1, compare: 0 });
  const pages = page.getByRole("table", { name: "Pages", exact: true });
  await expect(pages).toBeVisible();
  const rows = async () => Number(await pages.getAttribute("aria-rowcount")) - 1;
  await expect.poll(rows).toBeGreaterThan(5);
  const whole = await rows();
  await slider(page).fill("300");
  await expect(playground.headline).toHaveText(/^Replay/);
  // The last run's tasks but the one for robots.txt are pages; those that have joined, and no others, are shown.
  const then = await rows();
  expect(then).toBeGreaterThan(0);
  expect(then).toBeLessThan(whole);
  expect(then).toBeLessThanOrEqual(Number(await playground.tasks.getAttribute("aria-rowcount")) - 1);
  await expect(page.locator(".headline .sub")).toHaveText(/: \d+ ended, \d+ known\.$/);
  await slider(page).fill("700");
  expect(await rows()).toBeGreaterThan(then);
  await slider(page).fill("300");
  expect(await rows()).toBe(then);
  await button(page, "Whole run").click();
  expect(await rows()).toBe(whole);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const viewport of [{ width: 1440, height: 900 }, { width: 360, height: 740 }]) {
    test(`axe finds nothing in a replay, ${colorScheme}, ${viewport.width} px; what can be touched is large enough`, async ({ page, playground }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(viewport);
      await playground.open();
      await slider(page).fill("300");
      await expect(playground.headline).toHaveText(/^Replay/);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.failureSummary + node.html) }))).toEqual([]);
      const controls = await bar(page).locator("button, input, select").all();
      for (const control of controls) {
        const box = (await control.boundingBox())!;
        expect(Math.min(box.width, box.height)).toBeGreaterThanOrEqual(24);
        expect(box.x + box.width).toBeLessThanOrEqual(viewport.width);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    });
  }
}
