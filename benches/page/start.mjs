// start/paint and start/usable: how long a cold load of the built page takes until something is painted, and until Run
// can be pressed; beside a bare Leptos counter that is built and served the same way.
//
// Each load has a browser context of its own: no cache of files or compiled code, no service worker. The network is
// this machine's own, so what is measured is the browser's work, not the bytes' way (for which see size/brotli).

import { COUNTER, DIST } from "./build.mjs";
import { figure } from "./figure.mjs";
import { withBrowser, withServer } from "./host.mjs";
import { inTurns } from "./turns.mjs";

const LOADS = 7;

/** Runs in the page before anything else: notes when the button is there to be pressed, its handlers with it. */
const watch = (label) => {
  const isUsable = (button) => button.textContent === label && !button.disabled && button.ariaDisabled !== "true";
  new MutationObserver((_, observer) => {
    if (![...document.querySelectorAll("button")].some(isUsable)) return;
    window.usableMs = performance.now();
    observer.disconnect();
  }).observe(document, { subtree: true, childList: true, attributes: true });
};

/** Milliseconds from the start of the navigation. */
const load = async (browser, address, label) => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(watch, label);
    await page.goto(address);
    const times = await page.waitForFunction(() => {
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      return paint && window.usableMs && { paint: paint.startTime, usable: window.usableMs };
    });
    return await times.jsonValue();
  } finally {
    await context.close();
  }
};

export const start = {
  names: ["start/paint", "start/usable"],
  needs: ["lab", "dist", "counter"],
  measure: () =>
    withServer(DIST, (ours) =>
      withServer(COUNTER, (counter) =>
        withBrowser(async (browser) => {
          const figures = [];
          for (const [name, which] of [["start/paint", "paint"], ["start/usable", "usable"]]) {
            const contender = (address, label) => async () => (await load(browser, address, label))[which];
            const contenders = { ours: contender(ours, "Run"), counter: contender(counter, "0") };
            const medians = await inTurns(name, contenders, { turns: LOADS });
            const peer = "bare Leptos counter";
            figures.push(figure({ name, value: medians.ours, unit: "ms", peer, peerValue: medians.counter }));
          }
          return figures;
        }),
      ),
    ),
};
