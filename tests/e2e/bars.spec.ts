// The picture for those who don't see it: a list of bars that the arrow keys go through, each a sentence; what the status
// line says meanwhile; the page at twice the size; and targets that a finger can hit.

import AxeBuilder from "@axe-core/playwright";
import { type Page } from "@playwright/test";
import { expect, test } from "./lab";
import { type Playground } from "./playground";

const list = (playground: Playground) => playground.timeline.getByRole("listbox", { name: "Bars" });

/** What a screen reader says of the bar that the keys are at. */
const active = (playground: Playground) =>
  list(playground).evaluate((list) => {
    const option = document.getElementById(list.getAttribute("aria-activedescendant") ?? "");
    return option && list.contains(option) ? option.getAttribute("aria-label") : null;
  });

const readBars = (playground: Playground) =>
  list(playground)
    .getByRole("option")
    .evaluateAll((options) => options.map((option) => option.getAttribute("aria-label")!));

test.describe("the list of bars", () => {
  const urls = ["lab/delay/50", "lab/status/404?ms=60", "lab/delay/70"];

  test("arrow keys go from bar to bar, and each is a sentence with the table's numbers", async ({ complaints, page, playground }) => {
    complaints.allow(/Failed to load resource/);
    await playground.open({ preset: "own", n: 2, compare: 1, urls });
    await playground.runToEnd();
    const said = await playground.status.textContent();
    await list(playground).focus();
    expect(await active(playground)).toBeNull();
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => active(playground)).toMatch(/^One at a time, task 1 of 3: lab\/delay\/50\. Status 200\. From 0\.\d\sms, /);
    for (let task = 2; task <= 4; task += 1) await page.keyboard.press("ArrowDown");
    await expect.poll(() => active(playground)).toMatch(/^At most 2, task 1 of 3: /);
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => active(playground)).toMatch(/^At most 2, task 2 of 3: lab\/status\/404\?ms=60\. Status 404\. /);
    const sentence = (await active(playground))!;
    // The list says it; the status line would only say it again.
    expect(await playground.status.textContent()).toBe(said);
    await expect(list(playground).locator("[aria-selected=true]")).toHaveCount(1);
    await expect(list(playground).locator("[aria-selected=true]")).toHaveAttribute("aria-posinset", "5");
    await expect(list(playground).locator("[aria-selected=true]")).toHaveAttribute("aria-setsize", "6");

    const [, task] = await playground.readTasks();
    const told = Object.fromEntries([...sentence.matchAll(/, ([a-z ]+) ([\d.]+)\sms/g)].map(([, wait, ms]) => [wait, Number(ms)]).filter(([, ms]) => ms));
    const spent = Object.entries(task.ms).filter(([wait, ms]) => ms > 0 && wait !== "start" && wait !== "total");
    expect(told).toEqual(Object.fromEntries(spent));
    expect(sentence).toMatch(new RegExp(`; ${task.ms.total.toFixed(1)}\\sms in all\\.$`));

    await page.keyboard.press("Escape");
    await expect.poll(() => active(playground)).toBeNull();
    await expect(list(playground)).toBeFocused();
  });

  test("Tab comes to it once, and a click on the picture brings the focus there", async ({ page, playground }) => {
    await playground.open();
    await page.getByRole("button", { name: "Keys" }).focus();
    await page.keyboard.press("Tab");
    await expect(list(playground)).toBeFocused();
    await page.keyboard.press("Tab");
    await expect(playground.timeline.getByRole("button", { name: "Zoom in" })).toBeFocused();
    const box = (await playground.timeline.getByRole("img").boundingBox())!;
    await page.mouse.click(box.x + 300, box.y + 35);
    await expect(list(playground)).toBeFocused();
    await expect.poll(() => active(playground)).toMatch(/^One at a time, task 1 of 10: /);
  });

  test("of a thousand bars only some are there, and the one that the keys are at among them", async ({ page, playground }) => {
    const many = Array.from({ length: 1_000 }, (_, task) => `lab/delay/5?task=${task}`);
    await playground.open({ preset: "own", n: 64, compare: 0, urls: many });
    await playground.runToEnd();
    const count = () => list(playground).getByRole("option").count();
    expect(await count()).toBeGreaterThan(10);
    expect(await count()).toBeLessThan(60);
    await list(playground).focus();
    await page.keyboard.press("ArrowDown");
    for (let turn = 0; turn < 300; turn += 1) await page.keyboard.press("ArrowDown");
    await expect.poll(() => active(playground)).toMatch(/task 301 of 1000: lab\/delay\/5\?task=300\. /);
    expect(await count()).toBeLessThan(60);
    const told = await readBars(playground);
    expect(told.filter((sentence) => !/ms in all\.$/.test(sentence))).toEqual([]);
  });

  test("arrow keys, Home and End get to every bar of all runs, which says its place among all of them and is scrolled into view", async ({
    page,
    playground,
  }) => {
    const many = Array.from({ length: 300 }, (_, task) => `lab/delay/${5 + (task % 7)}?task=${task}`);
    await playground.open({ preset: "own", n: 8, compare: 1, urls: many });
    await list(playground).focus();
    const selected = list(playground).locator("[aria-selected=true]");
    const expectAt = async (place: number, sentence: RegExp) => {
      await expect.poll(() => active(playground)).toMatch(sentence);
      await expect(selected).toHaveCount(1);
      await expect(selected).toHaveAttribute("aria-posinset", String(place));
      await expect(selected).toHaveAttribute("aria-setsize", "600");
      const isInView = async () => {
        const [row, view] = [await selected.boundingBox(), await page.getByRole("group", { name: "Timeline, scrollable" }).boundingBox()];
        return row!.y >= view!.y + 26 - 1 && row!.y + row!.height <= view!.y + view!.height + 1;
      };
      await expect.poll(isInView).toBe(true);
    };
    await page.keyboard.press("ArrowDown");
    await expectAt(1, /^One at a time, task 1 of 300: /);
    await page.keyboard.press("End");
    await expectAt(600, /^At most 8, task 300 of 300: lab\/delay\/10\?task=299\. /);
    await page.keyboard.press("ArrowDown");
    await expect(playground.status).toHaveText("No more bars.");
    await expectAt(600, /task 300 of 300/);
    // Up over the border of the runs, one by one, to the first.
    for (let place = 599; place > 0; place -= 1) {
      await page.keyboard.press("ArrowUp");
      if (place % 50 === 0 || place === 301) await expectAt(place, place > 300 ? /^At most 8, / : /^One at a time, /);
    }
    await expectAt(1, /^One at a time, task 1 of 300: /);
    await page.keyboard.press("End");
    await page.keyboard.press("Home");
    await expectAt(1, /^One at a time, task 1 of 300: /);
  });

  test("two keys within one frame: the row of the second is in view", async ({ page, playground }) => {
    const many = Array.from({ length: 300 }, (_, task) => `lab/delay/5?task=${task}`);
    await playground.open({ preset: "own", n: 8, compare: 0, urls: many });
    await list(playground).focus();
    const view = page.getByRole("group", { name: "Timeline, scrollable" });
    const scrolledPx = () => view.evaluate((view) => view.scrollTop);
    const frame = () => page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    await page.keyboard.press("ArrowDown");
    for (const [first, second] of [["Home", "End"], ["End", "Home"]]) {
      // Where the second key is to come back to: the first takes its row away, and no scroll event tells of that in between.
      await page.keyboard.press(second);
      if (second === "End") await expect.poll(scrolledPx).toBeGreaterThan(500);
      else await expect.poll(scrolledPx).toBe(0);
      await frame();
      // In one task: no frame comes between them, and what is done in microtasks after the first is done.
      await list(playground).evaluate(async (list, keys) => {
        for (const key of keys) {
          list.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
          for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
        }
      }, [first, second]);
      await expect.poll(() => active(playground)).toMatch(second === "End" ? /task 300 of 300/ : /task 1 of 300/);
      if (second === "End") await expect.poll(scrolledPx).toBeGreaterThan(500);
      else await expect.poll(scrolledPx).toBe(0);
    }
  });

  test("a bar that goes on says so", async ({ page, playground }) => {
    await playground.open({ preset: "own", n: 1, compare: 0, urls: ["lab/delay/30000", "lab/delay/10"] });
    await playground.start();
    // Until the run's own first frame the bars are those of the picture before it.
    await expect.poll(async () => (await readBars(playground))[0]).toMatch(/Goes on: request\. /);
    await list(playground).focus();
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => active(playground)).toMatch(/task 1 of 2: lab\/delay\/30000\. Goes on: request\. /);
    await page.keyboard.press("ArrowDown");
    await expect.poll(() => active(playground)).toMatch(/task 2 of 2: lab\/delay\/10\. Goes on: permit\. /);
    await expect(list(playground)).toBeFocused();
    await page.keyboard.press("Escape");
    await playground.finished();
    await expect.poll(async () => (await readBars(playground))[0]).toMatch(/Cancelled\. /);
  });

  test("the status line says what happened, and not every event", async ({ page, playground }) => {
    const urls = Array.from({ length: 40 }, (_, task) => `lab/delay/${20 + task}`);
    await playground.open({ preset: "own", n: 8, compare: 0, urls });
    await page.evaluate(() => {
      const status = document.querySelector("[role=status]")!;
      const said: string[] = [];
      new MutationObserver(() => said.push(status.textContent!)).observe(status, { childList: true, characterData: true, subtree: true });
      Object.assign(window, { said });
    });
    await playground.runToEnd();
    const said = await page.evaluate(() => (window as unknown as { said: string[] }).said);
    expect(said.length).toBeGreaterThan(0);
    expect(said.length).toBeLessThan(8);
    await expect(playground.log).toHaveAttribute("aria-live", "off");
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  test(`at twice the size nothing is cut, and axe finds nothing: ${colorScheme}`, async ({ page, playground }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 720, height: 450 }); // 1440 × 900 at 200 %
    await playground.open();
    await playground.runToEnd();
    const width = () => page.evaluate(() => document.scrollingElement!.scrollWidth);
    expect(await width()).toBeLessThanOrEqual(720);
    await expect(playground.run).toBeInViewport({ ratio: 1 });
    await list(playground).focus();
    await page.keyboard.press("ArrowDown");
    await expect(page.getByRole("region", { name: "Task detail" })).toContainText("Task 1");
    for (const part of [playground.headline, playground.timeline, playground.summary, playground.tasks]) {
      await part.scrollIntoViewIfNeeded();
      await expect(part).toBeInViewport();
    }
    expect(await width()).toBeLessThanOrEqual(720);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map((node) => node.html) }))).toEqual([]);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/twice-${colorScheme}.png`, fullPage: true });
  });
}

/** What a finger can't hit: less than 24 pixels wide or high, with what belongs to it. */
async function small(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const targets = document.querySelectorAll<HTMLElement>(
      "button, select, textarea, summary, a[href], input, [role=slider], [role=button]",
    );
    return [...targets]
      .filter((target) => target.checkVisibility({ visibilityProperty: true }))
      .map((target) => {
        // Who presses a label presses what it is the label of.
        const boxes = [target, ...((target as HTMLInputElement).labels ?? [])].map((element) => element.getBoundingClientRect());
        const [wide, high] = [Math.max(...boxes.map((box) => box.width)), Math.max(...boxes.map((box) => box.height))];
        return { told: `${target.tagName} ${target.getAttribute("aria-label") ?? target.textContent} ${wide} × ${high}`, wide, high };
      })
      .filter(({ wide, high }) => wide > 0 && (wide < 23.99 || high < 23.99))
      .map(({ told }) => told);
  });
}

for (const [name, viewport] of Object.entries({ desktop: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } })) {
  test(`what can be pressed is at least 24 pixels wide and high: ${name}`, async ({ page, playground }) => {
    await page.setViewportSize(viewport);
    await playground.open({ preset: "own", crawl: 1, compare: 0, n: 3, urls: ["lab/site/small/"] });
    await playground.openMoreLimits();
    await list(playground).focus();
    await page.keyboard.press("w");
    await page.keyboard.press("ArrowDown");
    expect(await small(page)).toEqual([]);
    await playground.runToEnd();
    expect(await small(page)).toEqual([]);
  });
}
