// A Cloudflare Worker in front of a bucket. In wrangler.toml: main = "cloudflare.mjs", and under [vars] ORIGIN, the
// https address of the target (https://bucket.example/prefix), and, if releases are to be checked, PUBLIC_KEY.
// With an R2 bucket bound as BUCKET (and PREFIX) the target need not be public.

import { Store } from "./store.mjs";

let store;

export default {
  async fetch(request, env) {
    store ??= new Store(env.BUCKET ? fromBucket(env) : fromOrigin(env), { publicKey: env.PUBLIC_KEY ?? "" });
    return store.answer(request);
  },
};

function fromOrigin(env) {
  // Only the pointer ever changes: everything else is kept at the edge for as long as it likes.
  return (key) => fetch(`${env.ORIGIN}/${key}`, key === "current" ? { cf: { cacheTtl: 0 } } : { cf: { cacheEverything: true, cacheTtl: 31536000 } });
}

function fromBucket(env) {
  return async (key) => {
    const object = await env.BUCKET.get(env.PREFIX ? `${env.PREFIX}/${key}` : key);
    return object ? new Response(object.body) : new Response(null, { status: 404 });
  };
}
