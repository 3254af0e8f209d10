// More tasks than the picture has room for: all of them at once, each line for several, or a row for each to scroll through.

import { readFile } from "node:fs/promises";
import { expect, test } from "./lab";
import { axis, button, viewport } from "./timeline";

/** Task k of 20 000 begins k / 200 s after the run does. */
const many = { net: "Simulation", latency: "fixed 100", tasks: 20_000, n: 20, compare: 0 } as const;
const AXIS_PX = 26;
const ROWS_PX = 400;
const FROM_TOP_PX = AXIS_PX + 8;

test("of twenty thousand tasks the whole shape is seen, and each can be reached", async ({ page, playground }) => {
  await playground.open(many);
  await playground.runToEnd(60_000);
  const all = button(playground, "Fit rows");
  await expect(all).toHaveAttribute("aria-pressed", "true");
  await expect(page.getByText("Each line shows the first of 50 rows.", { exact: true })).toBeVisible();
  const height = () => viewport(page).evaluate((element) => element.scrollHeight);
  expect(await height()).toBeLessThan(520);

  // Below the diagonal tasks wait, and above it they are over.
  const { box, x } = await axis(page, playground);
  const y = (share: number) => box.y + FROM_TOP_PX + share * ROWS_PX;
  const colours = (xShare: number, yShare: number) =>
    playground.timeline.getByRole("img").evaluate(
      (canvas: HTMLCanvasElement, [left, top]) => {
        const ratio = canvas.width / canvas.clientWidth;
        const { data } = canvas.getContext("2d")!.getImageData(left * ratio, top * ratio, 12, 12);
        return new Set(Array.from({ length: 144 }, (_, pixel) => data.slice(4 * pixel, 4 * pixel + 3).join())).size;
      },
      [x(xShare) - box.x, y(yShare) - box.y],
    );
  expect(await colours(0.6, 0.2)).toBe(1);
  expect(await colours(0.2, 0.6)).toBeGreaterThan(1);

  // Who points at a line gets the task that it shows.
  await page.mouse.click(x(0.3), y(0.5));
  const selected = playground.timeline.locator("[role=listbox]").getByRole("option", { selected: true });
  await expect(selected).toHaveAttribute("aria-label", /^At most 20, task (9\u00a0?9\d1|10\u00a0?0\d1) of 20/);
  const task = (await selected.getAttribute("aria-label"))!;

  // Then each has its row, and that one is in view.
  await all.click();
  await expect(all).toBeFocused();
  await expect(all).toHaveAttribute("aria-pressed", "false");
  await expect.poll(height).toBeGreaterThan(60_000);
  await expect(page.getByText("Each line shows the first of")).toHaveCount(0);
  await expect.poll(() => viewport(page).evaluate((element) => element.scrollTop)).toBeGreaterThan(29_000);
  await expect(selected).toHaveAttribute("aria-label", task);
  const place = (await selected.boundingBox())!;
  expect(place.y).toBeGreaterThan(box.y);
  expect(place.y).toBeLessThan(box.y + box.height);
  // Keys go from task to task, also where several share a line.
  await all.click();
  await viewport(page).focus();
  await page.keyboard.press("ArrowDown");
  const number = (label: string) => Number(/task ([\d\u00a0]+) of/.exec(label)![1].replace(/\D/g, ""));
  await expect.poll(async () => number((await selected.getAttribute("aria-label"))!)).toBe(number(task) + 1);
});

test("where nothing is selected, a row for each begins where something goes on in view", async ({ page, playground }) => {
  await playground.open(many);
  await playground.runToEnd(60_000);
  const { x, y } = await axis(page, playground);
  await page.mouse.move(x(0.7), y);
  await page.keyboard.down("Control");
  for (let turn = 0; turn < 12; turn += 1) await page.mouse.wheel(0, -300);
  await page.keyboard.up("Control");
  await button(playground, "Fit rows").click();
  // Seven tenths through the run is seven tenths down the rows.
  await expect.poll(() => viewport(page).evaluate((element) => element.scrollTop / element.scrollHeight)).toBeGreaterThan(0.6);
  expect(await viewport(page).evaluate((element) => element.scrollTop / element.scrollHeight)).toBeLessThan(0.8);
});

test("a picture that is saved says what it leaves out", async ({ page, playground }) => {
  await playground.open(many);
  await playground.runToEnd(60_000);
  const saved = async () => {
    const download = page.waitForEvent("download");
    await page.getByRole("button", { name: "Save as SVG", exact: true }).click();
    return readFile(await (await download).path(), "utf8");
  };
  expect(await saved()).toContain("Each line shows the first of 50 rows.");
  await button(playground, "Fit rows").click();
  expect(await saved()).toMatch(/>\d+ of 20\u00a0000 rows are in view\.</);
});

test("a few hundred have a row each unless they are wanted all at once, and what has room has no button", async ({ page, playground }) => {
  await playground.open({ ...many, tasks: 300 });
  await playground.runToEnd();
  const all = button(playground, "Fit rows");
  await expect(all).toHaveAttribute("aria-pressed", "false");
  const cut = () => viewport(page).evaluate((element) => element.scrollHeight - element.clientHeight);
  expect(await cut()).toBeGreaterThan(100);
  await all.click();
  await expect(all).toHaveAttribute("aria-pressed", "true");
  await expect.poll(cut).toBe(0);
  await playground.open({ ...many, tasks: 100 });
  await playground.runToEnd();
  await expect(all).toHaveCount(0);
});
