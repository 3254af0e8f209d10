// What the figures in the page run on: lab_server as the host of both the page and the Lab, and Chromium.

import { chromium } from "@playwright/test";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { LAB_SERVER } from "./build.mjs";

/** Serves `directory`, and the Lab beside it, while `use(address)` goes on; the address ends with a slash. */
export const withServer = async (directory, use) => {
  const child = spawn(LAB_SERVER, ["--pages", directory], { stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), "line"),
    once(child, "error").then(([error]) => Promise.reject(error)),
    once(child, "exit").then(([code]) => Promise.reject(new Error(`${LAB_SERVER} ended with ${code}`))),
  ]);
  try {
    return await use(/http:\S+/.exec(line)[0]);
  } finally {
    child.kill();
  }
};

/** Chromium as the tests have it: see playwright.config.ts. */
export const withBrowser = async (use) => {
  const executablePath = process.env.CHROMIUM || "/usr/bin/chromium";
  if (!existsSync(executablePath)) {
    throw new Error(`There is no browser at ${executablePath}: say where Chromium is with CHROMIUM=/path/to/chromium.`);
  }
  const { args } = JSON.parse(readFileSync("webdriver.json", "utf8"))["goog:chromeOptions"];
  const browser = await chromium.launch({ executablePath, args });
  try {
    return await use(browser);
  } finally {
    await browser.close();
  }
};

/**
 * The page that holds ours and the peers, while `use({ address, time })` goes on. `time(path, ...args)` calls what
 * stands at that path of the page's window, such as `peers.requests`, on clean heaps, and returns how many milliseconds
 * it took and what came of it.
 */
export const withBenchPage = (directory, use) =>
  withServer(directory, (address) =>
    withBrowser(async (browser) => {
      const { send, evaluate } = await openUnwatched(browser, address);
      while (!(await evaluate("Boolean(window.wasmBindings && window.peers)"))) await setTimeout(20);
      const time = async (path, ...args) => {
        // Nobody pays for what another has left behind.
        await send("HeapProfiler.collectGarbage");
        return evaluate(`(async () => {
          const call = ${JSON.stringify(path)}.reduce((object, name) => object[name], window);
          const start = performance.now();
          const result = await call(...${JSON.stringify(args)});
          return { ms: performance.now() - start, result };
        })()`);
      };
      return use({ address, time });
    }),
  );

/**
 * Opens a page that Playwright does not know. To one that it knows the browser reports each request, with the stack
 * that made it: that costs a third of a request's time, and more for the deeper stacks of wasm, and no visitor pays it.
 * `evaluate` takes JavaScript, which may resolve to its value; `front` makes it the one that is seen, as only one is.
 */
export async function openUnwatched(browser, address) {
  const devtools = await browser.newBrowserCDPSession();
  const { targetId } = await devtools.send("Target.createTarget", { url: address });
  // Not flattened: a session that Playwright knew would be its own again.
  const { sessionId } = await devtools.send("Target.attachToTarget", { targetId, flatten: false });
  const replies = new Map();
  devtools.on("Target.receivedMessageFromTarget", ({ message }) => {
    const { id, result, error } = JSON.parse(message);
    const reply = replies.get(id);
    replies.delete(id);
    if (error) reply?.reject(new Error(error.message));
    else reply?.resolve(result);
  });
  let count = 0;
  const send = (method, params = {}) =>
    new Promise((resolve, reject) => {
      const id = ++count;
      replies.set(id, { resolve, reject });
      const message = JSON.stringify({ id, method, params });
      devtools.send("Target.sendMessageToTarget", { sessionId, message }).catch(reject);
    });
  const evaluate = async (expression) => {
    const options = { expression, awaitPromise: true, returnByValue: true };
    const { result, exceptionDetails } = await send("Runtime.evaluate", options);
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
  const close = () => devtools.send("Target.closeTarget", { targetId });
  const front = () => devtools.send("Target.activateTarget", { targetId });
  return { send, evaluate, front, close };
}

/** Runs in the page: the simulation, to its end. Returns how many tasks it has. */
export const simulate = async () => {
  const button = [...document.querySelectorAll("button")].find(({ textContent }) => textContent === "Run");
  const status = document.querySelector('[role="status"]');
  button.click();
  do await new Promise((resolve) => setTimeout(resolve, 100));
  while (/^$|^Simulating|ended after/.test(status.textContent) || button.disabled || button.ariaDisabled === "true");
  return document.querySelector('table[aria-label="Tasks"]').ariaRowCount - 1;
};

/** Runs a function in the page, with its arguments, and returns what it returns. */
export const inPage = ({ evaluate }, run, ...args) => evaluate(`(${run})(${args.map((arg) => JSON.stringify(arg)).join(", ")})`);
