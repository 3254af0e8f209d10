// What is selected in one view is selected in all of them, and shown in full; and what set the end of a run.

import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { expect, test } from "./lab";
import { type Playground, type Settings } from "./playground";

/** Three tasks through one permit, as virtual time has it: each waits for that of the one before. */
const THREE: Settings = {
  preset: "own",
  strategy: "semaphore",
  n: 1,
  delay: 0,
  compare: 0,
  urls: ["lab/delay/100", "lab/delay/200", "lab/delay/300"],
};

const detail = (page: Page) => page.getByRole("region", { name: "Task detail", exact: true });
const waits = async (page: Page): Promise<string[][]> => {
  const rows = await detail(page).getByRole("row").all();
  return Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
};
const pick = (playground: Playground, task: number) =>
  playground.tasks.getByRole("button", { name: `Task ${task}`, exact: true });
const marked = (playground: Playground) => playground.tasks.locator('tr[aria-current="true"]');

/** Clicks a task's bar in the first lane of a wide picture with few rows. */
async function clickBar(page: Page, playground: Playground, task: number): Promise<void> {
  const box = (await playground.timeline.getByRole("img").boundingBox())!;
  await page.mouse.click(box.x + 150, box.y + 26 + 4 + 16 * (task - 0.5));
}

test.describe("three tasks through one permit", () => {
  test.beforeEach(async ({ page, playground }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await playground.open(THREE);
    await expect(playground.summary).toContainText("critical path");
  });

  test("a row's button shows what its task waited for, and once more lets it go", async ({ page, playground }) => {
    await expect(detail(page)).toHaveCount(0);
    await pick(playground, 3).click();
    await expect(detail(page)).toContainText("Task 3");
    expect(await waits(page)).toEqual([
      ["Wait", "Start, ms", "Length, ms", "Share", "Waited for"],
      ["Attempt 1: status 200"],
      ["permit", "0.0", "300.0", "50\u00a0%", "the permit that task 2 gave back"],
      ["request", "300.0", "300.0", "50\u00a0%", "the answer’s headers"],
    ]);
    await expect(marked(playground)).toHaveAttribute("aria-rowindex", "4");
    await expect(pick(playground, 3)).toHaveAttribute("aria-expanded", "true");
    await expect(playground.status).toContainText("task 3 of 3: lab/delay/300");
    await pick(playground, 3).click();
    await expect(detail(page)).toHaveCount(0);
    await expect(marked(playground)).toHaveCount(0);
    await expect(playground.status).toHaveText("Nothing is selected.");
  });

  test("a bar marks its row; Escape and the close button let it go", async ({ page, playground }) => {
    await clickBar(page, playground, 2);
    await expect(detail(page)).toContainText("the permit that task 1 gave back");
    await expect(marked(playground)).toHaveAttribute("aria-rowindex", "3");
    await page.keyboard.press("Escape");
    await expect(detail(page)).toHaveCount(0);
    await clickBar(page, playground, 1);
    await expect(detail(page)).toContainText("Task 1");
    await detail(page).getByRole("button", { name: "Close task detail" }).click();
    await expect(detail(page)).toHaveCount(0);
    await clickBar(page, playground, 1);
    await page.waitForTimeout(600); // else it is a double click
    await clickBar(page, playground, 1);
    await expect(detail(page)).toHaveCount(0);
  });

  test("keys step from detail to detail, and nothing above moves", async ({ page, playground }) => {
    const place = () => playground.timeline.boundingBox();
    const before = await place();
    await page.getByRole("group", { name: "Timeline, scrollable" }).focus();
    await page.keyboard.press("ArrowDown");
    await expect(detail(page)).toContainText("Task 1");
    await page.keyboard.press("ArrowDown");
    await expect(detail(page)).toContainText("Task 2");
    expect(await place()).toEqual(before);
  });

  test("the critical path is told, and drawn if asked for", async ({ page, playground }) => {
    await expect(playground.summary).toContainText(
      "The critical path, which set the end after 600\u00a0ms: 3 requests one after another, 100\u00a0% of it in requests.",
    );
    await expect(playground.summary).toContainText(
      "Little’s law: 1.00 in flight on average = 5.00 requests a second × 200\u00a0ms each.",
    );
    const canvas = playground.timeline.getByRole("img");
    const before = await canvas.screenshot();
    await playground.timeline.getByRole("checkbox", { name: "Critical path" }).check();
    await expect(canvas).toHaveAttribute("aria-label", /critical paths are underlined: 3 stretches/);
    await expect.poll(async () => (await canvas.screenshot()).equals(before)).toBe(false);
    await playground.timeline.getByRole("checkbox", { name: "Critical path" }).uncheck();
    await expect.poll(async () => (await canvas.screenshot()).equals(before)).toBe(true);
  });
});

