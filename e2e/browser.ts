// One way to start the distribution's Chromium, for every test that drives a page. `npm test` finds or installs it and
// names it in TEGUH_CHROMIUM.
import { type Browser, chromium } from "playwright-core";

/** Starts a headless Chromium of its own, with more arguments if a test needs some; the caller closes it. */
export function launchBrowser(args: readonly string[] = []): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env.TEGUH_CHROMIUM ?? "/usr/bin/chromium",
    // Chromium refuses to sandbox for root, which is who runs tests in a bare container.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ["--disable-dev-shm-usage", ...args],
  });
}
