// Zooming, panning and measuring by wheel and mouse.

import { expect, test } from "./lab";
import { milliseconds } from "./playground";
import { inView, isWhole, length, OFF_MS, axis, button, map, settled } from "./timeline";

test.describe("with a mouse", () => {
  test.beforeEach(async ({ page, playground }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await playground.open();
    await isWhole(playground).toBe(true);
  });

  test("Ctrl + wheel zooms at the pointer, and back out to all", async ({ page, playground }) => {
    const whole = await inView(playground);
    const { x, y } = await axis(page, playground);
    await page.mouse.move(x(0.25), y);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -100);
    await page.mouse.wheel(0, -100);
    const zoomed = await settled(() => inView(playground));
    expect(length(zoomed)).toBeLessThan(0.6 * length(whole));
    // What is under the pointer stays there.
    expect(Math.abs(zoomed.from + 0.25 * length(zoomed) - 0.25 * length(whole))).toBeLessThan(OFF_MS);
    for (let turn = 0; turn < 4; turn += 1) await page.mouse.wheel(0, 100);
    await isWhole(playground).toBe(true);
    await page.keyboard.up("Control");
  });

  test("a plain wheel zooms nothing, one with Shift pans", async ({ page, playground }) => {
    const { x, y } = await axis(page, playground);
    await page.mouse.move(x(0.5), y);
    await page.mouse.wheel(0, 200);
    expect((await inView(playground)).isWhole).toBe(true);
    await page.mouse.wheel(0, -200);
    await button(playground, "Zoom in").click();
    await button(playground, "Zoom in").click();
    const before = await inView(playground);
    await page.mouse.move(x(0.5), (await axis(page, playground)).y);
    await page.keyboard.down("Shift");
    await page.mouse.wheel(0, 100);
    await page.keyboard.up("Shift");
    const after = await settled(() => inView(playground));
    expect(after.from).toBeGreaterThan(before.from + 50);
    expect(Math.abs(length(after) - length(before))).toBeLessThan(OFF_MS);
    await page.mouse.wheel(-100, 0);
    const back = await settled(() => inView(playground));
    expect(Math.abs(back.from - before.from)).toBeLessThan(OFF_MS);
  });

  test("a drag pans, stays within the run, and selects nothing; a double click fits", async ({ page, playground }) => {
    await button(playground, "Zoom in").click();
    await button(playground, "Zoom in").click();
    const before = await inView(playground);
    const { x, y } = await axis(page, playground);
    await page.mouse.move(x(0.5), y);
    await page.mouse.down();
    await page.mouse.move(x(0.4), y, { steps: 4 });
    const dragged = await settled(() => inView(playground));
    expect(Math.abs(dragged.from - before.from - 0.1 * length(before))).toBeLessThan(OFF_MS);
    await expect(page.locator(".tip")).toHaveCount(0);
    await page.mouse.move(x(3), y, { steps: 4 });
    await page.mouse.up();
    expect((await settled(() => inView(playground))).from).toBe(0);
    await expect(playground.status).not.toContainText("task");
    await page.mouse.dblclick(x(0.5), y);
    await isWhole(playground).toBe(true);
  });

  test("Shift + drag measures a range; a click beside the bars takes it away", async ({ page, playground }) => {
    const whole = await inView(playground);
    const { x, y } = await axis(page, playground);
    await page.keyboard.down("Shift");
    await page.mouse.move(x(0.6), y);
    await page.mouse.down();
    await page.mouse.move(x(0.2), y, { steps: 4 });
    await page.mouse.up();
    await page.keyboard.up("Shift");
    const measured = page.locator(".measured");
    await expect(measured).toHaveText(/One at a time: \d+ requests, .+B\. At most 3: \d+ requests?, .+B\./);
    const text = (await measured.textContent())!;
    await expect(playground.status).toHaveText(text);
    const [, from, to, long] = /^(.+) to (.+): (.+?)\. One/.exec(text)!;
    expect(Math.abs(milliseconds(from) - 0.2 * length(whole))).toBeLessThan(20 + OFF_MS);
    expect(Math.abs(milliseconds(to) - 0.6 * length(whole))).toBeLessThan(20 + OFF_MS);
    expect(Math.abs(milliseconds(long) - 0.4 * length(whole))).toBeLessThan(20 + OFF_MS);
    expect((await inView(playground)).isWhole).toBe(true);
    await page.mouse.click(x(0.5), (await axis(page, playground)).box.y + 10);
    await expect(measured).toHaveCount(0);
  });

  test("hovering and clicking hit the bar that is drawn there, zoomed or not", async ({ page, playground }) => {
    const here = page.locator(".tip tr.here td");
    const { box, x } = await axis(page, playground);
    const y = box.y + 26 + 8 + 16 * 4 + 8; // the fifth row
    /** What the bar does below the pointer, from when, and for how long. */
    const told = async () => {
      const [wait, at, long] = await here.allTextContents();
      return wait ? { wait, at: Number(at.slice(3)), long: Number.parseFloat(long) } : undefined;
    };
    let share = 0;
    do {
      share += 0.02;
      await page.mouse.move(x(share), y);
    } while ((await told())?.wait !== "request");
    const request = (await told())!;
    await page.keyboard.down("Control");
    for (let turn = 0; turn < 6; turn += 1) await page.mouse.wheel(0, -100);
    await page.keyboard.up("Control");
    const { from, to } = await settled(() => inView(playground));
    await page.mouse.move(x(share) + 1, y);
    expect(await told()).toEqual(request);
    // At both ends of what is in view the bar does what the times say.
    for (const [edge, at] of [[0.001, from], [0.999, to]]) {
      await page.mouse.move(x(edge), y);
      const there = await told();
      if (!there) continue;
      expect(there.at).toBeLessThanOrEqual(at + OFF_MS);
      expect(there.at + there.long).toBeGreaterThanOrEqual(at - OFF_MS);
    }
    await page.mouse.click(x(share), y);
    await expect(playground.status).toHaveText(/^One at a time, task 5 of 10: .+ms in all\.$/);
  });

  test("the strip shows where the window is, and moves it", async ({ page, playground }) => {
    await expect(map(playground)).toHaveCount(0);
    const whole = await inView(playground);
    for (let turn = 0; turn < 3; turn += 1) await button(playground, "Zoom in").click();
    const strip = map(playground);
    await expect(strip).toBeVisible();
    const before = await inView(playground);
    await expect(strip).toHaveAttribute("aria-valuetext", /^\S+\s\S+ to \S+\s\S+ of \S+\s\S+$/);
    expect(Math.abs(Number(await strip.getAttribute("aria-valuenow")) - before.from)).toBeLessThan(OFF_MS);
    const box = (await strip.boundingBox())!;
    const at = (share: number) => box.x + 1 + share * (box.width - 2);
    // From its middle, by a fifth of all.
    await page.mouse.move(at(0.5), box.y + 12);
    await page.mouse.down();
    await page.mouse.move(at(0.7), box.y + 12, { steps: 4 });
    await page.mouse.up();
    const moved = await settled(() => inView(playground));
    expect(Math.abs(moved.from - before.from - 0.2 * length(whole))).toBeLessThan(2 * OFF_MS);
    expect(Math.abs(length(moved) - length(before))).toBeLessThan(OFF_MS);
    // A press beside the window brings it there.
    await page.mouse.click(at(0.02), box.y + 12);
    expect((await settled(() => inView(playground))).from).toBe(0);
    await strip.press("ArrowRight");
    expect((await settled(() => inView(playground))).from).toBeGreaterThan(0);
    await button(playground, "Fit").click();
    await expect(strip).toHaveCount(0);
  });
});
