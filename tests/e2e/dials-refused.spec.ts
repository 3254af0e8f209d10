// Numbers and links that make no sense: each is answered with a sentence, and what held before holds.

import { expect, test } from "./lab";
import type { Playground, Settings } from "./playground";

const own = { preset: "own", compare: 0 } as const;

/** What the link says. */
const inLink = (playground: Playground, key: string) =>
  new URLSearchParams(new URL(playground.page.url()).hash.slice(1)).get(key);

test.describe("what makes no sense is refused at its control", () => {
  const REFUSED: [string, string, string, RegExp][] = [
    ["Rate, per s", "rate", "0", /^A rate of 0 would never let a request out\. Switch the limit off, or use 1 to 1000\. It stays at 20\.$/],
    ["Burst", "burst", "0", /^With a burst of 0 no token could ever lie ready, and nothing would be sent\. Use 1 to 1000\. It stays at 2\.$/],
    ["Per-host limit", "per-host", "0", /^A limit of 0 would never let a request out\. Switch the limit off, or use 1 to 256\. It stays at 3\.$/],
    ["Run timeout, s", "run-timeout", "0", /^A run of 0 s would end before it began\. Switch the limit off, or use 1 to 3600\. It stays at 30\.$/],
    ["Rate, per s", "rate", "-5", /^Whole numbers from 1 to 1000\. It stays at 20\.$/],
    ["Rate, per s", "rate", "2.5", /^Whole numbers from 1 to 1000\. It stays at 20\.$/],
    ["Burst", "burst", "1001", /^Whole numbers from 1 to 1000\. It stays at 2\.$/],
    ["Per-host limit", "per-host", "", /^Whole numbers from 1 to 256\. It stays at 3\.$/],
    ["Host delay, ms", "host-delay", "10001", /^Whole numbers from 0 to 10000\. It stays at 10\.$/],
    ["Jitter, %", "jitter", "101", /^Whole numbers from 0 to 100\. It stays at 5\.$/],
    ["Retries", "retries", "11", /^Whole numbers from 0 to 10\. It stays at 0\.$/],
    ["Back-off, ms", "backoff", "0", /^Whole numbers from 1 to 60000\. It stays at 500\.$/],
    ["Stall limit, s", "stall", "99999999999", /^Whole numbers from 1 to 900\. It stays at 60\.$/],
    ["Consumer, ms", "store", "-1", /^Whole numbers from 0 to 5000\. It stays at 0\.$/],
  ];
  const before: Settings = { ...own, rate: 20, burst: 2, "per-host": 3, "run-timeout": 30, "host-delay": 10, jitter: 5 };

  for (const [name, key, typed, sentence] of REFUSED) {
    test(`${name}: “${typed}”`, async ({ lab, playground }) => {
      const urls = ["lab/delay/20?task=0", "lab/delay/20?task=1"];
      await playground.open({ ...before, lab: lab.address, urls });
      await playground.openMoreLimits();
      const link = playground.page.url();
      const field = playground.dial(name);
      await field.fill(typed);
      await expect(playground.refusal(field)).toHaveText(sentence);
      await expect(field).toHaveAttribute("aria-invalid", "true");
      // Nothing is lost: neither what was typed nor what held before.
      await expect(field).toHaveValue(typed);
      await expect(playground.urls).toHaveValue(urls.join("\n"));
      await playground.runToEnd();
      expect(await playground.outcomes()).toEqual(["200", "200"]);
      expect(inLink(playground, key)).toBe(new URLSearchParams(new URL(link).hash.slice(1)).get(key));
      await expect(field).toHaveValue(typed);
      await expect(playground.refusal(field)).toHaveText(sentence);
    });
  }

  test("the sentence stays while another control is moved, as long as the number does", async ({ playground }) => {
    await playground.open(before);
    await playground.openMoreLimits();
    await playground.dial("Rate, per s").fill("0");
    await playground.concurrency.fill("7");
    await expect(playground.page.getByRole("spinbutton", { name: "Concurrency", exact: true })).toHaveValue("7");
    await playground.dial("Burst").fill("4");
    await expect.poll(() => inLink(playground, "burst")).toBe("4");
    await expect(playground.dial("Rate, per s")).toHaveValue("0");
    await expect(playground.refusal(playground.dial("Rate, per s"))).toHaveText(/^A rate of 0/);
  });

  test("on the way to a number that is refused none that was begun is taken", async ({ playground }) => {
    await playground.open({ ...before, n: 120, delay: 50 });
    await playground.openMoreLimits();
    const concurrency = playground.page.getByRole("spinbutton", { name: "Concurrency", exact: true });
    for (const [field, key, begun, held] of [
      [concurrency, "n", "25", "120"],
      [playground.dial("Per-host limit"), "per-host", "99", "3"],
    ] as const) {
      await field.selectText();
      await field.pressSequentially(begun);
      // So far it makes sense, and counts.
      await expect.poll(() => inLink(playground, key)).toBe(begun);
      await field.pressSequentially("9");
      await expect(playground.refusal(field)).toHaveText(new RegExp(`It stays at ${held}\\.$`));
      await expect.poll(() => inLink(playground, key)).toBe(held);
      await expect(field).toHaveValue(`${begun}9`);
    }
    // Elsewhere set, it is shown as it is.
    await playground.concurrency.fill("6");
    await expect(concurrency).toHaveValue("6");
    await expect(playground.refusal(concurrency)).toBeEmpty();
    await concurrency.selectText();
    await concurrency.pressSequentially("300");
    await expect(playground.refusal(concurrency)).toHaveText(/It stays at 6\.$/);
  });

  test("the beginning of a number that makes sense is not answered while it is typed", async ({ page, playground }) => {
    await playground.open({ ...before, timeout: 5_000 });
    await playground.openMoreLimits();
    const field = playground.dial("Run timeout, s");
    const sentence = playground.refusal(field);
    await sentence.evaluate((element) => {
      const said: string[] = [];
      const look = () => void (element.textContent && said.push(element.textContent));
      new MutationObserver(look).observe(element, { childList: true, characterData: true, subtree: true });
      Object.assign(window, { said });
    });
    // As quick as typing can be.
    const type = (...typed: string[]) => field.evaluate((element: HTMLInputElement, typed) => {
      for (const value of typed) {
        element.value = value;
        element.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }, typed);
    // A run of 3 s would be over before the timeout, one of 33 s is not.
    await type("3", "33");
    await expect.poll(() => inLink(playground, "run-timeout")).toBe("33");
    await type("3");
    await expect(sentence).toHaveText(/^A run of 3\s.*It stays at 30\.$/);
    expect(await page.evaluate(() => (window as unknown as { said: string[] }).said)).toHaveLength(1);
    // What is right is so at once, and who is done with the field is answered at once.
    await type("34");
    expect(await sentence.textContent()).toBe("");
    await type("2");
    await field.dispatchEvent("change");
    expect(await sentence.textContent()).toMatch(/^A run of 2/);
  });

  test("of two limits that would contradict each other the one that is typed is refused, and runs as it was", async ({ lab, playground }) => {
    const settings: Settings = { ...before, n: 4, timeout: 5_000, retries: 1, backoff: 100 };
    await playground.open({ ...settings, lab: lab.address, urls: ["lab/delay/20?task=0"] });
    await playground.openMoreLimits();
    const timeout = playground.page.getByRole("spinbutton", { name: "Timeout", exact: true });
    for (const [field, key, typed, held, sentence] of [
      [playground.dial("Per-host limit"), "per-host", "5", "3", "A per-host limit of 5 would never bind, since only 4 run at once. Change “Concurrency” first."],
      [playground.dial("Run timeout, s"), "run-timeout", "4", "30", "A run of 4\u00a0s would end before any request’s timeout of 5000\u00a0ms. Change “Timeout” first."],
      [timeout, "timeout", "30001", "5000", "A run of 30\u00a0s would end before any request’s timeout of 30001\u00a0ms. Change “Run timeout, s” first."],
      [playground.dial("Back-off, ms"), "backoff", "30000", "100", "A run of 30\u00a0s would leave no room for a back-off of up to 30000\u00a0ms. Change “Run timeout, s” first."],
    ] as const) {
      await field.fill(typed);
      await expect(playground.refusal(field)).toHaveText(`${sentence} It stays at ${held}.`);
      await expect(field).toHaveAttribute("aria-invalid", "true");
      expect(inLink(playground, key)).toBe(held);
    }
    await playground.runToEnd();
    expect(await playground.outcomes()).toEqual(["200"]);
    // With the other one changed, as the sentence asks, it is taken as it stands there.
    await playground.concurrency.fill("5");
    await expect(playground.refusal(playground.dial("Per-host limit"))).toBeEmpty();
    await expect(playground.dial("Per-host limit")).toHaveAttribute("aria-invalid", "false");
    await expect.poll(() => inLink(playground, "per-host")).toBe("5");
    // The others contradict what they did before.
    await expect(playground.refusal(timeout)).toHaveText(/Change “Run timeout, s” first\. It stays at 5000\.$/);
  });

  test("typed in steps or all at once, the same is refused and the same is taken", async ({ playground }) => {
    // A link may have contradictions: they are told, and no number that is as bad is refused.
    await playground.open({ ...before, n: 4, "per-host": 10, timeout: 5_000, "run-timeout": 3 });
    await playground.openMoreLimits();
    for (const [name, key, steps] of [
      ["Per-host limit", "per-host", ["3", "30"]],
      ["Run timeout, s", "run-timeout", ["30", "3"]],
    ] as const) {
      const field = playground.dial(name);
      for (const step of steps) {
        await field.fill(step);
        await expect.poll(() => inLink(playground, key)).toBe(step);
      }
      await expect(playground.refusal(field)).toBeEmpty();
    }
  });

  test("a number that makes sense again takes the sentence away", async ({ playground }) => {
    await playground.open(before);
    await playground.openMoreLimits();
    const field = playground.dial("Burst");
    await field.fill("0");
    await expect(playground.refusal(field)).not.toBeEmpty();
    await field.fill("2"); // what it was before, too
    await expect(playground.refusal(field)).toBeEmpty();
    await expect(field).toHaveAttribute("aria-invalid", "false");
    await field.fill("5");
    await expect.poll(() => inLink(playground, "burst")).toBe("5");
  });

  for (const pair of ["rate=0", "burst=0", "per-host=0", "run-timeout=0", "jitter=101", "retries=-1", "burst=off", "seed=x", "strategy=any", "place=elsewhere"]) {
    test(`a link with ${pair} is answered with a sentence`, async ({ page, playground }) => {
      await page.goto(`${playground.home}#${pair}`);
      await expect(playground.notice).toHaveText(`This link’s settings could not be read (“${pair}”), so the default is shown.`);
      await playground.openMoreLimits();
      await expect(playground.dial("Burst")).toHaveValue("1");
      await expect(playground.run).toBeEnabled();
    });
  }
});
