// Pages hold together on a small screen, zoomed, with wider or larger text, in forced colours and without motion (WCAG
// 1.4.4, 1.4.10, 1.4.11, 1.4.12, 2.3.3).
import { calm, go, prefer, visit } from "./visit.mjs";

const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-block-end: 2em !important; }`;
const LARGE = "html { font-size: 200% !important; }";

/** Runs in the page: what makes it wider than the screen. */
const OVERFLOWING = () => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((node) => {
    const { left, right } = node.getBoundingClientRect();
    return (right > root.clientWidth + 1 || left < -1) && getComputedStyle(node).position !== "fixed";
  });
  return wide.slice(0, 3).map((node) => `${root.scrollWidth} px wide: ${node.outerHTML.slice(0, 120)}`);
};

/** Runs in the page: text that is cut off. */
const CLIPPED = () => {
  const texts = "a, button, label, summary, legend, h1, h2, h3, h4, p, dt, dd, li, td, th";
  return [...document.querySelectorAll(texts)]
    .filter((node) => {
      const { overflowX, overflowY, position, clipPath, width, height } = getComputedStyle(node);
      const cut = [overflowX, overflowY].some((how) => how === "hidden" || how === "clip");
      const unseen = position === "absolute" && (clipPath !== "none" || parseFloat(width) <= 2 || parseFloat(height) <= 2);
      const over = node.scrollWidth > node.clientWidth + 1 || node.scrollHeight > node.clientHeight + 1;
      return cut && over && !unseen && node.textContent.trim() && node.checkVisibility();
    })
    .slice(0, 3)
    .map((node) => `text cut: ${node.outerHTML.slice(0, 120)}`);
};

/** Runs in the page: what moves although less motion is asked for. Colours may fade. */
const MOVING = () => {
  const longest = (text) => Math.max(...text.split(",").map(parseFloat));
  const fading = /^((background-color|color|opacity|border-color|display|overlay|outline-color|fill|stroke)(, |$))+$/;
  const moves = (node) => {
    const style = getComputedStyle(node);
    const slides = longest(style.transitionDuration) > 0.01 && !fading.test(style.transitionProperty);
    const runs = style.animationName !== "none" && longest(style.animationDuration) > 0.01;
    return slides || runs || style.scrollBehavior === "smooth";
  };
  return [...document.querySelectorAll("*")].filter(moves).slice(0, 3).map((node) => node.outerHTML.slice(0, 120));
};

/** Runs in the page: controls that cannot be told from what is around them once colours are the reader's own. */
const LOST = () => {
  const paints = (node, part) => {
    const style = getComputedStyle(node, part);
    const sides = ["Top", "Right", "Bottom", "Left"];
    const edged = sides.some((side) => style[`border${side}Style`] !== "none" && parseFloat(style[`border${side}Width`]) >= 1);
    return edged || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1);
  };
  const inked = (node) => {
    const { stroke, fill } = getComputedStyle(node);
    const ground = getComputedStyle(document.body).backgroundColor;
    return [stroke, fill].some((color) => color !== "none" && color !== ground && !/^rgba.*, 0\)$/.test(color));
  };
  const shown = (node) =>
    node.innerText?.trim() || node.querySelector("img") || [...node.querySelectorAll("svg *")].some(inked);
  const fields = "input:not([type=hidden], [type=checkbox], [type=radio], [type=range]), select, textarea";
  const named = (node) => node.outerHTML.slice(0, 120);
  const visible = (node) => node.checkVisibility({ visibilityProperty: true });
  const framed = (node) => [node, node.parentElement, node.parentElement?.parentElement].some((each) => each && paints(each));
  const faint = [...document.querySelectorAll(fields)].filter((node) => visible(node) && !framed(node));
  const blank = [...document.querySelectorAll("button, a[href]")].filter((node) => visible(node) && !shown(node));
  return [...faint.map((node) => `no edge: ${named(node)}`), ...blank.map((node) => `nothing seen: ${named(node)}`)].slice(0, 5);
};

/** A constructed sheet needs no permission of the page's policy, which stays as it is. */
const WEAR = (css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = css ? [sheet] : [];
};

export async function look(at, question) {
  return visit(at, { width: 1280 }, async (page) => {
    const screen = async (width, height, scale, css) => {
      await page.setViewport({ width, height, deviceScaleFactor: scale });
      await page.evaluate(WEAR, css);
      await calm(page);
    };
    const both = async () => [...(await page.evaluate(OVERFLOWING)), ...(await page.evaluate(CLIPPED))];
    await go(page, question.url);
    const moving = await page.evaluate(MOVING);
    await screen(320, 640, 2, "");
    const reflow = await page.evaluate(OVERFLOWING);
    await screen(640, 450, 2, "");
    const zoomed = await both();
    await screen(390, 844, 2, SPACED);
    const spaced = await both();
    await screen(1280, 900, 1, LARGE);
    const large = await both();
    await screen(1280, 900, 1, "");
    await prefer(page, { forced: "active" });
    await calm(page);
    return { reflow, zoomed, spaced, large, moving, forced: await page.evaluate(LOST) };
  });
}
