// start/paint, start/usable and start/request: how long a cold load of the built page takes until something is painted,
// until Run can be pressed, and, if it is pressed at that very moment, until the first request goes out; beside a bare
// Leptos counter that is built and served the same way. What runs need comes after the paint, which the third one shows.
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

/** The same: presses the button once it is there, and notes when the first of the Lab's requests goes out. */
const press = (label) => {
  const { fetch } = window;
  window.fetch = (request, ...rest) => {
    if (new URL(request.url ?? request, location.href).pathname.includes("/lab/")) window.requestMs ??= performance.now();
    return fetch(request, ...rest);
  };
  const pressed = setInterval(() => {
    if (!window.usableMs) return;
    clearInterval(pressed);
    [...document.querySelectorAll("button")].find((button) => button.textContent === label).click();
  }, 1);
};

/** Milliseconds from the start of the navigation; the request's only if Run is to be pressed. */
const load = async (browser, address, label, isPressed = false) => {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    await page.addInitScript(watch, label);
    if (isPressed) await page.addInitScript(press, label);
    await page.goto(address);
    const times = await page.waitForFunction((isPressed) => {
      const [paint] = performance.getEntriesByName("first-contentful-paint");
      const { usableMs: usable, requestMs: request } = window;
      return paint && usable && (request || !isPressed) && { paint: paint.startTime, usable, request };
    }, isPressed);
    return await times.jsonValue();
  } finally {
    await context.close();
  }
};

export const start = {
  names: ["start/paint", "start/usable", "start/request"],
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
          // A counter requests nothing, so there is no peer.
          const name = "start/request";
          const request = async () => (await load(browser, ours, "Run", true)).request;
          const medians = await inTurns(name, { ours: request }, { turns: LOADS });
          figures.push(figure({ name, value: medians.ours, unit: "ms" }));
          return figures;
        }),
      ),
    ),
};
