"use strict";
/** Prices and badges as the templates `_price.html` and `_badges.html` show them. */
(() => {
  const { element, text } = shopwright;

  function hidden(words) {
    return element("span", { class: "hidden" }, words);
  }

  function reduction(price) {
    const parts = [" ", element("s", { class: "price-was" }, hidden(`${text("price_was")} `), price.was)];
    if (price.percent) parts.push(" ", element("span", { class: "price-percent", dir: "ltr" }, price.percent));
    return parts;
  }

  /** The content of a `.price` element; `full` adds the day a sale ends. */
  function priceParts(price, full = false) {
    if (!price) return [element("span", { class: "price-none" }, text("price_none"))];
    const now = price.varies ? text("price_from", { price: price.text }) : price.text;
    const parts = [element("data", { class: "price-now", value: price.value }, now)];
    if (price.was) parts.push(...reduction(price));
    const note = (key, values) => parts.push(" ", element("span", { class: "price-note" }, text(key, values)));
    if (price.lowest) note("price_lowest", { price: price.lowest });
    if (full && price.ends) note("price_ends", { date: price.ends });
    return parts;
  }

  Object.assign(shopwright, { hidden, priceParts });
})();
