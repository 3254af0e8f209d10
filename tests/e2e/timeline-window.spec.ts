// The window of time by itself: the labels of its axis, and what it does while a run goes on.

import { expect, test } from "./lab";
import { drawnTexts, watchCanvas } from "./playground";
import { inView, isWhole, length, OFF_MS, viewport } from "./timeline";

test("labels of the axis never overlap, however far it is zoomed", async ({ page, playground }) => {
  await watchCanvas(page);
  await playground.open();
  await viewport(page).focus();
  for (let turn = 0; turn < 30; turn += 1) {
    const ticks = (await drawnTexts(page)).filter(({ y }) => y < 20).sort((a, b) => a.x - b.x);
    expect(ticks.length).toBeGreaterThan(0);
    const widths = await page.evaluate((texts) => {
      const context = document.createElement("canvas").getContext("2d")!;
      context.font = `11px ${getComputedStyle(document.body).fontFamily}`;
      return texts.map((text) => context.measureText(text).width);
    }, ticks.map(({ text }) => text));
    for (let at = 1; at < ticks.length; at += 1) {
      expect(ticks[at - 1].x + widths[at - 1], JSON.stringify(ticks)).toBeLessThan(ticks[at].x);
    }
    await page.keyboard.press("w");
  }
  const { from, to } = await inView(playground);
  expect(to - from).toBeLessThan(1);
});

test("hours into a run the axis speaks of hours and minutes, and of both with seconds where it is zoomed", async ({ page, playground }) => {
  await watchCanvas(page);
  // Two thousand answers of 5 s, one after another: 10 000 s.
  await playground.open({ net: "Simulation", latency: "fixed 5000", tasks: 2_000, n: 1, compare: 0 });
  await playground.runToEnd();
  const labels = async () => (await drawnTexts(page)).filter(({ y }) => y < 20).map(({ text }) => text.replaceAll("\u00a0", " "));
  const whole = await labels();
  expect(whole).toContain("1 h");
  expect(whole).toContain("1 h 30 min");
  expect(whole.filter((label) => !/^(0|\d+ h|\d+ min|\d+ h \d+ min)$/.test(label))).toEqual([]);
  await viewport(page).focus();
  await page.keyboard.press("End");
  for (let turn = 0; turn < 20; turn += 1) await page.keyboard.press("w");
  await page.keyboard.press("End");
  const zoomed = await labels();
  expect(zoomed.length).toBeGreaterThan(1);
  expect(zoomed.filter((label) => !/^2 h \d+ min( [\d.]+ s)?$/.test(label))).toEqual([]);
  await expect(playground.timeline.getByRole("img")).toHaveAttribute("aria-label", /In view: 2\sh \d+\smin.* to 2\sh /);
});

test("a window stays where it is while a run goes on; at the end it follows", async ({ lab, page, playground }) => {
  const urls = Array.from({ length: 20 }, (_, task) => `lab/delay/150?task=${task}`);
  await playground.open({ lab: lab.address, preset: "own", n: 1, compare: 0, urls });
  await playground.start();
  await viewport(page).focus();
  await page.keyboard.press("w");
  await page.keyboard.press("w");
  await page.keyboard.press("Home");
  const fixed = await inView(playground);
  await expect(playground.tasks).toContainText("200");
  const ended = async () => Number.parseInt((await playground.figures("Ended"))[0]);
  const before = await ended();
  await expect.poll(ended).toBeGreaterThan(before + 1);
  expect((await inView(playground)).from).toBe(fixed.from);
  for (let turn = 0; turn < 3; turn += 1) await page.keyboard.press("w");
  await page.keyboard.press("End");
  const early = await inView(playground);
  await expect.poll(async () => (await inView(playground)).from).toBeGreaterThan(early.from + 300);
  const late = await inView(playground);
  expect(Math.abs(length(late) - length(early))).toBeLessThan(OFF_MS);
  await playground.finished();
  expect((await inView(playground)).isWhole).toBe(false);
  // A new run is looked at as a whole.
  await playground.start();
  await isWhole(playground).toBe(true);
  await page.keyboard.press("Escape");
  await playground.finished();
});
