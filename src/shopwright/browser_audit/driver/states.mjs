// The states a shopper can bring a page into, found by what the markup says of itself and so in every theme.
import { go, settle } from "./visit.mjs";

const OPENERS = 'button[popovertarget]:not([popovertargetaction="hide"]), summary, button[aria-expanded="false"]';
const MOST_OPENED = 12;

const seen = (page, selector) =>
  page.$$(selector).then(async (all) => {
    const shown = await Promise.all(all.map((each) => each.evaluate((node) => node.checkVisibility())));
    return all.filter((_, index) => shown[index]);
  });
const nameOf = (handle) =>
  handle.evaluate((node) => (node.getAttribute("aria-label") ?? node.textContent).trim().replace(/\s+/g, " ").slice(0, 40));
const press = (handle) =>
  handle.evaluate((node) => {
    node.scrollIntoView({ block: "center", behavior: "instant" });
    node.click();
  });

/** Opens everything that opens, one after another: menus, search, filters, answers. */
async function* opened(page) {
  for (const opener of (await seen(page, OPENERS)).slice(0, MOST_OPENED)) {
    if (!(await opener.evaluate((node) => node.isConnected && !node.closest("details[open]")))) continue;
    const name = await nameOf(opener);
    await press(opener);
    await settle(page);
    yield `opened: ${name}`;
    const folds = await opener.evaluate((node) => node.localName === "summary" || node.ariaExpanded === "true");
    if (folds) await press(opener);
    else await page.keyboard.press("Escape");
    await settle(page);
  }
}

/** Presses the first of `selector` that can be pressed; false if there is none. */
export async function choose(page, selector) {
  const [first] = await seen(page, selector);
  if (!first) return false;
  await press(first);
  await settle(page);
  return true;
}

/** A filter of a list, in a panel that may be closed. */
async function* filtered(page) {
  const box = "main form input[type=checkbox]";
  const inDetails = "main details:not([open]) > summary:has(~ * input[type=checkbox])";
  const inPopover = "main button[popovertarget]:has(~ [popover] input[type=checkbox])";
  if (!(await seen(page, box)).length) await choose(page, `${inDetails}, ${inPopover}`);
  if (await choose(page, `main label:has(input[type=checkbox]), ${box}`)) yield "filter chosen";
}

async function* chosen(page) {
  const other = "main input[type=radio]:not(:checked):not(:disabled)";
  if (await choose(page, `main label:has(${other.slice(5)}), ${other}`)) yield "variant chosen";
}

async function* added(page) {
  if (await choose(page, "#add:not(:disabled)")) yield "added to cart";
}

async function* filled(page, { url, product }) {
  if (!product) return;
  await go(page, product);
  if (!(await choose(page, "#add:not(:disabled)"))) return;
  await go(page, url);
  yield "filled";
}

const OF_KIND = {
  home: [opened],
  collection: [filtered, opened],
  search: [filtered],
  product: [chosen, added],
  cart: [filled],
};

/** Yields the name of each state while the page is in it; the first is the page as it arrives. */
export async function* states(page, question) {
  await go(page, question.url);
  yield "as it arrives";
  for (const way of OF_KIND[question.kind] ?? []) yield* way(page, question);
}
