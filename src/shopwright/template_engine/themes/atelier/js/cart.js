"use strict";
/** The cart page. */
(() => {
  const { cart, clone, element, handover, money, site, text, todaysPrices } = shopwright;
  const at = (id) => document.getElementById(id);
  const list = at("cart-lines");
  /** Rows on the page by line: `{row, slots, line, before, gone}`; `gone` ones are shown, but cannot be ordered. */
  const rows = new Map();
  const name = (line) => `${line.handle} ${line.id}`;
  const title = (line) => [line.title, ...line.options].join(", ");
  const wanted = () => cart.lines().filter((line) => !rows.get(name(line))?.gone);
  const total = () => money(cart.total(wanted()), site.currency);
  let own = false;

  function say(...sentences) {
    at("cart-status").textContent = sentences.join(" ");
  }

  function showTotal() {
    at("cart-total").textContent = total();
    handover(wanted);
    for (const button of document.querySelectorAll("#checkout button")) button.disabled = wanted().length === 0;
  }

  /** Change the cart without drawing all its rows again. */
  function quietly(action) {
    own = true;
    action();
    own = false;
    showTotal();
  }

  function note({ line, before, gone }) {
    if (gone) return text("gone");
    if (before === undefined || before === line.amount) return "";
    return text("price_changed", { before: money(before, line.currency), now: money(line.amount, line.currency) });
  }

  function fill(entry) {
    const { row, slots, line, gone } = entry;
    slots.unit.textContent = money(line.amount, line.currency);
    slots.sum.textContent = money(line.amount * line.quantity, line.currency);
    slots.note.textContent = note(entry);
    slots.note.hidden = !slots.note.textContent;
    row.classList.toggle("cart-gone", Boolean(gone));
  }

  function picture(line) {
    if (!line.picture) return element("span", { class: "tile-blank", "aria-hidden": "true" }, [...line.title][0]);
    return element("img", { src: line.picture, alt: "", width: 120, height: 90, decoding: "async" });
  }

  function lineRow(line) {
    const { node: row, slots } = clone(at("cart-line"));
    const entry = { ...rows.get(name(line)), row, slots, line };
    rows.set(name(line), entry);
    slots.picture.append(picture(line));
    slots.title.textContent = line.title;
    slots.title.href = `${line.url}?variant=${encodeURIComponent(line.id)}`;
    slots.options.textContent = line.options.join(" · ");
    quantity(row.querySelector("input"), entry);
    const remove = row.querySelector("[data-remove]");
    remove.setAttribute("aria-label", text("remove_item", { title: title(line) }));
    remove.addEventListener("click", () => takeOut(row, line));
    fill(entry);
    return row;
  }

  function quantity(field, entry) {
    const { line } = entry;
    field.value = line.quantity;
    const label = text("quantity_of", { title: title(line) });
    for (const named of [field, field.closest(".quantity")]) named?.setAttribute("aria-label", label);
    field.addEventListener("change", () => {
      line.quantity = cart.count(field.value);
      field.value = line.quantity;
      quietly(() => cart.change(line, (now) => ({ ...now, quantity: line.quantity })));
      fill(entry);
      say(text("total_now", { total: total() }));
    });
  }

  /** Take a line out; its row becomes an offer to undo, which gets the focus. */
  function takeOut(row, line) {
    const place = cart.lines().findIndex((other) => cart.same(line, other));
    const { node: removed, slots } = clone(at("cart-removed"));
    slots.text.textContent = text("removed", { title: title(line) });
    const undo = removed.querySelector("[data-undo]");
    undo.addEventListener("click", () => putBack(removed, line, place));
    quietly(() => cart.change(line, () => null));
    row.replaceWith(removed);
    undo.focus();
    say(text("removed", { title: title(line) }), text("total_now", { total: total() }));
  }

  const inserted = (lines, place, line) => [...lines.slice(0, place), line, ...lines.slice(place)];

  function putBack(removed, line, place) {
    quietly(() => cart.save(inserted(cart.lines(), place, line)));
    const row = lineRow(line);
    removed.replaceWith(row);
    row.querySelector("a").focus();
    say(text("restored", { title: title(line) }), text("total_now", { total: total() }));
  }

  function show() {
    const lines = cart.lines();
    at("cart").hidden = lines.length === 0;
    at("cart-empty").hidden = lines.length > 0;
    list.replaceChildren(...lines.map(lineRow));
    showTotal();
  }

  /** A product's page was read: what is no longer sold is marked, a changed price is kept and said. */
  function tell(asked, { known, sold, amount }) {
    const entry = rows.get(name(asked));
    if (!known || !entry || (sold && amount === entry.line.amount)) return;
    if (sold) {
      entry.before = entry.line.amount;
      entry.line.amount = amount;
      quietly(() => cart.change(asked, (now) => ({ ...now, amount })));
    } else {
      entry.gone = true;
      showTotal();
    }
    fill(entry);
    say(`${title(asked)}: ${note(entry)}`);
  }

  document.addEventListener("shopwright:cart", () => {
    if (!own) show();
  });
  show();
  todaysPrices(cart.lines(), tell);
})();