test("a bar of the other run shows that run's table, with its row in view", async ({ page, playground }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  const urls = Array.from({ length: 40 }, (_, task) => `lab/delay/50?task=${task}`);
  await playground.open({ ...THREE, compare: 1, n: 4, urls });
  await expect(playground.summary).toContainText("critical path");
  await page.getByRole("group", { name: "Timeline, scrollable" }).focus();
  for (let task = 0; task < 30; task += 1) await page.keyboard.press("ArrowDown");
  await expect(detail(page)).toContainText("task 29 to be done");
  await expect(page.getByRole("radio", { name: "One at a time" })).toBeChecked();
  await expect(marked(playground)).toHaveAttribute("aria-rowindex", "31");
  const frame = page.getByRole("group", { name: "Tasks, scrollable" });
  const isInFrame = async () => {
    const [row, box] = [await marked(playground).boundingBox(), await frame.boundingBox()];
    return row!.y >= box!.y && row!.y + row!.height <= box!.y + box!.height;
  };
  await expect.poll(isInFrame).toBe(true);
});

test("what is selected while a run goes on stays when it ends, and the next run lets it go", async ({ page, playground }) => {
  const urls = ["lab/delay/50", "lab/delay/1500"];
  await playground.open({ ...THREE, n: 2, urls });
  await playground.start();
  await pick(playground, 2).click();
  await expect(detail(page)).toContainText("Task 2");
  await expect(playground.stop).toBeEnabled();
  await playground.finished();
  await expect(detail(page)).toContainText("Attempt 1: status 200");
  await expect(marked(playground)).toHaveAttribute("aria-rowindex", "3");
  await playground.start();
  await expect(detail(page)).toHaveCount(0);
  await expect(marked(playground)).toHaveCount(0);
  await playground.finished();
});

test("a page of a crawl is selected everywhere", async ({ page, playground }) => {
  await playground.open({ preset: "own", crawl: 1, compare: 0, n: 3, urls: ["lab/site/small/"] });
  const pages = page.getByRole("table", { name: "Pages", exact: true });
  await pages.getByRole("button", { name: "Page 5", exact: true }).click();
  await expect(detail(page)).toContainText("lab/site/small/");
  await expect(marked(playground)).toHaveCount(1);
  const number = (await marked(playground).getByRole("button").innerText()).trim();
  await expect(detail(page)).toContainText(`Task ${number}`);
  await marked(playground).getByRole("button").click();
  await expect(pages.locator('tr[aria-current="true"]')).toHaveCount(0);
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, size] of Object.entries({ desktop: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } })) {
    test(`axe finds nothing with a selected task and its path: ${colorScheme}, ${name}`, async ({ page, playground }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      await playground.open();
      await expect(playground.summary).toContainText("critical path");
      await playground.timeline.getByRole("checkbox", { name: "Critical path" }).check();
      await pick(playground, 6).click();
      await expect(detail(page)).toContainText("Task 6");
      await expect(pick(playground, 6)).toBeInViewport({ ratio: 1 });
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.html) }))).toEqual([]);
      expect(await page.evaluate(() => document.scrollingElement!.scrollWidth)).toBeLessThanOrEqual(size.width);
      if (process.env.SHOTS) {
        await page.screenshot({ path: `${process.env.SHOTS}/selected-${colorScheme}-${name}.png`, fullPage: name === "phone" });
        await playground.timeline.screenshot({ path: `${process.env.SHOTS}/path-${colorScheme}-${name}.png` });
      }
    });
  }
}
