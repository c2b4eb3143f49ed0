"use strict";
/** Light, dark, or as the system has it: the choice in the footer. A script in the head puts it on each page early. */
(() => {
  const KEY = "shopwright:scheme";
  const root = document.documentElement;
  const choices = [...document.querySelectorAll("#appearance input")];

  function show(scheme) {
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
    else delete root.dataset.scheme;
    for (const choice of choices) choice.checked = choice.value === (root.dataset.scheme ?? "auto");
  }

  function keep({ target }) {
    show(target.value);
    try {
      if (root.dataset.scheme) localStorage.setItem(KEY, target.value);
      else localStorage.removeItem(KEY);
    } catch {
      // The choice holds for this page.
    }
  }

  for (const choice of choices) choice.addEventListener("change", keep);
  addEventListener("storage", (event) => {
    if (event.key === KEY) show(event.newValue);
  });
  show(root.dataset.scheme);
})();
