// A walk through a page with the Tab key: everything is reached, in order, seen, and left again (WCAG 2.1.1, 2.1.2,
// 2.4.1, 2.4.3, 2.4.7, 2.4.11), and what Enter opens Escape closes.
import { calm, go, visit } from "./visit.mjs";

const MOST_STEPS = 600;

/** Runs in the page before it is walked: what Tab should reach, in the order of the document. */
const PREPARE = () => {
  const wanted =
    "a[href], area[href], button, input:not([type=hidden]), select, textarea, summary, audio[controls], video[controls], [tabindex]";
  const isRadio = (node) => node.type === "radio" && node.name;
  const group = (node) => [...(node.form ?? document).querySelectorAll(`input[type=radio][name="${CSS.escape(node.name)}"]`)];
  const entered = (node) => (group(node).find((each) => each.checked) ?? group(node)[0]) === node;
  const reached = (node) =>
    node.tabIndex >= 0 &&
    !node.disabled &&
    !node.closest("[inert]") &&
    node.checkVisibility({ visibilityProperty: true }) &&
    !(node.localName === "summary" && node !== node.parentElement.querySelector(":scope > summary")) &&
    !(isRadio(node) && !entered(node));
  const text = (node) => node.getAttribute("aria-label") ?? node.labels?.[0]?.textContent ?? node.textContent;
  const name = (node) => `${node.localName} “${text(node).trim().replace(/\s+/g, " ").slice(0, 60)}”`;
  const face = (node) => (node.matches("input[type=radio], input[type=checkbox]") && node.closest("label")) || node;
  const drawn = (node) => {
    const around = [];
    for (let each = node; each && each !== document.body; each = each.parentElement) around.push(each);
    return [...around, ...face(node).querySelectorAll("*")].some((each) =>
      [null, "::before", "::after"].some((part) => {
        const { outlineStyle, outlineWidth } = getComputedStyle(each, part);
        return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
      }),
    );
  };
  const uncovered = (node) => {
    const { left, top, width, height } = face(node).getBoundingClientRect();
    const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [left + width * x, top + height * y]));
    return points.some(([x, y]) => {
      const hit = document.elementFromPoint(x, y);
      return hit && (face(node).contains(hit) || hit.contains(face(node)) === false && hit.closest("label")?.control === node);
    });
  };
  const order = [...document.querySelectorAll(wanted)].filter(reached);
  globalThis.walk = {
    expected: order.map(name),
    now() {
      const node = document.activeElement;
      if (!node || node === document.body || node === document.documentElement) return null;
      const { x, y, width, height } = face(node).getBoundingClientRect();
      const clip = { x: x + scrollX - 8, y: y + scrollY - 8, width: width + 16, height: height + 16 };
      return { index: order.indexOf(node), name: name(node), drawn: drawn(node), uncovered: uncovered(node), clip };
    },
    leave: () => document.activeElement.blur(),
    return: (index) => order[index]?.focus({ focusVisible: true }),
  };
};

/** Whether the focus changes what is on the screen, where no outline says so. */
async function changes(page, { index, clip }) {
  const shot = () => page.screenshot({ clip, encoding: "base64", captureBeyondViewport: true });
  const before = await shot();
  await page.evaluate(() => walk.leave());
  const after = await shot();
  await page.evaluate((to) => walk.return(to), index);
  return before !== after;
}

async function steps(page) {
  const found = [];
  for (let step = 0; step < MOST_STEPS; step += 1) {
    await page.keyboard.press("Tab");
    const now = await page.evaluate(() => walk.now());
    if (!now || (found.length > 1 && now.index === found[0].index)) return { found, left: true };
    if (found.length && now.index >= 0 && now.index === found.at(-1).index) return { found, left: false };
    found.push({ ...now, seen: now.drawn || (await changes(page, now)) });
  }
  return { found, left: false };
}

/** The first stop leads to the content: after Enter the next stop lies inside it. */
async function skips(page, url) {
  await go(page, url);
  await page.keyboard.press("Tab");
  const target = await page.evaluate(() => document.activeElement.getAttribute("href") ?? "");
  if (!target.startsWith("#")) return false;
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  return page.evaluate((id) => {
    const content = document.getElementById(id);
    const follows = content?.compareDocumentPosition(document.activeElement) ?? 0;
    return Boolean(follows & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING));
  }, target.slice(1));
}

/** What opens over the page: Enter opens it, Escape closes it and gives the focus back. */
async function popovers(page) {
  const wrong = [];
  for (const opener of await page.$$('button[popovertarget]:not([popovertargetaction="hide"])')) {
    if (!(await opener.evaluate((node) => node.checkVisibility()))) continue;
    const name = await opener.evaluate((node) => node.getAttribute("aria-label") ?? node.textContent.trim());
    const shown = () => opener.evaluate((node) => node.popoverTargetElement?.matches(":popover-open") ?? false);
    await opener.focus();
    await page.keyboard.press("Enter");
    await calm(page);
    if (!(await shown())) wrong.push(`Enter does not open “${name}”`);
    await page.keyboard.press("Escape");
    await calm(page);
    if (await shown()) wrong.push(`Escape does not close “${name}”`);
    if (!(await opener.evaluate((node) => node === document.activeElement))) wrong.push(`the focus is lost after “${name}”`);
  }
  return wrong;
}

export async function look(at, question) {
  return visit(at, { ...question, width: question.width ?? 1280 }, async (page) => {
    await go(page, question.url);
    await page.evaluate(PREPARE);
    const { found, left } = await steps(page);
    const expected = await page.evaluate(() => walk.expected);
    const reached = new Set(found.map(({ index }) => index));
    const indexes = found.map(({ index }) => index).filter((index) => index >= 0);
    return {
      expected: expected.length,
      reached: indexes.length,
      left,
      missed: expected.filter((_, index) => !reached.has(index)).slice(0, 10),
      disordered: found.filter(({ index }, step) => index >= 0 && step && found[step - 1].index > index).map(({ name }) => name),
      unseen: found.filter(({ seen }) => !seen).map(({ name }) => name).slice(0, 10),
      covered: found.filter(({ uncovered }) => !uncovered).map(({ name }) => name).slice(0, 10),
      popovers: await popovers(page),
      skip: await skips(page, question.url),
    };
  });
}
