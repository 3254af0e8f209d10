// Zooming, panning, measuring and stepping through the timeline by keyboard alone.

import { expect, test } from "./lab";
import { inView, length, OFF_MS, button, map, viewport } from "./timeline";

test.describe("by keyboard alone", () => {
  test.beforeEach(async ({ page, playground }) => {
    await playground.open();
    await viewport(page).focus();
  });

  test("W and S, + and − zoom; A and D, arrows, Home and End pan; F fits", async ({ page, playground }) => {
    const whole = await inView(playground);
    for (const [closer, farther] of [
      ["w", "s"],
      ["+", "-"],
    ]) {
      await page.keyboard.press(closer);
      const zoomed = await inView(playground);
      expect(Math.abs(length(zoomed) - (2 / 3) * length(whole))).toBeLessThan(OFF_MS);
      await expect(playground.status).toHaveText(/^In view: \S+\s\S+ to \S+\s\S+ of \S+\s\S+\.$/);
      await page.keyboard.press(farther);
      expect((await inView(playground)).isWhole).toBe(true);
      await expect(playground.status).toHaveText(/^In view: all, 0 to /);
    }
    for (let turn = 0; turn < 3; turn += 1) await page.keyboard.press("w");
    const middle = await inView(playground);
    for (const [earlier, later] of [
      ["a", "d"],
      ["ArrowLeft", "ArrowRight"],
    ]) {
      await page.keyboard.press(earlier);
      const before = await inView(playground);
      expect(Math.abs(middle.from - before.from - 0.2 * length(middle))).toBeLessThan(OFF_MS);
      await page.keyboard.press(later);
      expect(Math.abs((await inView(playground)).from - middle.from)).toBeLessThan(OFF_MS);
    }
    await page.keyboard.press("Home");
    expect((await inView(playground)).from).toBe(0);
    await page.keyboard.press("End");
    const end = await inView(playground);
    expect(end.from).toBeGreaterThan(middle.from);
    expect(Math.abs(length(end) - length(middle))).toBeLessThan(OFF_MS);
    await page.keyboard.press("f");
    expect((await inView(playground)).isWhole).toBe(true);
  });

  test("bars: down, up, next, previous, and as wide as one of them", async ({ page, playground }) => {
    const selected = playground.timeline.locator("[role=listbox]").getByRole("option", { selected: true });
    const told = async (pattern: RegExp) => expect(selected).toHaveAttribute("aria-label", pattern);
    await page.keyboard.press("ArrowDown");
    await told(/^One at a time, task 1 of 10: .+\. From 0\.0\sms.*; [\d.]+\sms in all\.$/);
    await page.keyboard.press("ArrowDown");
    await told(/task 2 of 10/);
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    await expect(playground.status).toHaveText("No more bars.");
    for (let turn = 0; turn < 10; turn += 1) await page.keyboard.press("]");
    await told(/^At most 3, task 1 of 10/);
    await page.keyboard.press("[");
    await told(/^One at a time, task 10 of 10/);
    await page.keyboard.press("]");
    await page.keyboard.press("Enter");
    const zoomed = await inView(playground);
    const [task] = (await playground.readTasks()).filter(({ number }) => number === 1);
    expect(zoomed.isWhole).toBe(false);
    expect(Math.abs(length(zoomed) - 1.1 * task.ms.total)).toBeLessThan(2 * OFF_MS);
  });

  test("events: each is told, and in view", async ({ page, playground }) => {
    for (let turn = 0; turn < 8; turn += 1) await page.keyboard.press("w");
    await page.keyboard.press("Home");
    const told: number[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      await page.keyboard.press(".");
      await expect(playground.status).toHaveText(/^At [\d.]+\sms task \d+ .+\.$/);
      const at = Number(/^At ([\d.]+)/.exec((await playground.status.textContent())!)![1]);
      const { from, to } = await inView(playground);
      expect(at).toBeGreaterThanOrEqual(from - OFF_MS);
      expect(at).toBeLessThanOrEqual(to + OFF_MS);
      told.push(at);
    }
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBeGreaterThan(told[0]);
    const last = await playground.status.textContent();
    await page.keyboard.press(",");
    await expect(playground.status).not.toHaveText(last!);
    await page.keyboard.press(".");
    await expect(playground.status).toHaveText(last!);
  });

  test("M measures what is in view, which is all of it", async ({ page, playground }) => {
    await page.keyboard.press("m");
    await expect(playground.status).toHaveText(/^0 to .+ One at a time: 10 requests, .+\. At most 3: 10 requests, .+\.$/);
    // Escape takes it away, and is not heard by anybody else.
    const selected = page.getByRole("listbox", { name: "Bars", exact: true }).locator("[aria-selected=true]");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Escape");
    await expect(page.locator(".measured")).toHaveCount(0);
    await expect(selected).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(selected).toHaveCount(0);
    await page.keyboard.press("m");
    await expect(page.locator(".measured")).toHaveCount(1);
    // The setup's change is another picture.
    await playground.concurrency.fill("5");
    await expect(page.locator(".measured")).toHaveCount(0);
  });

  test("the buttons and the strip are in the order of Tab, and the keys' list names the keys", async ({ page, playground }) => {
    await page.keyboard.press("w");
    for (const name of ["Zoom in", "Zoom out", "Fit", "Measure what is in view"]) {
      await page.keyboard.press("Tab");
      await expect(button(playground, name)).toBeFocused();
    }
    await page.keyboard.press("Tab");
    await expect(map(playground)).toBeFocused();
    await page.keyboard.press("Home");
    expect((await inView(playground)).from).toBe(0);
    await page.keyboard.press("?");
    const dialog = page.getByRole("dialog", { name: "Keys" });
    for (const words of ["Zoom in, zoom out", "Fit all, as a double click", "Event before, next event"]) {
      await expect(dialog).toContainText(words);
    }
  });
});
