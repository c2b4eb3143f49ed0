"use strict";
/** The product page: a chosen variant changes price, availability, picture, number and address; the form fills the cart. */
(() => {
  const { cart, element, gallery, options, priceParts, site, text } = shopwright;
  const { form, product } = options;
  if (!form) return;
  const at = (id) => document.getElementById(id);
  const add = at("add");

  function showPrice(variant) {
    at("price").replaceChildren(element("p", { class: "price" }, ...(variant ? priceParts(variant.price, true) : [])));
    at("offer").dataset.item = variant?.item ?? "";
    const availability = at("availability");
    availability.dataset.code = variant?.availability.code ?? "out_of_stock";
    availability.textContent = variant?.availability.label ?? text("no_such_variant");
  }

  function showButton(variant) {
    add.disabled = !variant?.buyable;
    add.textContent = text(variant?.buyable ? "add" : "not_buyable");
    const sku = at("sku");
    if (sku) sku.textContent = variant?.sku ?? "–";
  }

  function showAddress(variant) {
    if (!variant) return;
    const url = new URL(location.href);
    url.searchParams.set("variant", variant.id);
    history.replaceState(history.state, "", url);
  }

  /** Show what is chosen. Unavailable combinations are shown too, but cannot be put into the cart. */
  function show(smooth) {
    const variant = options.chosen();
    options.refresh();
    showPrice(variant);
    showButton(variant);
    if (variant?.picture !== null && variant?.picture !== undefined) gallery.show(variant.picture, smooth);
    return variant;
  }

  function line(variant) {
    return {
      id: variant.id,
      item: variant.item,
      handle: product.handle,
      url: product.url,
      title: product.title,
      options: variant.labels ?? variant.options,
      sku: variant.sku,
      amount: variant.price.amount,
      currency: variant.price.currency,
      picture: gallery.thumbnail(variant.picture) || product.thumbnail,
      quantity: cart.count(form.elements.quantity?.value ?? 1),
    };
  }

  function put(event) {
    event.preventDefault();
    const variant = options.chosen();
    if (!variant?.buyable || !variant.price) return;
    const wrong = cart.add(line(variant));
    const named = [product.title, ...(variant.labels ?? [])].join(", ");
    const link = element("a", { href: site.cart }, text("to_cart"));
    at("added").replaceChildren(...(wrong ? [text(wrong)] : [text("added", { title: named }), " ", link]));
  }

  form.addEventListener("submit", put);
  form.addEventListener("change", (event) => {
    if (event.target.type === "radio") showAddress(show(true));
  });
  const wanted = new URLSearchParams(location.search).get("variant");
  const preselected = product.variants.find((variant) => variant.id === wanted);
  if (preselected) {
    options.choose(preselected);
    show(false);
  } else options.refresh();
})();
