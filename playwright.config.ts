import { defineConfig } from "@playwright/test";
import { readFileSync } from "node:fs";

// The flags are those of the wasm tests: webdriver.json is the one place that names them.
const { args } = JSON.parse(readFileSync(new URL("webdriver.json", import.meta.url), "utf8"))["goog:chromeOptions"];

export default defineConfig({
  testDir: "tests/e2e",
  // Tests assert timings, so nothing runs beside them, and a second try would hide a wrong one.
  workers: 1,
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
