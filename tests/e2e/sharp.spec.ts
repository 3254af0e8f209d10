// The picture on screens of different ratios: the canvas has a pixel for each of the screen's and no other, bars begin and end
// between two of them, and text is written as large as the screen needs it.

import { type Browser, type LaunchOptions, type Page } from "@playwright/test";
import { expect, SUB_PATH, test } from "./lab";
import { Playground } from "./playground";

const RATIOS = [1, 1.25, 1.5, 2, 3];
// At some of these the picture is as wide and as high as a whole number of the screen's pixels, at others it is not.
const WINDOWS = ["1440,900", "1273,811", "1001,1203"];

/**
 * The first picture of a simulation, on a screen of this ratio. The browser is told of it, and not the page alone: a ratio that is
 * only emulated, as a context's `deviceScaleFactor` is, leaves everything laid out between whole pixels of CSS.
 */
async function onScreen(
  launch: (options: LaunchOptions) => Promise<Browser>,
  home: string,
  [ratio, size]: [number, string],
  look: (page: Page, playground: Playground) => Promise<void>,
): Promise<void> {
  const browser = await launch({ args: [`--force-device-scale-factor=${ratio}`, `--window-size=${size}`] });
  const context = await browser.newContext({ viewport: null, colorScheme: "light", reducedMotion: "reduce", locale: "en-GB" });
  const page = await context.newPage();
  // In what size each text is written.
  await page.addInitScript(() => {
    const { fillText } = CanvasRenderingContext2D.prototype;
    const fonts: Record<string, number> = {};
    CanvasRenderingContext2D.prototype.fillText = function (text, x, y, ...rest) {
      fonts[text] = Number.parseFloat(/([\d.]+)px/.exec(this.font)![1]) * this.getTransform().a;
      return fillText.call(this, text, x, y, ...rest);
    };
    Object.assign(window, { fonts });
  });
  const playground = new Playground(page, home);
  // All at once there is no waiting: bars are of one colour.
  await playground.open({ net: "Simulation", latency: "uniform 100 900", seed: 3, tasks: 12, strategy: "all at once", compare: 0 });
  expect(await page.evaluate(() => devicePixelRatio)).toBe(ratio);
  await look(page, playground);
  await browser.close();
}

const canvas = (playground: Playground) => playground.timeline.getByRole("img");

/** What the canvas holds, and what of the screen shows it. */
async function measured(page: Page, playground: Playground) {
  const shot = (await page.screenshot({ scale: "device" })).toString("base64");
  return canvas(playground).evaluate(async (canvas: HTMLCanvasElement, shot) => {
    const ratio = devicePixelRatio;
    const box = canvas.getBoundingClientRect();
    const held = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    const bitmap = await createImageBitmap(await (await fetch(`data:image/png;base64,${shot}`)).blob());
    const screen = new OffscreenCanvas(canvas.width, canvas.height);
    const context = screen.getContext("2d", { willReadFrequently: true })!;
    const panel = getComputedStyle(canvas.closest(".chart")!).backgroundColor.match(/\d+/g)!.map(Number);
    /** How many pixels of the screen are others than those of the canvas on the panel, but for the frame's round corners. */
    const unlike = (left: number, top: number): number => {
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.drawImage(bitmap, -left, -top);
      const seen = context.getImageData(0, 0, canvas.width, canvas.height);
      let count = 0;
      for (let at = 0; at < seen.data.length; at += 4) {
        const [x, y] = [(at / 4) % canvas.width, Math.floor(at / 4 / canvas.width)];
        const isCorner = y < 8 * ratio && (x < 8 * ratio || x > canvas.width - 8 * ratio);
        const alpha = held.data[at + 3] / 255;
        const isOther = panel.some((part, index) => Math.abs(held.data[at + index] * alpha + part * (1 - alpha) - seen.data[at + index]) > 3);
        if (isOther && !isCorner) count += 1;
      }
      return count;
    };
    // Between which of the screen's pixels the box begins is the browser's to round.
    const places = [box.left, box.top].map((px) => [Math.floor(px * ratio), Math.ceil(px * ratio)]);
    const unlikes = places[0].flatMap((left) => places[1].map((top) => unlike(left, top)));
    return { width: canvas.width, height: canvas.height, boxWidth: box.width, boxHeight: box.height, unlike: Math.min(...unlikes) };
  }, shot);
}

/**
 * The bars' ends, and how many pixels beside them are neither the bar nor what would be there without it: so many the edge covers
 * in part.
 */
