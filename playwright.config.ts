import { defineConfig } from "@playwright/test";
import { readFileSync } from "node:fs";

// The flags are those of the wasm tests: webdriver.json is the one place that names them.
const { args } = JSON.parse(readFileSync(new URL("webdriver.json", import.meta.url), "utf8"))["goog:chromeOptions"];

// Tests that hold the page against a clock or a server's log: nothing runs beside them. The others look at what is shown.
const TIMED = /\/(cancel|crawl|dials|live|loop|replay|retries|simulation|stop|strategies|truth|worker)\.spec\.ts$/;

export default defineConfig({
  testDir: "tests/e2e",
  projects: [
    { name: "timed", testMatch: TIMED },
    { name: "shown", testIgnore: TIMED },
  ],
  // `make test` runs those that are shown two at a time, after the others.
  workers: 1,
  // A second try would hide a wrong first one.
  retries: 0,
  timeout: 60_000,
  forbidOnly: true,
  reporter: "list",
  use: {
    locale: "en-GB",
    screenshot: "only-on-failure",
    launchOptions: { executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args },
  },
});
