// The timeline under fingers; and what axe says of it zoomed and measured.

import AxeBuilder from "@axe-core/playwright";
import { type CDPSession } from "@playwright/test";
import { expect, test } from "./lab";
import { inView, length, OFF_MS, axis, button, map, viewport, settled } from "./timeline";

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
