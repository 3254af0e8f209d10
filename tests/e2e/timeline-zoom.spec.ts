// Zooming, panning, measuring and stepping through the timeline: by wheel, mouse, fingers, keys and buttons. What is in
// view is read from what the canvas is called, as a screen reader does.

import AxeBuilder from "@axe-core/playwright";
import { type CDPSession, type Page } from "@playwright/test";
import { expect, test } from "./lab";
import { type Playground, drawnTexts, milliseconds, watchCanvas } from "./playground";

interface InView {
  isWhole: boolean;
  from: number;
  to: number;
}

/** What the timeline shows, in milliseconds. */
async function inView(playground: Playground): Promise<InView> {
  const label = (await playground.timeline.getByRole("img").getAttribute("aria-label"))!;
  const [, all, from, to] = /In view: (all, )?(.+?) to (.+?)(?: of .+?)?\. The/.exec(label)!;
  const ms = (text: string) => (text === "0" ? 0 : milliseconds(text));
  return { isWhole: Boolean(all), from: ms(from), to: ms(to) };
}

const isWhole = (playground: Playground) => expect.poll(async () => (await inView(playground)).isWhole);
const length = ({ from, to }: InView) => to - from;

/** What is rounded to two decimals of a second may be off by that much. */
const OFF_MS = 12;

/** The canvas's box, and the place in it that is this share of the time axis. */
async function axis(page: Page, playground: Playground) {
  const box = (await playground.timeline.getByRole("img").boundingBox())!;
  const [left, right] = box.width < 620 ? [8, 16] : [140, 16];
  return { box, x: (share: number) => box.x + left + share * (box.width - left - right), y: box.y + 60 };
}

const button = (playground: Playground, name: string) => playground.timeline.getByRole("button", { name, exact: true });
const map = (playground: Playground) => playground.timeline.getByRole("slider", { name: "Window of time" });
const viewport = (page: Page) => page.getByRole("group", { name: "Timeline, scrollable" });

async function settled<T>(read: () => Promise<T>): Promise<T> {
  let before = JSON.stringify(await read());
  await expect
    .poll(async () => {
      const now = JSON.stringify(await read());
      const isSame = now === before;
      before = now;
      return isSame;
    })
    .toBe(true);
  return read();
}

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
  await page.waitForTimeout(400);
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

test.describe("with fingers", () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 740 } });

  const touch = (session: CDPSession, type: "touchStart" | "touchMove" | "touchEnd", ...points: [number, number][]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints: points.map(([x, y], id) => ({ x, y, id })) });

  test("two fingers zoom, one pans", async ({ page, playground }) => {
    await playground.open();
    await playground.timeline.scrollIntoViewIfNeeded();
    const whole = await inView(playground);
    const { x, box } = await axis(page, playground);
    const y = box.y + 90;
    const session = await page.context().newCDPSession(page);
    await touch(session, "touchStart", [x(0.4), y]);
    await touch(session, "touchStart", [x(0.4), y], [x(0.6), y]);
    for (let step = 1; step <= 5; step += 1) await touch(session, "touchMove", [x(0.4 - 0.04 * step), y], [x(0.6 + 0.04 * step), y]);
    await touch(session, "touchEnd");
    const zoomed = await settled(() => inView(playground));
    expect(Math.abs(length(zoomed) / length(whole) - 1 / 3)).toBeLessThan(0.03);
    expect(Math.abs((zoomed.from + zoomed.to) / 2 / length(whole) - 0.5)).toBeLessThan(0.03);
    await touch(session, "touchStart", [x(0.6), y]);
    for (let step = 1; step <= 8; step += 1) await touch(session, "touchMove", [x(0.6 - 0.05 * step), y]);
    await touch(session, "touchEnd");
    const panned = await settled(() => inView(playground));
    expect(panned.from).toBeGreaterThan(zoomed.from + 0.3 * length(zoomed));
    expect(Math.abs(length(panned) - length(zoomed))).toBeLessThan(OFF_MS);
  });

  test("its buttons are large enough for them", async ({ playground }) => {
    await playground.open();
    await button(playground, "Zoom in").tap();
    for (const control of [...(await playground.timeline.getByRole("button").all()), map(playground)]) {
      const { width, height } = (await control.boundingBox())!;
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(24);
    }
  });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, size] of Object.entries({ desktop: { width: 1440, height: 900 }, phone: { width: 360, height: 740 } })) {
    test(`axe finds nothing while zoomed and measured: ${colorScheme}, ${name}`, async ({ page, playground }) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize(size);
      await playground.open();
      await viewport(page).focus();
      for (const key of ["w", "w", "w", "]", ".", "m"]) await page.keyboard.press(key);
      await expect(map(playground)).toBeVisible();
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, help, nodes }) => ({ id, help, nodes: nodes.map((node) => node.html) }))).toEqual([]);
      expect(await page.evaluate(() => document.scrollingElement!.scrollWidth)).toBeLessThanOrEqual(size.width);
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/zoomed-${colorScheme}-${name}.png` });
    });
  }
}
