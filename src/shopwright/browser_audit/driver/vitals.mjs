// Core Web Vitals as a visit shows them, and what makes the next page quick: the back/forward cache, prefetching. Also
// every error the page wrote to the console.
import { go, visit } from "./visit.mjs";

/** Runs before the page's own scripts. */
const OBSERVE = () => {
  const seen = (globalThis.seen = { shift: 0, shifted: [], delay: 0, paint: null, restored: false, touched: false });
  const observe = (type, each, options = {}) =>
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true, ...options });
  const named = (node) => (node?.outerHTML ?? node?.parentElement?.outerHTML ?? "").slice(0, 120);
  observe("layout-shift", (entry) => {
    if (entry.hadRecentInput && seen.touched) return; // the browser also takes its own emulated screen for an input
    seen.shift += entry.value;
    seen.shifted.push(...entry.sources.map(({ node }) => named(node)));
  });
  observe("event", (entry) => {
    if (entry.interactionId) seen.delay = Math.max(seen.delay, entry.duration);
  }, { durationThreshold: 16 });
  observe("largest-contentful-paint", ({ element, startTime, url }) => {
    const timing = url && performance.getEntriesByName(url)[0];
    seen.paint = {
      at: Math.round(startTime),
      element: named(element),
      picture: element?.localName === "img",
      lazy: element?.loading === "lazy",
      urgent: element?.fetchPriority === "high",
      asked: timing ? Math.round(timing.startTime) : null,
      parsed: Math.round(performance.getEntriesByType("navigation")[0].domInteractive),
    };
  });
  addEventListener("pageshow", (event) => (seen.restored = event.persisted));
};

/** How long a page that has arrived is left alone: what comes late shifts it now, not under the shopper's hand. */
const ALONE_MS = 500;

/** Runs in the page: down to its end and back, as a reader would, so that everything late has arrived. */
const SCROLL = async () => {
  for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight) {
    scrollTo({ top: y, behavior: "instant" });
    await new Promise((done) => setTimeout(done, 40));
  }
  scrollTo({ top: 0, behavior: "instant" });
};

/** What is pressed on a kind of page; a click of the mouse counts as an interaction, one by a script does not. */
const PRESSED = {
  product: "main label:has(input[type=radio]:not(:checked):not(:disabled)), #add:not(:disabled)",
  collection: "main summary, main label:has(input[type=checkbox])",
};

async function interact(page, kind) {
  await page.evaluate(() => (seen.touched = true));
  for (const selector of [PRESSED[kind], 'header button[popovertarget]:not([popovertargetaction="hide"])'].filter(Boolean)) {
    for (const each of (await page.$$(selector)).slice(0, 2)) {
      if (!(await each.evaluate((node) => node.checkVisibility()))) continue;
      await each.click().catch(() => {});
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 50))));
    }
  }
  await page.keyboard.press("Escape");
}

async function isRestored(page, url, other) {
  await page.goto(other, { waitUntil: "load" });
  await page.goBack({ waitUntil: "load", timeout: 5_000 }).catch(() => {});
  await page.waitForFunction(() => globalThis.seen, { timeout: 5_000 }).catch(() => {});
  return page.evaluate(() => globalThis.seen?.restored ?? false);
}

/** Rests the mouse on the first link that the page's rules mean; the status the browser gives the prefetch. */
async function prefetched(page) {
  if (!(await page.$("script[type=speculationrules]"))) return "no rules";
  const session = await page.createCDPSession();
  const said = new Promise((tell) => session.on("Preload.prefetchStatusUpdated", ({ status }) => {
    if (!["Pending", "Running"].includes(status)) tell(status);
  }));
  await session.send("Preload.enable");
  const links = await page.$$('main a[href*="/products/"], main a[href*="/collections/"]');
  for (const link of links) {
    if (!(await link.evaluate((node) => node.checkVisibility()))) continue;
    await link.evaluate((node) => node.scrollIntoView({ block: "center", behavior: "instant" }));
    await link.hover();
    const late = new Promise((tell) => setTimeout(tell, 3_000, "nothing was fetched"));
    return Promise.race([said, late]);
  }
  return "no links";
}

function watch(page, own) {
  const problems = [];
  const expected = (url) => own.missing && url === own.url;
  page.on("pageerror", (error) => problems.push(`script error: ${String(error.message ?? error).slice(0, 200)}`));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type()) && !expected(message.location().url)) {
      problems.push(`console: ${message.text().slice(0, 200)}`);
    }
  });
  page.on("requestfailed", (request) => {
    const { errorText } = request.failure() ?? {};
    if (errorText !== "net::ERR_ABORTED") problems.push(`failed: ${request.url().slice(0, 200)} ${errorText}`);
  });
  return problems;
}

export async function look(at, question) {
  const { url, other, kind, missing = false } = question;
  return visit(at, { width: question.width ?? 390, motion: "no-preference" }, async (page) => {
    const problems = watch(page, { url, missing });
    await page.evaluateOnNewDocument(OBSERVE);
    await go(page, url);
    await new Promise((done) => setTimeout(done, ALONE_MS));
    const first = await page.evaluate(() => ({ ...seen.paint }));
    await page.evaluate(SCROLL);
    await interact(page, kind);
    const { shift, shifted, delay } = await page.evaluate(() => seen);
    await go(page, url);
    const restored = await isRestored(page, url, other);
    return { paint: first, shift, shifted: shifted.slice(0, 5), delay, restored, problems: [...new Set(problems)] };
  }).then(async (found) => ({
    ...found,
    prefetch: await visit(at, { width: 1280 }, async (page) => (await go(page, url), prefetched(page))),
  }));
}
