"use strict";
/**
 * Keeps a store readable without a connection, and never shows an old price as today's.
 *
 * Pages come from the network; only when it fails or is slow, the copy of the last visit is shown, marked with its age.
 * Lists that scripts fetch hold prices and could not be marked: they are never kept. Files named by their content never
 * change and come from the cache. A new version waits until the shopper agrees: old pages are never mixed with new
 * styles.
 */
const { version, base, files, offline, never } = SHELL;
const PREFIX = `shopwright ${base} `;
const SHELL_CACHE = `${PREFIX}shell ${version}`;
const PAGES = `${PREFIX}pages ${version}`;
const ASSETS = `${PREFIX}assets`;
const PATIENCE_MS = 3000;
const MOST = { [PAGES]: 80, [ASSETS]: 400 };

/** The network's answer, from the request the browser began while this worker started, if there is one. */
async function asked(event) {
  return (await event.preloadResponse) ?? fetch(event.request);
}

/** Keep a copy with the time it was made; a full disk only means that nothing is kept. */
async function keep(name, request, response) {
  try {
    const headers = new Headers(response.headers);
    headers.delete("content-encoding");
    headers.delete("content-length");
    headers.set("x-saved", new Date().toISOString());
    const cache = await caches.open(name);
    await cache.put(request, new Response(await response.blob(), { headers }));
    const kept = await cache.keys();
    await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST[name])).map((old) => cache.delete(old)));
  } catch (error) {
    if (error.name !== "QuotaExceededError") throw error;
    await caches.delete(name);
  }
}

function isWhole(response) {
  return response.status === 200 && response.type === "basic";
}

function address(request) {
  const url = new URL(request.url);
  return url.origin + url.pathname;
}

/** The saved copy of a page, telling its age in an attribute of `<html>`, which a script of the page shows. */
async function saved(request) {
  const copy = await (await caches.open(PAGES)).match(address(request));
  if (!copy) return undefined;
  const text = (await copy.text()).replace("<html ", `<html data-saved="${copy.headers.get("x-saved")}" `);
  return new Response(text, { headers: copy.headers });
}

async function offlinePage(request) {
  const path = new URL(request.url).pathname;
  const [, page] = offline.find(([home]) => path.startsWith(home)) ?? offline.at(-1);
  return (await (await caches.open(SHELL_CACHE)).match(page)) ?? Response.error();
}

/** The network's page; its saved copy when the network fails, or takes longer than shoppers wait. */
async function page(event) {
  const { request } = event;
  const kept = !never.some((path) => new URL(request.url).pathname.endsWith(path));
  const network = asked(event).then((response) => {
    if (response.status >= 500) throw new TypeError(`status ${response.status}`);
    if (kept && isWhole(response)) event.waitUntil(keep(PAGES, address(request), response.clone()));
    return response;
  });
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)).then(() => saved(request));
  const first = Promise.race([network, late]).then((response) => response ?? network);
  event.waitUntil(network.catch(() => undefined));
  return first.catch(async () => (await saved(request)) ?? offlinePage(request));
}

async function asset(event) {
  const { request } = event;
  const kept = (await (await caches.open(SHELL_CACHE)).match(request)) ?? (await (await caches.open(ASSETS)).match(request));
  if (kept) return kept;
  const response = await fetch(request);
  if (isWhole(response)) event.waitUntil(keep(ASSETS, request, response.clone()));
  return response;
}

async function install() {
  const cache = await caches.open(SHELL_CACHE);
  await cache.addAll(files);
}

/** The page that is open while the first worker starts is kept too: the browser still has it. */
async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && ![SHELL_CACHE, PAGES, ASSETS].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  await registration.navigationPreload?.enable();
  await clients.claim();
  for (const client of await clients.matchAll({ type: "window" })) {
    const path = new URL(client.url).pathname;
    if (!path.startsWith(base) || never.some((ending) => path.endsWith(ending))) continue;
    const response = await fetch(client.url, { cache: "force-cache" }).catch(() => Response.error());
    if (isWhole(response)) await keep(PAGES, address(client), response);
  }
}

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("message", (event) => {
  if (event.data === "activate") skipWaiting();
});
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || !pathname.startsWith(base)) return;
  if (request.headers.has("range")) return;
  if (request.mode === "navigate") event.respondWith(page(event));
  else if (pathname.startsWith(`${base}assets/`)) event.respondWith(asset(event));
});
