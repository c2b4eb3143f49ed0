"use strict";
/**
 * The cart, kept in this browser under `shopwright:cart:<store>`, and `:<market>` for one of each market, so that
 * currencies never mix (docs/reference/theme-api.md).
 * Whatever is found there is checked: another script, an old version or a curious shopper may have written it.
 * `shopwright:cart` is sent to the document after each change, also one made in another tab.
 */
shopwright.cart = (() => {
  const { site, ownAddress } = shopwright;
  const key = `shopwright:cart:${site.store}${site.market ? `:${site.market}` : ""}`;
  const MOST_LINES = 100;
  const MOST_OF_ONE = 99;
  const LARGEST_AMOUNT = 1e12;

  const words = (value, length = 500) => (typeof value === "string" ? value.slice(0, length) : "");
  const count = (value) => Math.min(Math.max(Math.trunc(Number(value)) || 1, 1), MOST_OF_ONE);

  function pictureAddress(value) {
    return /^(https?:\/\/|\/(?!\/))/.test(words(value, 2000)) ? value : null;
  }

  /** A stored line as it should be, or null if it cannot be one. */
  function checked(line) {
    if (typeof line !== "object" || line === null) return null;
    const url = ownAddress(words(line.url, 2000));
    const fits = Number.isSafeInteger(line.amount) && line.amount >= 0 && line.amount <= LARGEST_AMOUNT;
    if (!url || !fits || !words(line.id) || !words(line.title) || line.currency !== site.currency) return null;
    return {
      id: words(line.id),
      item: words(line.item) || null,
      handle: words(line.handle),
      url: new URL(url).pathname,
      title: words(line.title),
      options: (Array.isArray(line.options) ? line.options : []).slice(0, 3).map((option) => words(option)),
      sku: words(line.sku) || null,
      amount: line.amount,
      currency: line.currency,
      picture: pictureAddress(line.picture),
      quantity: count(line.quantity),
    };
  }

  function stored() {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  }

  const same = (one, other) => one.id === other.id && one.handle === other.handle;

  /** The lines of the cart, each variant once. */
  function lines() {
    const found = stored();
    if (found?.version !== 1 || !Array.isArray(found.lines)) return [];
    const kept = [];
    for (const line of found.lines.slice(0, MOST_LINES).map(checked)) {
      if (line && !kept.some((other) => same(line, other))) kept.push(line);
    }
    return kept;
  }

  function announce() {
    document.dispatchEvent(new Event("shopwright:cart"));
  }

  /** Keep these lines; false if the browser does not allow it. */
  function save(kept) {
    try {
      localStorage.setItem(key, JSON.stringify({ version: 1, lines: kept }));
    } catch {
      return false;
    }
    announce();
    return true;
  }

  /** Add a line; gives the key of the text that says what went wrong, or null. */
  function add(line) {
    const kept = lines();
    const known = kept.find((other) => same(line, other));
    if (!known && kept.length >= MOST_LINES) return "cart_full";
    if (known) Object.assign(known, line, { quantity: count(known.quantity + line.quantity) });
    else kept.push(line);
    return save(kept) ? null : "not_saved";
  }

  /** Change the line of a variant: `change` gives the new line, or null to take it out. */
  function change(line, changed) {
    save(lines().flatMap((other) => (same(line, other) ? (changed(other) ?? []) : other)));
  }

  addEventListener("storage", (event) => {
    if (event.key === key || event.key === null) announce();
  });

  return {
    lines,
    add,
    save,
    change,
    same,
    count,
    size: () => lines().reduce((sum, line) => sum + line.quantity, 0),
    total: (kept) => kept.reduce((sum, line) => sum + line.amount * line.quantity, 0),
  };
})();
