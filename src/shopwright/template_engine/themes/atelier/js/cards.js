"use strict";
/** Cards of products that were found or filtered, made from the page's card template. */
shopwright.cards = (() => {
  const { clone, element, hidden, number, ownAddress, priceParts, swatch, text } = shopwright;
  const template = document.getElementById("card-template");
  const SIZES = "(min-width: 90rem) 21.5rem, (min-width: 64rem) 29vw, (min-width: 40rem) 33vw, 50vw";

  function picture(shown, title, early) {
    if (!shown) return element("span", { class: "tile-blank", "aria-hidden": "true" }, [...title][0] ?? "");
    const { src, srcset, width, height, alt } = shown;
    const sizes = srcset ? SIZES : null;
    const loading = early ? null : "lazy";
    return element("img", { sizes, srcset: srcset || null, src, width, height, alt, loading, decoding: "async" });
  }

  function badges(product) {
    return (product.badges ?? []).flatMap((badge) => [
      element("span", { class: `badge badge-${badge}` }, text(`badge.${badge}`)),
      " ",
    ]);
  }

  function colors(product) {
    const shown = product.colors ?? [];
    if (shown.length < 2) return [];
    const names = shown.map((color) => color.name).join(", ");
    const more = product.colors_more ? [element("span", {}, `+${product.colors_more}`)] : [];
    return [hidden(`${text("colors")}: ${names}`), ...shown.map((color) => swatch(color.hex)), ...more];
  }

  function rating({ rating: rated }) {
    if (!rated) return [];
    const value = number(rated.value);
    const star = element("span", { "aria-hidden": "true" }, `★ ${value}`);
    return [star, hidden(`${text("rating", { value })},`), ` ${rated.text}`];
  }

  /** A theme's template may leave a slot out. */
  function fill(slot, content) {
    if (content.length) slot?.replaceChildren(...content);
    else slot?.remove();
  }

  /** A list item with the card of a product of a listing or search index; `early` loads its picture at once. */
  return function card(product, early = false) {
    const { node, slots } = clone(template);
    fill(slots.picture, [picture(product.picture, product.title, early)]);
    fill(slots.badges, badges(product));
    slots.title.href = ownAddress(product.url) ?? "#";
    slots.title.textContent = product.title;
    if (product.lang) Object.assign(slots.title, { lang: product.lang, dir: "auto" });
    fill(slots.brand, product.brand ? [product.brand] : []);
    fill(slots.price, priceParts(product.price));
    fill(slots.colors, colors(product));
    fill(slots.rating, rating(product));
    return node;
  };
})();

/** All products of a listing or search index, whose file may come in several parts. Throws if one cannot be read. */
shopwright.readParts = async (address) => {
  const products = [];
  for (let next = shopwright.ownAddress(address); next; ) {
    const answer = await fetch(next);
    if (!answer.ok) throw new Error(`${answer.status} ${next}`);
    const part = await answer.json();
    products.push(...part.products);
    next = part.next ? shopwright.ownAddress(new URL(part.next, next).href) : null;
  }
  return products;
};

/** Shows a long list piece by piece: `#more` adds the next cards, and focus moves to the first new one. */
shopwright.pager = (list, piece) => {
  const FIRST_SCREEN = 4;
  const more = document.getElementById("more");
  let waiting = [];

  function add() {
    const early = list.children.length ? 0 : FIRST_SCREEN;
    list.append(...waiting.splice(0, piece).map((product, place) => shopwright.cards(product, place < early)));
    more.hidden = waiting.length === 0;
  }

  more.addEventListener("click", () => {
    const first = list.children.length;
    add();
    list.children[first]?.querySelector("a")?.focus();
  });
  return (products) => {
    waiting = [...products];
    list.replaceChildren();
    add();
  };
};
