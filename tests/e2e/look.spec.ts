// The page in ten states, held against pictures that somebody has looked at (tests/e2e/look.spec.ts-snapshots).
//
// Every state is one that no clock has a part in: the first picture, or a simulation. Text is written in a font of the test's
// own, since each machine has others: what a picture shows of a text is where it stands, how long it is, and its colour. All
// else is as it is. A picture that is missing or another one fails the test. To take those anew that are, and look at them:
//
//     npx playwright test --update-snapshots=changed --project=shown look.spec

import { type Locator, type Page } from "@playwright/test";
import { blockFont } from "./block-font";
import { expect, test } from "./lab";
import { type Playground, type Settings } from "./playground";

const WIDE = { width: 1440, height: 900 };
const FONT = blockFont().toString("base64");

/** Has all text of the page, on canvases too, written in the font of blocks. */
async function writeInBlocks(page: Page): Promise<void> {
  await page.addInitScript((font) => {
    const bytes = Uint8Array.from(atob(font), (letter) => letter.charCodeAt(0));
    document.fonts.add(new FontFace("Blocks", bytes, { weight: "1 1000" }));
    const style = new CSSStyleSheet();
    style.replaceSync("* { font-family: Blocks !important; text-rendering: geometricPrecision }");
    document.adoptedStyleSheets.push(style);
  }, FONT);
}

/** Waits until all is there that is worked out after the picture. */
async function settled(page: Page, playground: Playground): Promise<void> {
  await expect(playground.summary).toContainText("critical path");
  const sections = ["What if?", "If one bound were lifted"].map((name) => page.getByRole("region", { name, exact: true }));
  for (const section of sections) await expect(section.locator(".hint")).toHaveText(/\S{3}/);
  expect(await page.evaluate(() => document.fonts.check("16px Blocks"))).toBe(true);
}

interface State {
  settings?: Settings;
  viewport?: { width: number; height: number };
  isDark?: boolean;
  /** What is done until the state is there. */
  reach?: (page: Page, playground: Playground) => Promise<void>;
  /** What of the page is compared, a picture each; without it all that the window shows. */
  parts?: (page: Page, playground: Playground) => Locator[];
}

const main = (page: Page) => page.getByRole("main");
const replayTo = async (page: Page, playground: Playground, place: number) => {
  await page.getByRole("slider", { name: "Moment of the run" }).fill(String(place));
  await expect(playground.headline).toHaveText(/^Replay/);
  await page.getByRole("slider", { name: "Moment of the run" }).blur();
  await page.evaluate(() => scrollTo(0, 0));
};
const simulated: Settings = { net: "Simulation", latency: "lognormal 200 0.6", seed: 7 };

const STATES: Record<string, State> = {
  "the first picture": { viewport: WIDE },
  "a simulation that was run": {
    settings: { ...simulated, tasks: 40, n: 6, delay: 50 },
    reach: (_, playground) => playground.runToEnd(),
  },
  "zoomed in, with a range that is measured": {
    settings: { ...simulated, tasks: 30, n: 5, "host-delay": 40, rate: 12 },
    reach: async (page, playground) => {
      await playground.timeline.getByRole("listbox", { name: "Bars" }).focus();
      for (const key of ["w", "w", "w", "Home", "m"]) await page.keyboard.press(key);
      await expect(page.locator(".measured")).toContainText("requests");
    },
    parts: (_, playground) => [playground.timeline],
  },
  "in the middle of a replay, with permits": {
    settings: { ...simulated, tasks: 18, n: 4, compare: 0, delay: 120 },
    viewport: { width: 1440, height: 1000 },
    reach: (page, playground) => replayTo(page, playground, 430),
    parts: (page) => [main(page)],
  },
  "against a run that is pinned": {
    settings: { ...simulated, tasks: 8, n: 2, compare: 0 },
    reach: async (page, playground) => {
      await playground.runToEnd();
      await page.getByRole("button", { name: "Pin", exact: true }).click();
      await playground.concurrency.fill("8");
      await playground.runToEnd();
    },
    parts: (page, playground) => [playground.timeline, page.getByRole("region", { name: "Comparison", exact: true })],
  },
  "a task in full": {
    settings: { ...simulated, tasks: 12, n: 3, failures: 300, retries: 2, backoff: 100 },
    viewport: { width: 1440, height: 1300 },
    reach: async (page, playground) => {
      await playground.tasks.getByRole("button", { name: "Task 9", exact: true }).click();
      await expect(page.getByRole("region", { name: "Task detail", exact: true })).toContainText("Task 9");
      await main(page).evaluate((main) => main.scrollTo(0, 0));
    },
    parts: (page) => [main(page)],
  },
  "what a crawl found": {
    settings: { preset: "crawl-mixed", crawl: 1, compare: 0 },
    viewport: { width: 1440, height: 1500 },
    reach: async (page) => {
      await expect(page.getByRole("table", { name: "Pages", exact: true })).toBeVisible();
      await page.getByRole("region", { name: "Crawl", exact: true }).scrollIntoViewIfNeeded();
    },
    parts: (page) => [page.getByRole("region", { name: "Crawl", exact: true })],
  },
  "failures and what was tried again": {
    settings: { preset: "failures", retries: 1, backoff: 150 },
  },
  "dark, with the critical path": {
    settings: { preset: "ten" },
    isDark: true,
    reach: async (_, playground) => playground.timeline.getByRole("checkbox", { name: "Critical path" }).check(),
  },
  "a replay on a phone": {
    viewport: { width: 360, height: 740 },
    reach: (page, playground) => replayTo(page, playground, 120),
  },
};

for (const [name, { settings, viewport = WIDE, isDark = false, reach, parts }] of Object.entries(STATES)) {
  test(`it looks as it did: ${name}`, async ({ page, playground }) => {
    await page.emulateMedia({ colorScheme: isDark ? "dark" : "light", reducedMotion: "reduce" });
    await page.setViewportSize(viewport);
    await writeInBlocks(page);
    await playground.open(settings);
    await settled(page, playground);
    await reach?.(page, playground);
    const isReplay = (await playground.headline.textContent())!.startsWith("Replay");
    if (!isReplay) await settled(page, playground);
    const file = name.replaceAll(/\W+/g, "-");
    const shown = parts?.(page, playground) ?? [page];
    for (const [index, part] of shown.entries()) {
      await expect.soft(part).toHaveScreenshot(shown.length > 1 ? `${file}-${index + 1}.png` : `${file}.png`);
    }
  });
}
