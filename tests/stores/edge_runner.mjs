// Answers a list of requests (JSON on standard input) with an edge program, reading a folder target.

import { readFile } from "node:fs/promises";
import { pathToFileURL } from "node:url";

const [edge, target, mode, publicKey] = process.argv.slice(2);
const read = async (key) => {
  try {
    return new Response(await readFile(`${target}/${key}`));
  } catch {
    return new Response(null, { status: 404 });
  }
};

async function viaStore(asked) {
  const { Store } = await import(pathToFileURL(`${edge}/store.mjs`));
  const store = new Store(read, { publicKey });
  return Promise.all(asked.map(async ({ method, path, headers }) => {
    const answer = await store.answer(new Request(`https://shop.example${path}`, { method, headers }));
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  }));
}

async function viaCloudflare(asked) {
  const worker = (await import(pathToFileURL(`${edge}/cloudflare.mjs`))).default;
  const env = { BUCKET: { get: async (key) => { const found = await read(key); return found.status === 200 ? found : null; } }, PUBLIC_KEY: publicKey };
  return Promise.all(asked.map(async ({ method, path, headers }) => {
    const answer = await worker.fetch(new Request(`https://shop.example${path}`, { method, headers }), env);
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  }));
}

async function viaFastly(asked) {
  let respond;
  globalThis.CacheOverride = class {};
  globalThis.fetch = (url) => read(url.pathname.slice(1));
  globalThis.addEventListener = (_name, listener) => { respond = listener; };
  await import(pathToFileURL(`${edge}/fastly.mjs`));
  return Promise.all(asked.map(async ({ method, path, headers }) => {
    let answer;
    respond({ request: new Request(`https://shop.example${path}`, { method, headers }), respondWith: (promised) => { answer = promised; } });
    answer = await answer;
    return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
  }));
}

async function viaCloudFront(asked) {
  const { originRequest, originResponse } = await import(pathToFileURL(`${edge}/cloudfront.mjs`));
  const list = (headers) => Object.fromEntries(Object.entries(headers).map(([key, value]) => [key.toLowerCase(), [{ key, value }]]));
  const flat = (headers = {}) => Object.fromEntries(Object.entries(headers).map(([name, [{ value }]]) => [name, value]));
  return Promise.all(asked.map(async ({ path, headers }) => {
    const [uri, querystring = ""] = path.split("?");
    const request = { uri, querystring, headers: list(headers) };
    const said = await originRequest({ Records: [{ cf: { request } }] }, null, read);
    if (said.status) return { status: Number(said.status), headers: flat(said.headers), body: said.body ?? "" };
    const blob = await read(said.uri.slice(1));
    const response = { status: String(blob.status), headers: {} };
    const done = await originResponse({ Records: [{ cf: { request: said, response } }] }, null, read);
    return { status: Number(done.status), headers: flat(done.headers), body: Buffer.from(await blob.arrayBuffer()).toString("latin1") };
  }));
}

const ways = { store: viaStore, cloudflare: viaCloudflare, fastly: viaFastly, cloudfront: viaCloudFront };
let text = "";
for await (const piece of process.stdin) text += piece;
try {
  process.stdout.write(JSON.stringify(await ways[mode](JSON.parse(text))));
} catch (error) {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
