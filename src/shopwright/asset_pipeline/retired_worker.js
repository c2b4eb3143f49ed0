"use strict";
/** Published where a store no longer wants a service worker: removes the former one and all it kept. */
const PREFIX = `shopwright ${BASE} `;

async function retire() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(PREFIX)).map((name) => caches.delete(name)));
  await registration.unregister();
}

addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(retire()));