async function edges(playground: Playground): Promise<{ right: number; blurred: [number, number] }[]> {
  return canvas(playground).evaluate((canvas: HTMLCanvasElement) => {
    const { data, width, height } = canvas.getContext("2d")!.getImageData(0, 0, canvas.width, canvas.height);
    const probe = document.createElement("i");
    probe.style.color = "var(--request)";
    canvas.parentElement!.append(probe);
    const colour = [...getComputedStyle(probe).color.match(/\d+/g)!.map(Number), 255];
    probe.remove();
    const isLike = (x: number, y: number, parts: ArrayLike<number>) => [0, 1, 2, 3].every((part) => Math.abs(data[(y * width + x) * 4 + part] - parts[part]) <= 2);
    const pixel = (x: number, y: number) => data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4);
    /** The longest stretch of the bars' colour in a line of pixels. */
    const stretch = (y: number): [number, number] => {
      let [from, to] = [0, 0];
      for (let x = 0, begun = 0; x <= width; x += 1) {
        if (x < width && isLike(x, y, colour)) continue;
        if (x - begun > to - from) [from, to] = [begun, x];
        begun = x + 1;
      }
      return [from, to];
    };
    const ratio = devicePixelRatio;
    const found: { right: number; blurred: [number, number] }[] = [];
    for (let y = 0, tall = 0; y < height; y += 1) {
      const [from, to] = stretch(y);
      if (to - from > 20 * ratio) {
        tall += 1;
        continue;
      }
      // What is as high as a bar and has ended here. The curve of requests in flight is thinner.
      if (tall > 5 * ratio) {
        const middle = y - Math.ceil(tall / 2);
        const [left, right] = stretch(middle);
        // Between the rows there is what would be there without the bar.
        const between = y + Math.floor(ratio);
        const covered = (edge: number, step: number) => {
          let count = 0;
          while (count < 4 * ratio && !isLike(edge + step * count, middle, pixel(edge + step * count, between))) count += 1;
          return count;
        };
        found.push({ right, blurred: [covered(left - 1, -1), covered(right, 1)] });
      }
      tall = 0;
    }
    return found;
  });
}

for (const ratio of RATIOS) {
  test(`at a ratio of ${ratio} the picture has the screen's own pixels, and its bars end between them`, async ({ launchOptions, pagesServer, playwright }) => {
    const home = new URL(SUB_PATH, pagesServer.address).href;
    const launch = (options: LaunchOptions) => playwright.chromium.launch({ ...launchOptions, args: [...launchOptions.args!, ...options.args!] });
    for (const size of WINDOWS) {
      await onScreen(launch, home, [ratio, size], async (page, playground) => {
        const { width, height, boxWidth, boxHeight, unlike } = await measured(page, playground);
        // A pixel for each of the screen's, to a part of one that the browser rounds away.
        expect([boxWidth * ratio - width, boxHeight * ratio - height].map((off) => Math.abs(off) < 0.1), `${boxWidth} × ${boxHeight} as ${width} × ${height}`).toEqual([true, true]);
        // So the screen shows what the canvas holds, and nothing in between.
        expect(unlike, size).toBe(0);
        const bars = await edges(playground);
        expect(bars).toHaveLength(12);
        // At the end of the longest stands the dashed line of the ideal bound.
        const longest = Math.max(...bars.map(({ right }) => right));
        const blurred = bars.flatMap(({ right, blurred }) => (right === longest ? blurred.slice(0, 1) : blurred));
        expect(blurred.filter((pixels) => pixels > 0), size).toEqual([]);
      });
    }
  });
}

test("text is written as many times as large as the screen's pixels are small", async ({ launchOptions, pagesServer, playwright }) => {
  const home = new URL(SUB_PATH, pagesServer.address).href;
  const launch = (options: LaunchOptions) => playwright.chromium.launch({ ...launchOptions, args: [...launchOptions.args!, ...options.args!] });
  const sizes: Record<string, number>[] = [];
  for (const ratio of RATIOS) {
    await onScreen(launch, home, [ratio, WINDOWS[0]], async (page) => {
      sizes.push(await page.evaluate(() => (window as unknown as { fonts: Record<string, number> }).fonts));
    });
  }
  const [plain] = sizes;
  expect(Object.keys(plain).length).toBeGreaterThan(12);
  for (const [index, ratio] of RATIOS.entries()) {
    const off = Object.entries(plain).filter(([text, size]) => Math.abs(sizes[index][text] - size * ratio) > 0.01);
    expect(off, `at a ratio of ${ratio}`).toEqual([]);
  }
});
