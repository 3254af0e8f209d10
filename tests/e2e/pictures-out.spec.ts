// Pictures that leave the page: as SVG, as PNG, on paper.

import { readFile } from "node:fs/promises";
import { type Page } from "@playwright/test";
import { expect, test } from "./lab";
import { type Playground } from "./playground";

/** Presses a button that saves something; the file's name and what is in it. */
async function saved(page: Page, playground: Playground, name: string) {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    playground.timeline.getByRole("button", { name, exact: true }).click(),
  ]);
  const path = await download.path();
  if (process.env.SHOTS) await download.saveAs(`${process.env.SHOTS}/${download.suggestedFilename()}`);
  return { name: download.suggestedFilename(), content: await readFile(path) };
}

/** Width and height of a PNG, as its first chunk says. */
function pngSize(content: Buffer) {
  expect(content.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
  expect(content.subarray(12, 16).toString()).toBe("IHDR");
  return { width: content.readUInt32BE(16), height: content.readUInt32BE(20) };
}

for (const colorScheme of ["light", "dark"] as const) {
  test(`the SVG holds the bars that are in view: ${colorScheme}`, async ({ context, page, playground }) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width: 1440, height: 900 });
    await playground.open();
    await playground.runToEnd();
    const headline = await playground.headline.textContent();
    const { name, content } = await saved(page, playground, "Save as SVG");
    expect(name).toBe("crawl-timeline-ten-one-at-a-time-against-at-most-3.svg");
    await expect(playground.status).toHaveText(`Saved as ${name}.`);

    const sheet = await context.newPage();
    await sheet.goto(`data:image/svg+xml;base64,${content.toString("base64")}`);
    const read = () =>
      sheet.evaluate(() => {
        const bars = (wait: string) => document.querySelectorAll(`[data-wait="${wait}"] rect`).length;
        const texts = [...document.querySelectorAll("text")].map((text) => text.textContent!);
        const { width, height } = document.documentElement.getBoundingClientRect();
        return {
          root: document.documentElement.tagName,
          title: document.querySelector("title")!.textContent,
          requests: bars("request"),
          permits: bars("permit"),
          texts,
          width,
          height,
          wide: Math.max(...[...document.querySelectorAll("text")].map((text) => text.getBoundingClientRect().right)),
          scripts: document.querySelectorAll("script").length,
        };
      });
    const whole = await read();
    expect(whole.root).toBe("svg");
    expect(whole.title).toBe(headline);
    // Ten tasks in each of two runs ask once; those of the second that had to wait for a permit are seven at least.
    expect(whole.requests).toBe(20);
    expect(whole.permits).toBeGreaterThanOrEqual(7);
    expect(whole.texts).toContain("permit: waits in line");
    expect(whole.texts.join(" ")).toContain("semaphore, concurrency 3; compared with sequential.");
    expect(whole.texts.join(" ")).toContain("Measured with Crawl Playground.");
    expect(whole.wide).toBeLessThanOrEqual(whole.width);
    expect(whole.scripts).toBe(0);
    if (process.env.SHOTS) await sheet.screenshot({ path: `${process.env.SHOTS}/svg-${colorScheme}.png` });

    // Half of the time, half of the bars.
    await page.getByRole("group", { name: "Timeline, scrollable" }).focus();
    for (let turn = 0; turn < 4; turn += 1) await page.keyboard.press("w");
    const part = await saved(page, playground, "Save as SVG");
    expect(part.name).toMatch(/^crawl-timeline-ten-one-at-a-time-against-at-most-3-.+-to-.+\.svg$/);
    await sheet.goto(`data:image/svg+xml;base64,${part.content.toString("base64")}`);
    const zoomed = await read();
    expect(zoomed.requests).toBeLessThan(whole.requests);
    expect(zoomed.texts.join(" ")).toMatch(/In view: \S+\s\S+ to /);
    await sheet.close();
  });
}

test("the PNG is the same sheet at twice the size", async ({ page, playground }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await playground.open();
  const svg = await saved(page, playground, "Save as SVG");
  const [, width, height] = /width="([\d.]+)" height="([\d.]+)"/.exec(svg.content.toString())!;
  const png = await saved(page, playground, "Save as PNG");
  expect(png.name).toBe(svg.name.replace(/svg$/, "png"));
  expect(pngSize(png.content)).toEqual({ width: Math.ceil(2 * Number(width)), height: Math.ceil(2 * Number(height)) });
  // It is no empty sheet: the page can read its colours back.
  const colours = await page.evaluate(async (data) => {
    const image = new Image();
    image.src = `data:image/png;base64,${data}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d")!;
    context.drawImage(image, 0, 0);
    const { data: pixels } = context.getImageData(0, 0, image.width, image.height);
    return new Set(new Uint32Array(pixels.buffer)).size;
  }, png.content.toString("base64"));
  expect(colours).toBeGreaterThan(20);
});

test("on a phone the picture can be saved too", async ({ page, playground }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await playground.open();
  const { content } = await saved(page, playground, "Save as PNG");
  expect(pngSize(content).width).toBeGreaterThan(600);
  expect(await page.evaluate(() => document.scrollingElement!.scrollWidth)).toBeLessThanOrEqual(360);
});

test.describe("on paper", () => {
  test("the finding, the picture, the summary and the tables, light from a dark page, without what can be pressed", async ({
    page,
    playground,
  }) => {
    await page.emulateMedia({ colorScheme: "dark" });
    await page.setViewportSize({ width: 1440, height: 900 });
    await playground.open();
    await expect(playground.summary).toContainText("critical path");
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    const drawing = playground.timeline.locator("svg.on-paper");
    await expect(drawing).toBeVisible();
    for (const part of [playground.headline, playground.summary, playground.tasks]) await expect(part).toBeVisible();
    await expect(playground.timeline.locator("canvas").first()).toBeHidden();
    const pressable = page.locator("button:visible:not(.pick), select:visible, input:visible, textarea:visible");
    await expect(pressable).toHaveCount(0);
    expect(await page.evaluate(() => getComputedStyle(document.querySelector("h1")!).color)).toBe("rgb(28, 30, 33)");
    expect(await drawing.evaluate((svg) => svg.querySelector("text")!.getAttribute("fill"))).toMatch(/^rgb\((28, 30, 33|95, 100, 105)\)$/);
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/paper.png`, fullPage: true });
    await page.emulateMedia({ media: "screen", colorScheme: "dark" });
    await expect(drawing).toHaveCount(0);
    await expect(playground.timeline.getByRole("img")).toBeVisible();
  });

  test("as PDF it is a few pages", async ({ page, playground }) => {
    await page.setViewportSize({ width: 1440, height: 900 });
    await playground.open();
    const pdf = await page.pdf({ format: "A4", path: process.env.SHOTS ? `${process.env.SHOTS}/paper.pdf` : undefined });
    const pages = pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)!.length;
    expect(pages).toBeGreaterThanOrEqual(1);
    expect(pages).toBeLessThanOrEqual(4);
    // The picture is drawn, bar by bar: an image of it for each hatched bar would be megabytes.
    expect(pdf.length).toBeLessThan(500_000);
    expect(pdf.toString("latin1").match(/\/Subtype\s*\/Image/g) ?? []).toEqual([]);
    await expect(playground.timeline.locator("svg.on-paper")).toHaveCount(0);
  });
});
