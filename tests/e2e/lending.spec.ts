// The permits as a picture that moves: a task is seen to take its slot, to leave it, and to move up. What is moving is asked of
// the browser in the same turn in which the step is made, and stopped there, so no clock has a part in it.

import { type Page } from "@playwright/test";
import { expect, test } from "./lab";
import { type Settings } from "./playground";

const simulated: Settings = { net: "Simulation", latency: "lognormal 400 0.5", seed: 7, tasks: 14, n: 3, compare: 0 };

const permits = (page: Page) => page.getByRole("region", { name: "Permits" });
const list = (page: Page, name: string) => permits(page).getByRole("list", { name, exact: true });
const slider = (page: Page) => page.getByRole("slider", { name: "Moment of the run" });
const told = (page: Page) => page.getByRole("group", { name: "Replay", exact: true }).locator(".event");

/** A piece of the picture that moves: what it says, where it stands, and how far away from there it begins. */
interface Moving {
  text: string;
  list: string;
  motion: string;
  x: number;
  y: number;
  isDrawnAway: boolean;
}

// An eye follows so many moves in a second, and what is past is forgotten by twice as many as it can follow at once: the
// rule of the page (`report::lending::moves`), by the clock.
const [MOVES_A_SECOND, MOST_REMEMBERED] = [18, 18];

/** Waits until so many moves that were made are forgotten. */
const calm = (page: Page, moves = MOST_REMEMBERED) => page.waitForTimeout((1_000 * (moves + 1)) / MOVES_A_SECOND);

/** Does something to the page, and says what of the picture moves then. All of it is at rest afterwards. */
async function movingAfter(page: Page, act: { press: string } | { moment: number }): Promise<Moving[]> {
  return page.evaluate(async (act) => {
    if ("press" in act) {
      document.querySelector<HTMLElement>(`.replay [aria-label="${act.press}"]`)!.click();
    } else {
      const slider = document.querySelector<HTMLInputElement>('[aria-label="Moment of the run"]')!;
      slider.value = String(act.moment);
      slider.dispatchEvent(new Event("input", { bubbles: true }));
    }
    // The page is renewed in this turn of the loop, before anything is painted.
    await new Promise((resolve) => setTimeout(resolve));
    const all = document.getAnimations().filter((it) => (it.effect as KeyframeEffect).target!.closest(".lending"));
    const moving = all.map((animation) => {
      animation.pause();
      animation.currentTime = 0;
      const piece = (animation.effect as KeyframeEffect).target as HTMLElement;
      const { m41: x, m42: y } = new DOMMatrix(getComputedStyle(piece).transform);
      return {
        text: piece.dataset.name ?? piece.textContent!,
        list: piece.closest("ol")?.getAttribute("aria-label") ?? "",
        motion: (animation as CSSAnimation).animationName,
        x,
        y,
        isDrawnAway: x !== 0 || y !== 0,
      };
    });
    all.forEach((animation) => animation.finish());
    return moving;
  }, act);
}

/** Steps until a permit goes from a task to the next in line, and says what moved then. */
async function stepToHandOver(page: Page): Promise<{ moving: Moving[]; from: string; to: string }> {
  for (let step = 0; step < 40; step += 1) {
    const moving = await movingAfter(page, { press: "Next event" });
    const words = /(task \d+) gives its permit back/.exec(await told(page).innerText());
    if (words) {
      const takes = moving.find(({ list, motion }) => list === "Slots" && motion === "moves")!;
      return { moving, from: words[1], to: takes.text };
    }
    await calm(page, 1);
  }
  throw new Error("no permit was given back");
}

test.beforeEach(async ({ page, playground }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await playground.open(simulated);
  await permits(page).scrollIntoViewIfNeeded();
});

test("a step forwards: who gives its permit back leaves, the first in line takes the slot, and the line moves up", async ({ page }) => {
  await slider(page).fill("300");
  await calm(page);
  const first = (await list(page, "In line").getByRole("listitem").allInnerTexts())[0];
  const { moving, from, to } = await stepToHandOver(page);
  expect(to).toBe(first);
  // Who has left is in no list any more, and is seen to go.
  expect(moving.filter(({ motion }) => motion === "leaves").map(({ text, list }) => [text, list])).toEqual([[from, ""]]);
  const taken = moving.filter(({ list }) => list === "Slots");
  expect(taken.map(({ text }) => text)).toEqual([to]);
  // The line is at the right of the slots.
  expect(taken[0].x).toBeGreaterThan(100);
  const line = await list(page, "In line").getByRole("listitem").allInnerTexts();
  const up = moving.filter(({ list }) => list === "In line");
  expect(up.map(({ text }) => text)).toEqual(line.filter((text) => text.startsWith("task")));
  expect(up.every(({ isDrawnAway }) => isDrawnAway)).toBe(true);
  // What is read has changed at once.
  await expect(list(page, "Slots")).toContainText(to);
  await expect(list(page, "Slots")).not.toContainText(new RegExp(`${from}\\b`));
  expect(await permits(page).innerText()).not.toMatch(new RegExp(`${from}\\b`));
});

test("a step back is the same the other way round", async ({ page }) => {
  await slider(page).fill("300");
  await calm(page);
  const { from, to } = await stepToHandOver(page);
  await calm(page);
  const moving = await movingAfter(page, { press: "Event before" });
  const returned = moving.filter(({ text, list }) => text === from && list === "Slots");
  expect(returned.map(({ motion, x, y }) => [motion, x, y])).toEqual([["moves", 0, -26]]);
  const [backInLine] = moving.filter(({ text, list }) => text === to && list === "In line");
  expect(backInLine.x).toBeLessThan(-100);
  await expect(list(page, "In line").getByRole("listitem").first()).toHaveText(to);
});

