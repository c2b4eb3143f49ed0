// A shopper who comes for the first time, with a screen and preferences of their own.

const FEATURES = { scheme: "prefers-color-scheme", motion: "prefers-reduced-motion", forced: "forced-colors" };
const STILL = async () => {
  await document.fonts.ready;
  const moving = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime < 5000);
  await Promise.all(moving.map((each) => each.finished.catch(() => {})));
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
};

/** Calls `work(page)` with a page of a fresh profile; `look` has width, and may have height, scheme, motion, forced. */
export async function visit({ browser }, look, work) {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    const { width, height = 900, scale = 1 } = look;
    const touched = width < 700;
    await page.setViewport({ width, height, deviceScaleFactor: scale, isMobile: touched, hasTouch: touched });
    await prefer(page, look);
    return await work(page);
  } finally {
    await context.close();
  }
}

/** Puppeteer knows fewer preferences than the browser does. */
export async function prefer(page, { scheme = "light", motion = "reduce", forced = "none" }) {
  const session = await page.createCDPSession();
  const features = Object.entries({ scheme, motion, forced });
  await session.send("Emulation.setEmulatedMedia", {
    features: features.map(([key, value]) => ({ name: FEATURES[key], value })),
  });
}

/** Goes to an address and waits until the page is there and nothing moves. */
export async function go(page, address) {
  await page.goto(address, { waitUntil: "load" });
  await settle(page);
}

/** A prefetch that a focused link began counts as a request for ever: nobody waits long for quiet. */
export async function settle(page) {
  await page.waitForNetworkIdle({ idleTime: 100, timeout: 2_000 }).catch(() => {});
  await calm(page);
}

/** Waits until nothing moves, whatever is being loaded. */
export const calm = (page) => page.evaluate(STILL);
