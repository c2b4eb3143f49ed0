"use strict";
/** The options of a product: which variant is chosen, and which values lead to one that can be bought. */
shopwright.options = (() => {
  const form = document.getElementById("buy");
  const product = JSON.parse(document.getElementById("product-data").textContent);
  const groups = [...(form?.querySelectorAll(".option") ?? [])];

  const radios = (group) => [...group.querySelectorAll("input[type=radio]")];
  const values = () => groups.map((group) => radios(group).find((radio) => radio.checked)?.value);
  const find = (wanted) => product.variants.find((variant) => variant.options.every((value, n) => value === wanted[n]));

  /** The variant of the chosen values; undefined if there is no such combination. */
  const chosen = () => (groups.length ? find(values()) : product.variants[0]);

  /** Mark values that, with the others as chosen, cannot be bought. They stay choosable: one may look at them. */
  function markGone() {
    const now = values();
    groups.forEach((group, place) => {
      for (const radio of radios(group)) {
        const variant = find(now.map((value, n) => (n === place ? radio.value : value)));
        radio.closest(".choice").classList.toggle("choice-gone", !variant?.buyable);
      }
    });
  }

  function nameChosen() {
    for (const group of groups) {
      const radio = radios(group).find((each) => each.checked);
      group.querySelector(".option-chosen").textContent = radio?.dataset.label ?? "";
    }
  }

  /** Check the values of a variant. */
  function choose(variant) {
    groups.forEach((group, place) => {
      for (const radio of radios(group)) radio.checked = radio.value === variant.options[place];
    });
  }

  return {
    form,
    product,
    chosen,
    choose,
    refresh() {
      markGone();
      nameChosen();
    },
  };
})();
