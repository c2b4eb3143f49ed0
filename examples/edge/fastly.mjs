// A Fastly Compute program in front of a bucket: a backend named "target", whose host answers with the objects, and the
// target's prefix in PREFIX. Answers carry Surrogate-Key, which `shopwright publish --purge fastly:SERVICE` names.

import { Store } from "./store.mjs";

const PREFIX = "";

const store = new Store((key) => {
  const address = new URL(`${PREFIX}/${key}`.replace(/^\/*/, "/"), "https://target.invalid");
  const kept = key === "current" ? new CacheOverride("pass") : new CacheOverride("override", { ttl: 31536000 });
  return fetch(address, { backend: "target", cacheOverride: kept });
});

addEventListener("fetch", (event) => event.respondWith(store.answer(event.request)));
