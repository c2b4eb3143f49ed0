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
    button.closest(".quantity").querySelector("[data-said]")?.replaceChildren(field.value);
  }

  /** What is typed becomes what can be ordered, in sight of the shopper. */
  function correct({ target }) {
    if (target.matches?.(".quantity input")) target.value = cart.count(target.value);
  }

  /** A panel over the page closes when the focus goes elsewhere: nothing that has the focus is hidden behind it. */
  function closeLeft({ target }) {
    for (const panel of document.querySelectorAll("[popover]:popover-open")) {
      const near = panel.contains(target) || target.contains(panel) || target.getAttribute("popovertarget") === panel.id;
      if (!near) panel.hidePopover();
    }
  }

  document.addEventListener("shopwright:cart", showCount);
  document.addEventListener("click", step);
  document.addEventListener("change", correct, true);
  document.addEventListener("focusin", closeLeft);
  addEventListener("pageshow", showCount);
  showCount();
})();
