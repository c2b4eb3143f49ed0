"use strict";
/**
 * Filters and order of a collection page. The page as it came, with its numbered pages, is shown while nothing is
 * chosen; else the whole collection is read once and what fits is shown. The state stands in the fragment.
 */
(() => {
  const { element, filterState, pager, readParts, text } = shopwright;
  const at = (id) => document.getElementById(id);
  const form = at("filters");
  if (!form) return;
  const listing = at("listing").dataset.listing;
  const [products, results, none, count, chips] = ["products", "results", "none", "count", "chips"].map(at);
  const boxes = [...form.querySelectorAll("input[type=checkbox]")];
  const wholeCount = count.textContent;
  const show = pager(results, 48);
  let everything = null;

  /** The facet a box belongs to: names of controls begin with a word of their own, so that they hide none of the form's. */
  const facet = (box) => box.name.replace(/^facet-/, "");

  function chosenInForm() {
    const chosen = new Map();
    for (const box of boxes.filter((box) => box.checked)) {
      chosen.set(facet(box), (chosen.get(facet(box)) ?? new Set()).add(box.value));
    }
    return { chosen, sort: form.elements.sort.value };
  }

  function intoForm({ chosen, sort }) {
    for (const box of boxes) box.checked = chosen.get(facet(box))?.has(box.value) ?? false;
    form.elements.sort.value = sort;
    if (form.elements.sort.selectedIndex < 0) form.elements.sort.selectedIndex = 0;
  }

  /** What leads to the filters: the button that opens them or, where they always stand open, the first of them. */
  const firstControl = () => [at("filter-open"), ...boxes].find((control) => control?.checkVisibility());

  const label = (box) => box.closest("label").querySelector(".check-label").textContent;

  function chip(box) {
    const name = label(box);
    const button = element("button", { type: "button", class: "chip", "aria-label": text("remove_filter", { name }) }, name);
    button.addEventListener("click", () => {
      box.checked = false;
      changed();
      (chips.querySelector("button") ?? firstControl())?.focus();
    });
    return element("li", {}, button);
  }

  function showChips() {
    const chosen = boxes.filter((box) => box.checked);
    const clear = element("button", { type: "button", class: "link-button" }, text("clear_all"));
    clear.addEventListener("click", () => {
      for (const box of boxes) box.checked = false;
      changed();
      firstControl()?.focus();
    });
    chips.replaceChildren(...chosen.map(chip), ...(chosen.length ? [element("li", {}, clear)] : []));
    chips.hidden = chosen.length === 0;
    const number = at("filter-count");
    if (number) number.textContent = chosen.length ? `(${chosen.length})` : "";
  }

  /** How many products each value would show, with what is chosen in the other facets. */
  function showCounts(state) {
    const found = new Map();
    for (const key of new Set(boxes.map(facet))) {
      for (const product of filterState.filter(everything, state.chosen, key)) {
        for (const value of new Set(product.facets[key] ?? [])) {
          const name = `${key}=${value}`;
          found.set(name, (found.get(name) ?? 0) + 1);
        }
      }
    }
    for (const box of boxes) {
      const number = found.get(`${facet(box)}=${box.value}`) ?? 0;
      box.closest("label").querySelector(".check-count").textContent = number;
      box.closest("label").classList.toggle("check-empty", number === 0);
    }
  }

  /** Say how many products there are: aloud beside the list, and on the button that leads from the panel to them. */
  function tell(words, number) {
    count.textContent = words;
    const button = at("filter-show");
    if (button) button.textContent = text("show_results", { count: Number(number) });
  }

  function showPlain() {
    products.hidden = false;
    results.hidden = none.hidden = at("more").hidden = true;
    if (at("pagination")) at("pagination").hidden = false;
    tell(wholeCount, products.dataset.total);
    if (everything) showCounts({ chosen: new Map() });
  }

  function showFiltered(state) {
    const found = filterState.sorted(filterState.filter(everything, state.chosen), state.sort);
    products.hidden = true;
    if (at("pagination")) at("pagination").hidden = true;
    results.hidden = found.length === 0;
    none.hidden = found.length > 0;
    show(found);
    showCounts(state);
    tell(text("count", { count: found.length }), found.length);
  }

  async function refresh() {
    showChips();
    const state = chosenInForm();
    if (filterState.isPlain(state)) return showPlain();
    if (!everything) {
      count.textContent = text("loading");
      try {
        everything = await readParts(listing);
      } catch {
        count.textContent = text("failed");
        return undefined;
      }
    }
    return showFiltered(chosenInForm());
  }

  /** The form has changed: a new step in the browser's history. */
  function changed() {
    const fragment = filterState.write(chosenInForm());
    history.pushState(null, "", fragment || location.pathname + location.search);
    refresh();
  }

  function fromAddress() {
    intoForm(filterState.parse(location.hash));
    refresh();
  }

  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => event.preventDefault());
  addEventListener("popstate", fromAddress);
  addEventListener("hashchange", fromAddress);
  fromAddress();
})();
