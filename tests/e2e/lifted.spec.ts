// What a finished run would have been without one of its bounds: each lifted alone, and what can't be known.

import { expect, test } from "./lab";
import { milliseconds, type Playground, type Settings } from "./playground";

const simulation = (settings: Settings = {}): Settings => ({ net: "Simulation", ...settings });

test.describe("If one bound were lifted", () => {
  const region = (playground: Playground) => playground.page.getByRole("region", { name: "If one bound were lifted", exact: true });
  const words = (playground: Playground) => region(playground).locator("p");

  async function lines(playground: Playground): Promise<string[][]> {
    const rows = await region(playground).locator("tbody tr").all();
    return Promise.all(rows.map((row) => row.locator("th, td").allInnerTexts()));
  }

  test("each bound of a run alone, and which brings most", async ({ playground }) => {
    // Ten of a second through three permits that are kept for another second: four rounds of two.
    await playground.open(simulation({ tasks: 10, n: 3, latency: "fixed 1000", delay: 1000, keep: 1, "per-host": 5, compare: 0 }));
    await playground.runToEnd();
    await expect(words(playground)).toHaveText(/^Most would be won with a permit for each: .* instead of 8\.00\ss\./);
    expect(await lines(playground)).toEqual([
      ["with a permit for each", "3.00\u00a0s", "−63\u00a0%"], // the host's five
      ["with permits given back before the delay", "5.00\u00a0s", "−38\u00a0%"],
      ["without a limit per host", "8.00\u00a0s", "as long"],
      ["without the delay", "4.00\u00a0s", "−50\u00a0%"],
      [expect.stringMatching(/^without task \d+, the slowest$/), "6.00\u00a0s", "−25\u00a0%"],
    ]);
    // A run has the same lines before its end, so that nothing moves when they are known.
    await expect(region(playground).locator("tr.best")).toHaveCount(1);
    await expect(region(playground).locator("tr.best")).toContainText("with a permit for each");
  });

  test("what can't be known is said", async ({ lab, page, playground }) => {
    const urls = Array.from({ length: 6 }, (_, task) => `lab/delay/300?task=${task}`);
    await playground.open({ lab: lab.address, preset: "own", n: 1, compare: 0, urls });
    await expect(words(playground)).toContainText("Most would be won");
    await playground.start();
    await expect(words(playground)).toHaveText("Known when the run is over.");
    expect((await lines(playground)).map(([, total]) => total)).toEqual(["–", "–"]);
    await playground.concurrency.fill("3");
    await playground.finished();
    await expect(words(playground)).toContainText("The settings changed on the way");
    await playground.start();
    await page.keyboard.press("Escape");
    await playground.finished();
    await expect(words(playground)).toHaveText("Known only of a run that came to its end.");
    await playground.runToEnd();
    await expect(words(playground)).toContainText("Most would be won with a permit for each");
    await page.goto("about:blank");
    await playground.open({ preset: "trap", strategy: "buffer unordered", compare: 0 });
    await expect(words(playground)).toContainText("went unnoticed");
  });

  test("the browser's six connections are a bound like any other, where the server lets their wait be seen", async ({ lab, page, playground }) => {
    const urls = Array.from({ length: 12 }, (_, task) => `lab/delay/400?task=${task}`);
    await playground.open({ lab: lab.address, preset: "own", strategy: "all at once", compare: 0, urls });
    // A first run opens the connections.
    await playground.runToEnd();
    await playground.runToEnd();
    const [measuredMs] = await playground.totalsMs();
    expect(measuredMs).toBeGreaterThan(795);
    expect((await lab.truth()).peak).toBe(6);
    const name = "without the browser’s six connections, as over HTTP/2";
    await expect(words(playground)).toContainText(`Most would be won ${name}: `);
    const said = /HTTP\/2: (.+?) instead of (.+?)\. Each/.exec(await words(playground).innerText())!;
    const [withoutMs, wasMs] = said.slice(1).map(milliseconds);
    // Two rounds of 400 ms, and one of twelve.
    expect(wasMs / measuredMs).toBeGreaterThan(0.9);
    expect(wasMs / measuredMs).toBeLessThan(1.1);
    expect(withoutMs).toBeGreaterThanOrEqual(395);
    expect(withoutMs).toBeLessThan(550);
    const line = (await lines(playground)).find(([what]) => what === name)!;
    expect(Number(/^−(\d+)\s%$/.exec(line[2])![1])).toBeCloseTo(100 * (1 - withoutMs / wasMs), -1);
    await expect(page.getByRole("region", { name: "What if?", exact: true })).toContainText("1 at once or 64 at once, it takes");
  });
});
