"use strict";
/** The search page: every word asked for must begin a word of the product; title counts before brand before the rest. */
(() => {
  const { pager, readParts, text } = shopwright;
  const at = (id) => document.getElementById(id);
  const field = at("search-text");
  const show = pager(at("results"), 60);
  let index = null;

  /** Lower case without accents, as words. */
  const words = (given) =>
    (given ?? "")
      .normalize("NFD")
      .replace(/\p{M}/gu, "")
      .toLowerCase()
      .replace(/ß/g, "ss")
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean);

  const indexed = (product) => [product, [words(product.title), words(product.brand), words(product.text)]];

  /** 0 where nothing begins with the word; else more for the title than for the brand than for the rest. */
  function worth(fields, wanted) {
    const place = fields.findIndex((entries) => entries.some((entry) => entry.startsWith(wanted)));
    if (place < 0) return 0;
    return [8, 4, 1][place] + (fields[place].includes(wanted) ? 1 : 0);
  }

  function score(fields, wanted) {
    const worths = wanted.map((word) => worth(fields, word));
    return worths.includes(0) ? 0 : worths.reduce((sum, each) => sum + each, 0);
  }

  function find(query) {
    const wanted = words(query).slice(0, 10);
    if (!wanted.length) return [];
    return index
      .map(([product, fields]) => [product, score(fields, wanted)])
      .filter(([, value]) => value > 0)
      .sort(([, one], [, other]) => other - one)
      .map(([product]) => product);
  }

  async function read() {
    at("count").textContent = text("loading");
    index = (await readParts(at("search").dataset.index)).map(indexed);
  }

  async function refresh() {
    const query = field.value.trim();
    try {
      if (query && !index) await read();
    } catch {
      at("count").textContent = text("failed");
      return;
    }
    if (query !== field.value.trim()) return;
    const found = query ? find(query) : [];
    const answer = found.length ? text("search_count", { count: found.length, query }) : text("search_none", { query });
    at("count").textContent = query ? answer : "";
    show(found);
  }

  function fromAddress() {
    field.value = new URLSearchParams(location.search).get("q")?.slice(0, 100) ?? "";
    refresh();
  }

  function keep() {
    const url = new URL(location.href);
    url.searchParams.set("q", field.value.trim());
    history.replaceState(null, "", url);
  }

  let waiting;
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      keep();
      refresh();
    }, 200);
  });
  at("search-form").addEventListener("submit", (event) => {
    event.preventDefault();
    keep();
    refresh();
  });
  addEventListener("popstate", fromAddress);
  fromAddress();
})();
