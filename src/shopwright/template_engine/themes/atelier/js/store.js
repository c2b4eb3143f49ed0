"use strict";
/**
 * What the scripts of every page share, as `shopwright`: the store's data, its texts, money, and elements.
 * Nothing here or elsewhere makes HTML from text: pages require Trusted Types and allow no policy.
 */
globalThis.shopwright = (() => {
  const site = JSON.parse(document.getElementById("site-data").textContent);
  const plurals = new Intl.PluralRules(site.locale);
  const numbers = new Intl.NumberFormat(site.locale, { numberingSystem: "latn", maximumFractionDigits: 1 });
  const currencies = new Map();

  /** The interface text `js.<key>`; `values.count` chooses its plural form and stands in it as a number. */
  function text(key, values = {}) {
    const entry = site.text[`js.${key}`] ?? key;
    const pattern = typeof entry === "string" ? entry : (entry[plurals.select(values.count)] ?? entry.other);
    return pattern.replace(/\{([a-z_]+)\}/g, (place, name) => {
      const value = values[name];
      return value === undefined ? place : typeof value === "number" ? numbers.format(value) : value;
    });
  }

  function currencyFormat(currency) {
    if (!currencies.has(currency)) {
      // Pages are written with CLDR's digits; browsers count those of ISO 4217, which differ for HUF and others.
      const digits = currency === site.currency ? site.digits : undefined;
      const style = { style: "currency", currency, numberingSystem: "latn" };
      const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      const format = new Intl.NumberFormat(site.locale, { ...style, ...fraction });
      currencies.set(currency, { format, unit: 10 ** format.resolvedOptions().maximumFractionDigits });
    }
    return currencies.get(currency);
  }

  /** An amount in minor units as the shopper's language writes it: 12900 is `129,00 €`. */
  function money(amount, currency) {
    const { format, unit } = currencyFormat(currency);
    return format.format(amount / unit);
  }

  /** An element with attributes (none, false and null are left out) and children (nodes or plain text). */
  function element(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.filter((child) => child !== null && child !== undefined));
    return node;
  }

  /** The round sample of a colour that the template function `swatch` draws. */
  function swatch(hex) {
    const space = "http://www.w3.org/2000/svg";
    const drawing = document.createElementNS(space, "svg");
    const circle = document.createElementNS(space, "circle");
    const attributes = { class: "swatch", viewBox: "0 0 20 20", width: 20, height: 20, "aria-hidden": "true" };
    for (const [key, value] of Object.entries(attributes)) drawing.setAttribute(key, value);
    for (const [key, value] of Object.entries({ class: "swatch-color", cx: 10, cy: 10, r: 9.5 })) {
      circle.setAttribute(key, value);
    }
    circle.setAttribute("fill", /^#[0-9a-f]{6}$/i.test(hex ?? "") ? hex : "none");
    drawing.append(circle);
    return drawing;
  }

  /** The parts of a template's clone that are to be filled, by their `data-slot`. */
  function clone(template) {
    const node = template.content.firstElementChild.cloneNode(true);
    const slots = {};
    for (const slot of node.querySelectorAll("[data-slot]")) slots[slot.dataset.slot] = slot;
    return { node, slots };
  }

  /** The address if it leads to this site over HTTP, else null: stored and fetched data is not trusted. */
  function ownAddress(address) {
    try {
      const url = new URL(address, location.href);
      return url.origin === location.origin && url.protocol.startsWith("http") ? url.href : null;
    } catch {
      return null;
    }
  }

  return { site, text, money, element, swatch, clone, ownAddress, number: (value) => numbers.format(value) };
})();
