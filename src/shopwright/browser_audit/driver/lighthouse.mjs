// One run of Lighthouse. Scores are from 0 to 1; null where a category has none.
import { load } from "./tools.mjs";

const DESKTOP = {
  formFactor: "desktop",
  screenEmulation: { mobile: false, width: 1350, height: 940, deviceScaleFactor: 1, disabled: false },
  throttling: { rttMs: 40, throughputKbps: 10_240, cpuSlowdownMultiplier: 1, requestLatencyMs: 0, downloadThroughputKbps: 0, uploadThroughputKbps: 0 },
  emulatedUserAgent: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36",
};
const CATEGORIES = ["performance", "accessibility", "best-practices", "seo"];
const METRICS = {
  "first-contentful-paint": "first_contentful_paint",
  "largest-contentful-paint": "largest_contentful_paint",
  "total-blocking-time": "total_blocking_time",
  "cumulative-layout-shift": "cumulative_layout_shift",
  "speed-index": "speed_index",
};

/** Audits that weigh in a category and are not fully passed. */
function failing(category, audits) {
  const weighed = category.auditRefs.filter(({ id, weight }) => weight > 0 && audits[id].score !== null);
  return weighed.filter(({ id }) => audits[id].score < 1).map(({ id }) => ({
    audit: id,
    title: audits[id].title,
    found: (audits[id].details?.items ?? []).slice(0, 3).map((item) => JSON.stringify(item).slice(0, 300)),
  }));
}

export async function look({ browser, tools }, { url, form, skip = [] }) {
  const { default: lighthouse } = await load(tools, "lighthouse");
  const settings = {
    onlyCategories: CATEGORIES,
    skipAudits: [...skip, "full-page-screenshot"],
    ignoreStatusCode: true,
    maxWaitForLoad: 30_000,
    ...(form === "desktop" ? DESKTOP : {}),
  };
  const page = await browser.newPage();
  try {
    const { lhr } = await lighthouse(url, { logLevel: "silent" }, { extends: "lighthouse:default", settings }, page);
    if (lhr.runtimeError) throw new Error(`${lhr.runtimeError.code}: ${lhr.runtimeError.message}`);
    return {
      benchmark: lhr.environment.benchmarkIndex,
      scores: Object.fromEntries(CATEGORIES.map((name) => [name, lhr.categories[name].score])),
      metrics: Object.fromEntries(Object.entries(METRICS).map(([id, name]) => [name, lhr.audits[id].numericValue])),
      failing: Object.fromEntries(CATEGORIES.map((name) => [name, failing(lhr.categories[name], lhr.audits)])),
    };
  } finally {
    await page.close();
  }
}
