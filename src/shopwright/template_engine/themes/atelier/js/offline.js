"use strict";
/** The service worker: registered once the page is there, its new version offered, the age of a saved page told. */
(() => {
  const { element, site, text } = shopwright;

  const place = document.body.appendChild(element("div", { class: "snackbars", role: "status" }));

  /** A line at the foot of the window, read out when it appears, there until it is dismissed. */
  function tell(message, ...controls) {
    const close = element("button", { class: "button", type: "button" }, text("dismiss"));
    const bar = element("div", { class: "snackbar" }, element("p", {}, message), ...controls, close);
    close.addEventListener("click", () => {
      bar.remove();
      document.getElementById("main")?.focus({ preventScroll: true });
    });
    setTimeout(() => place.append(bar), 100); // what is in a status as it appears is not read out
  }

  function tellAge() {
    const saved = new Date(document.documentElement.dataset.saved ?? NaN);
    if (Number.isNaN(saved.getTime())) return;
    const date = new Intl.DateTimeFormat(site.locale, { dateStyle: "medium", timeStyle: "short", numberingSystem: "latn" });
    tell(text("saved", { date: date.format(saved) }));
  }

  /** Offer a version that waits; the page is read again only when the shopper says so. */
  function offer(worker) {
    const button = element("button", { class: "button", type: "button" }, text("reload"));
    button.addEventListener("click", () => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      worker.postMessage("activate");
    });
    tell(text("new_version"), button);
  }

  function watch(registration) {
    if (registration.waiting && navigator.serviceWorker.controller) offer(registration.waiting);
    registration.addEventListener("updatefound", () => {
      const worker = registration.installing;
      worker.addEventListener("statechange", () => {
        if (worker.state === "installed" && navigator.serviceWorker.controller) offer(worker);
      });
    });
  }

  /** Pages require Trusted Types: this policy lets the one address pass. */
  function trusted(address) {
    const createScriptURL = (asked) => (asked === site.worker ? asked : "");
    return globalThis.trustedTypes?.createPolicy("shopwright", { createScriptURL }).createScriptURL(address) ?? address;
  }

  tellAge();
  if (!site.worker || !("serviceWorker" in navigator)) return;
  addEventListener("load", () => {
    const registered = navigator.serviceWorker.register(trusted(site.worker), { updateViaCache: "none" });
    registered.then(watch, () => {}); // private windows refuse: the store works without
  });
})();
