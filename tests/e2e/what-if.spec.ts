// What other settings would have brought, from a finished run's own latencies.

import { once } from "node:events";
import { createServer } from "node:http";
import { type AddressInfo } from "node:net";
import { expect, test } from "./lab";
import { milliseconds, type Playground, type Settings } from "./playground";

const simulation = (settings: Settings = {}): Settings => ({ net: "Simulation", ...settings });

test.describe("What if?", () => {
  const region = (playground: Playground) => playground.page.getByRole("region", { name: "What if?", exact: true });

  /** The sentence beside the curve; the curve has the same as its name. */
  const words = (playground: Playground) => region(playground).locator("p");

  test("of a simulated run: the knee, and the setting as it is, which follows the slider at once", async ({ page, playground }) => {
    // Twelve answers of 200 ms each: twelve at once are enough, and no more help.
    await playground.open(simulation({ tasks: 12, n: 5, latency: "fixed 200" }));
    await playground.runToEnd();
    await expect(words(playground)).toHaveText(/^As it is, 5 at once: 600\sms, peak 5, p95 200\sms\. The knee is 12 at once: 200\sms, peak 12, .*less than 1\s%\.$/);
    await expect(region(playground).getByRole("img")).toHaveAccessibleName(/The knee is 12 at once/);
    // Who sees the curves sees where they begin and end; who does not is told.
    await expect(region(playground).getByRole("img")).toHaveAccessibleName(/From 1 at once: 2\.40\ss, peak 1, .* to 64 at once: 200\sms, peak 12, /);
    for (const text of ["total", "95\u00a0% of tasks done", "latency p95", "peak in flight, up to 12", "64 at once"]) {
      await expect(region(playground).locator("svg text", { hasText: text })).toHaveCount(1);
    }
    for (const [n, total] of [[4, 600], [6, 400], [11, 400], [12, 200], [40, 200], [1, 2_400]] as const) {
      await playground.concurrency.fill(String(n));
      await expect(words(playground)).toContainText(new RegExp(`As it is, ${n} at once: `));
      const [, said] = /at once: ([^,]+),/.exec(await words(playground).innerText())!;
      expect(milliseconds(said), `${n} at once`).toBe(total);
    }
    // The run on show is not another for that.
    await expect(page.getByText("Run shown")).toHaveCount(1);
  });

  test("how soon it follows the slider", async ({ page, playground }) => {
    await playground.open(simulation({ tasks: 1_000, n: 5, compare: 0 }));
    await playground.runToEnd();
    await expect(words(playground)).toContainText("As it is, 5 at once");
    const times: number[] = [];
    for (const n of [6, 9, 17, 33, 8]) {
      times.push(
        await page.evaluate(async (n) => {
          const slider = document.querySelector<HTMLInputElement>("#concurrency")!;
          const text = document.querySelector(".what-if p")!;
          const start = performance.now();
          slider.value = String(n);
          slider.dispatchEvent(new Event("input", { bubbles: true }));
          while (!text.textContent!.includes(`As it is, ${n} at once`)) {
            if (performance.now() - start > 10_000) throw new Error("it never follows");
            await new Promise((resolve) => setTimeout(resolve));
          }
          return performance.now() - start;
        }, n),
      );
    }
    test.info().annotations.push({ type: "what-if of 1 000 tasks, ms", description: times.map((ms) => ms.toFixed(1)).join(", ") });
    expect(Math.min(...times)).toBeLessThan(1_000);
  });

  test("while another run goes on nothing is said of the one before", async ({ lab, playground }) => {
    const urls = Array.from({ length: 4 }, (_, task) => `lab/delay/400?task=${task}`);
    await playground.open({ lab: lab.address, preset: "own", n: 2, compare: 0, urls });
    await expect(words(playground)).toContainText("As it is, 2 at once");
    await playground.start();
    await expect(words(playground)).toHaveText("Known when the run is over.");
    await expect(region(playground).getByRole("img")).toHaveCount(0);
    await playground.finished();
    await expect(words(playground)).toContainText("As it is, 2 at once");
    await expect(region(playground).getByRole("img")).toHaveCount(1);
  });

  test("of delays too", async ({ playground }) => {
    await playground.open(simulation({ tasks: 10, strategy: "sequential", latency: "fixed 100", delay: 500 }));
    await playground.runToEnd();
    await region(playground).getByRole("radio", { name: "delay" }).check();
    await expect(words(playground)).toContainText(/^As it is, a delay of 500\sms: /);
    await playground.delay.fill("1000");
    await expect(words(playground)).toContainText(/^As it is, a delay of 1000\sms: /);
    await playground.delay.fill("0");
    await expect(words(playground)).toContainText(/^As it is, a delay of 0\sms: 1\.00\ss, peak 1/);
  });

  test("of a measured run: from its own latencies; and what was predicted stands beside what was measured", async ({ lab, playground }) => {
    const urls = Array.from({ length: 12 }, (_, task) => `lab/delay/300?task=${task}`);
    await playground.open({ lab: lab.address, preset: "own", n: 3, compare: 0, urls });
    await playground.runToEnd();
    const [total] = await playground.totalsMs();
    const [predicted] = (await playground.figures("Predicted")).map(milliseconds);
    expect(predicted).toBe(1_200);
    const [off] = await playground.figures("Off by");
    expect(Number(/^([\d.]+)\s%$/.exec(off)?.[1])).toBeCloseTo((Math.abs(predicted - total) / total) * 100, 0);
    // What was measured is never shorter than the server's own delays.
    expect(total).toBeGreaterThanOrEqual(1_195);

    // As it is, the sweep says what was measured; with six at once it is half of that.
    const said = async () => milliseconds(/at once: ([^,]+),/.exec(await words(playground).innerText())![1]);
    await expect(words(playground)).toContainText("As it is, 3 at once");
    expect(Math.abs((await said()) / total - 1)).toBeLessThan(0.1);
    await playground.concurrency.fill("6");
    await expect(words(playground)).toContainText("As it is, 6 at once");
    expect(Math.abs((await said()) / total - 0.5)).toBeLessThan(0.15);
    await expect(words(playground)).toContainText(/The knee is \d+ at once/);
    // And the figures are still those that were measured.
    expect(await playground.totalsMs()).toEqual([total]);
  });

  test("two runs each have their prediction", async ({ lab, playground }) => {
    await playground.open({ lab: lab.address, preset: "own", n: 2, urls: Array.from({ length: 4 }, (_, task) => `lab/delay/200?task=${task}`) });
    await playground.runToEnd();
    expect((await playground.figures("Predicted")).map(milliseconds)).toEqual([800, 400]);
    for (const off of await playground.figures("Off by")) expect(off).toMatch(/^[\d.]+\s%$/);
  });

  test("where the setting is worth nothing, and where nothing can be known, that is said", async ({ complaints, lab, page, playground }) => {
    complaints.allow(/Failed to load resource/);
    await playground.open(simulation({ tasks: 12, strategy: "all at once", latency: "fixed 200", compare: 0 }));
    await playground.runToEnd();
    await expect(words(playground)).toHaveText(/^“all at once” takes no notice of it: 1 at once or 64 at once, it takes 200\sms\. Choose “semaphore” to see/);
    const expectUnknown = async (settings: Settings, sentence: RegExp) => {
      await page.goto("about:blank");
      await playground.open({ lab: lab.address, preset: "own", compare: 0, ...settings });
      await playground.runToEnd();
      await expect(words(playground)).toHaveText(sentence);
      await expect(region(playground).getByRole("img")).toHaveCount(0);
    };
    const urls = Array.from({ length: 8 }, (_, task) => `lab/delay/50?task=${task}`);
    // Eight at once of a server that does not say how long the browser had them wait.
    const silent = createServer((_, response) => {
      setTimeout(() => response.writeHead(200, { "access-control-allow-origin": "*" }).end("there"), 50);
    });
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    try {
      const others = urls.map((_, task) => `http://127.0.0.1:${port}/${task}`);
      await expectUnknown({ net: "Live", n: 8, delay: 0, urls: others }, /^Not known: the browser’s six connections .* no Timing-Allow-Origin/);
    } finally {
      silent.close();
    }
    // A server that says it, but for a request that it never answered.
    await expectUnknown({ n: 8, timeout: 400, urls: [...urls, "lab/hang"] }, /^Not known: the browser’s six connections .* does not tell for how long\.$/);
    await expectUnknown({ n: 2, work: 10, urls }, /^Not known: answers that came while the loop or the consumer was busy/);
    await expectUnknown({ n: 2, strategy: "adaptive", urls }, /^Not known: it set its own pace/);
    await expectUnknown({ n: 2, urls: ["lab/status/429", "lab/delay/10"] }, /^Not known: the server asked to slow down/);
    // Of a run that was stopped most tasks were never sent.
    await playground.open({ lab: lab.address, preset: "own", compare: 0, n: 9, urls: ["lab/delay/30000", ...urls] });
    await playground.start();
    await page.keyboard.press("Escape");
    await playground.finished();
    await expect(words(playground)).toHaveText("Known only of a run that came to its end.");
  });

  test("more at once than the browser has connections is no promise of more", async ({ lab, playground }) => {
    const urls = Array.from({ length: 12 }, (_, task) => `lab/delay/200?task=${task}`);
    await playground.open({ lab: lab.address, preset: "own", n: 3, compare: 0, urls });
    await playground.runToEnd();
    await expect(words(playground)).toContainText("The knee is 6 at once");
    await playground.concurrency.fill("12");
    await expect(words(playground)).toContainText("As it is, 12 at once");
    // Two rounds of six, and not one of twelve.
    const [, total] = /As it is, 12 at once: ([^,]+),/.exec(await words(playground).innerText())!;
    expect(milliseconds(total)).toBeGreaterThanOrEqual(400);
  });
});
