"use strict";
/** Handing the cart over: a form field `cart`, a query `items`, or an e-mail (docs/reference/theme-api.md). */
shopwright.handover = (() => {
  const { cart, element, money, site, text } = shopwright;
  const form = document.getElementById("checkout");
  const mail = document.getElementById("order");

  function order(lines) {
    const parts = lines.map(({ item, sku, id, handle, quantity, amount }) => ({ item, sku, id, handle, quantity, amount }));
    return { currency: site.currency, ...(site.market && { market: site.market }), lines: parts };
  }

  function query(lines) {
    const items = lines.map((line) => `${encodeURIComponent(line.item || line.sku || line.id)}:${line.quantity}`).join(",");
    const url = new URL(form.getAttribute("action"), location.href);
    return url.href.replace(/#.*$/, "") + (url.search ? "&" : "?") + `items=${items}`;
  }

  function message(lines) {
    const rows = lines.map((line) => {
      const named = [line.title, ...line.options].join(", ");
      return `${line.quantity} × ${named}${line.sku ? ` (${line.sku})` : ""}: ${money(line.amount, line.currency)}`;
    });
    const total = text("total_now", { total: money(cart.total(lines), site.currency) });
    const subject = text("order_subject", { store: document.querySelector(".footer-name")?.textContent ?? "" });
    return `subject=${encodeURIComponent(subject)}&body=${encodeURIComponent([...rows, "", total].join("\r\n"))}`;
  }

  /** `lines()` gives the lines that can be ordered now. */
  return function handover(lines) {
    if (mail) mail.href = `${mail.href.split("?")[0]}?${message(lines())}`;
    if (!form || form.dataset.ready) return;
    form.dataset.ready = "yes";
    form.addEventListener("submit", (event) => {
      if (form.method === "get") {
        event.preventDefault();
        location.assign(query(lines()));
        return;
      }
      form.querySelector("input")?.remove();
      form.append(element("input", { type: "hidden", name: "cart", value: JSON.stringify(order(lines())) }));
    });
  };
})();
