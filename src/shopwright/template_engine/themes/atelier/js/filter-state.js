"use strict";
/** What is filtered and how it is sorted, as it stands in the address: `#color=black,tortoise&sort=price-asc`. */
shopwright.filterState = (() => {
  const FIRST = "featured";

  function decode(part) {
    try {
      return decodeURIComponent(part);
    } catch {
      return "";
    }
  }

  /** `{ chosen: Map of facet to Set of values, sort }` of a fragment; what is not understood is left out. */
  function parse(fragment) {
    const chosen = new Map();
    let sort = FIRST;
    for (const pair of fragment.replace(/^#/, "").split("&")) {
      const [key, list = ""] = pair.split("=");
      const values = list.split(",").map(decode).filter(Boolean);
      if (key === "sort") sort = values[0] ?? FIRST;
      else if (values.length) chosen.set(decode(key), new Set(values));
    }
    return { chosen, sort };
  }

  function write({ chosen, sort }) {
    const pairs = [...chosen].map(([key, values]) => {
      return `${encodeURIComponent(key)}=${[...values].map(encodeURIComponent).join(",")}`;
    });
    if (sort !== FIRST) pairs.push(`sort=${encodeURIComponent(sort)}`);
    return pairs.length ? `#${pairs.join("&")}` : "";
  }

  const fits = (product, [key, wanted]) => (product.facets[key] ?? []).some((value) => wanted.has(value));

  /** Products that have, for each facet, one of the chosen values; `except` leaves one facet out. */
  function filter(products, chosen, except = null) {
    const rules = [...chosen].filter(([key]) => key !== except);
    return rules.length ? products.filter((product) => rules.every((rule) => fits(product, rule))) : products;
  }

  const amount = (product) => product.price?.amount ?? Infinity;
  const names = new Intl.Collator(shopwright.site.locale, { numeric: true });
  const orders = {
    "price-asc": (one, other) => amount(one) - amount(other) || 0,
    "price-desc": (one, other) => (other.price?.amount ?? -1) - (one.price?.amount ?? -1),
    newest: (one, other) => (other.created ?? "").localeCompare(one.created ?? ""),
    name: (one, other) => names.compare(one.title, other.title),
  };

  /** Products in the wanted order; equal ones, and an unknown order, as the collection has them. */
  const sorted = (products, order) => (orders[order] ? [...products].sort(orders[order]) : products);

  return { parse, write, filter, sorted, isPlain: (state) => state.chosen.size === 0 && !orders[state.sort] };
})();
