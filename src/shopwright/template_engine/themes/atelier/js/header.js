"use strict";
/** The number at the cart, and quantity fields with their buttons: on every page. */
(() => {
  const { cart, element, hidden, text } = shopwright;

  function showCount() {
    const size = cart.size();
    for (const place of document.querySelectorAll("[data-cart-count]")) {
      const number = element("span", { "aria-hidden": "true" }, String(size));
      place.replaceChildren(...(size ? [number, hidden(text("cart_count", { count: size }))] : []));
    }
  }

  /** A press on − or + of a `.quantity`: the field changes as if typed into. */
  function step(event) {
    const button = event.target.closest?.("button[data-step]");
    const field = button?.closest(".quantity")?.querySelector("input");
    if (!field) return;
    field.value = cart.count(cart.count(field.value) + Number(button.dataset.step));
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  document.addEventListener("shopwright:cart", showCount);
  document.addEventListener("click", step);
  addEventListener("pageshow", showCount);
  showCount();
})();