test("of more slots than are shown, those that are shown move, and the others are counted", async ({ page, playground }) => {
  await playground.open({ ...simulated, tasks: 600, n: 100 });
  await permits(page).scrollIntoViewIfNeeded();
  await slider(page).fill("300");
  await calm(page);
  const slots = list(page, "Slots").getByRole("listitem");
  await expect(slots).toHaveCount(65);
  await expect(slots.last()).toHaveText(/^and 36 more slots, \d+ of them lent$/);
  // Where a permit goes from hand to hand in a slot that is shown, it is seen; in one that is not, nobody stands there who moves.
  for (let step = 0, seen = 0; seen < 2; step += 1) {
    expect(step, "permits that were given back").toBeLessThan(120);
    const before = await slots.allInnerTexts();
    const moving = await movingAfter(page, { press: "Next event" });
    const [, from] = /(task \d+) gives its permit back/.exec(await told(page).innerText()) ?? [];
    const taken = moving.filter(({ list, text }) => list === "Slots" && !/more/.test(text));
    const wasShown = before.some((text) => new RegExp(`^${from}\\b`).test(text));
    expect(taken.length, `${from} gave its permit back`).toBe(from && wasShown ? 1 : 0);
    if (from && wasShown) {
      expect(moving.filter(({ motion }) => motion === "leaves").map(({ text }) => text)).toEqual([from]);
      seen += 1;
    }
    await expect(slots).toHaveCount(65);
    await calm(page, 1);
  }
});

test("when the limit is raised, slots come, and the first in line go there; when it is lowered, they go", async ({ lab, page, playground }) => {
  await playground.open({ lab: lab.address, preset: "own", n: 2, compare: 0, urls: Array.from({ length: 8 }, () => "lab/delay/900") });
  await playground.start();
  await expect(list(page, "In line")).toContainText("task 3");
  await playground.concurrency.fill("4");
  await expect(list(page, "Slots").getByRole("listitem")).toHaveCount(4);
  await playground.stop.click();
  await playground.finished();
  // The same once more: back to just before it.
  const isBefore = async () => (await list(page, "Slots").getByRole("listitem").count()) === 2;
  for (let step = 0; step < 120 && !(await isBefore()); step += 1) await movingAfter(page, { press: "Event before" });
  await expect(list(page, "Slots").getByRole("listitem")).toHaveCount(2);
  await calm(page);
  const raised = await movingAfter(page, { press: "Next event" });
  await expect(list(page, "Slots").getByRole("listitem")).toHaveCount(4);
  expect(raised.filter(({ list, motion }) => list === "Slots" && motion === "comes")).toHaveLength(2);
  const takes = raised.filter(({ list, motion }) => list === "Slots" && motion === "moves");
  expect(takes.map(({ text }) => text)).toEqual(["task 3", "task 4"]);
  await calm(page);
  const lowered = await movingAfter(page, { press: "Event before" });
  await expect(list(page, "Slots").getByRole("listitem")).toHaveCount(2);
  // Slots that have gone are in no list, and have no words.
  expect(lowered.filter(({ list, text }) => list === "" && text === "").map(({ motion }) => motion)).toEqual(["goes", "goes"]);
  const backInLine = lowered.filter(({ list, motion, text }) => list === "In line" && motion === "moves" && ["task 3", "task 4"].includes(text));
  expect(backInLine).toHaveLength(2);
});

test("a moment that is far away is there at once", async ({ page }) => {
  await slider(page).fill("100");
  await calm(page);
  const before = await list(page, "Slots").innerText();
  expect(await movingAfter(page, { moment: 800 })).toEqual([]);
  expect(await list(page, "Slots").innerText()).not.toBe(before);
  await calm(page);
  expect(await movingAfter(page, { moment: 100 })).toEqual([]);
  expect(await list(page, "Slots").innerText()).toBe(before);
});

test("who wants less motion sees none", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await slider(page).fill("300");
  for (let step = 0; step < 24; step += 1) {
    expect(await movingAfter(page, { press: "Next event" })).toEqual([]);
  }
  // What moves is told where it comes from by its style.
  expect(await permits(page).locator("ol [style], .above [style]").count()).toBe(0);
});

test("played slowly it moves, and as fast as it can be it does not", async ({ page, playground }) => {
  await page.evaluate(() => {
    const seen = new Set<string>();
    document.addEventListener("animationstart", (event) => {
      if ((event.target as Element).closest(".lending")) seen.add(event.animationName);
    });
    Object.assign(window, { seen });
  });
  const seen = () => page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen].sort());
  const speed = page.getByRole("combobox", { name: "Replay speed" });
  await speed.selectOption({ label: "100\u00a0×" });
  await page.getByRole("button", { name: "Replay", exact: true }).click();
  await expect(playground.status).toHaveText(/^Played to the end/);
  expect(await seen()).toEqual([]);
  await slider(page).fill("300");
  await speed.selectOption({ label: "1/2\u00a0×" });
  await page.getByRole("button", { name: "Replay", exact: true }).click();
  await expect.poll(seen, { timeout: 10_000 }).toEqual(["leaves", "moves"]);
});
