"use strict";
/**
 * What the lines of a cart cost today, read from the products' own pages. The data block is found by its id: pages
 * require Trusted Types, so the text is not parsed as HTML.
 */
shopwright.todaysPrices = (() => {
  const BLOCK = /<script\b[^>]*\bid="?product-data"?[^>]*>([^<]*)<\/script>/;

  /** The product's data; null if it is no longer sold; undefined if that cannot be told (no network, an error). */
  async function read(url) {
    try {
      const answer = await fetch(url, { redirect: "follow", cache: "no-cache" });
      if (answer.status === 404 || answer.status === 410) return null;
      if (!answer.ok) return undefined;
      const block = BLOCK.exec(await answer.text());
      return block ? JSON.parse(block[1]) : null;
    } catch {
      return undefined;
    }
  }

  function today(line, product) {
    if (product === undefined) return { known: false };
    const variant = product?.variants.find((each) => each.id === line.id);
    const sold = Boolean(variant?.buyable && variant.price && variant.price.currency === line.currency);
    return { known: true, sold, amount: sold ? variant.price.amount : null };
  }

  /** Calls `tell(line, {known, sold, amount})` for each line as its page has been read; each page is read once. */
  return async function todaysPrices(lines, tell) {
    const pages = groups(lines);
    await Promise.all(
      [...pages].map(async ([url, group]) => {
        const product = await read(url);
        for (const line of group) tell(line, today(line, product));
      }),
    );
  };

  function groups(lines) {
    const byUrl = new Map();
    for (const line of lines) byUrl.set(line.url, [...(byUrl.get(line.url) ?? []), line]);
    return byUrl;
  }
})();
