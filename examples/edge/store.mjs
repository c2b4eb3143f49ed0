// What a CDN's edge program does with a published target: it reads the pointer, then the release it names, and gives the
// file at an address with its headers. Only web standards (Request, Response, crypto.subtle), so it runs in Cloudflare
// Workers, Fastly Compute, Deno, Node.js and Lambda@Edge. docs/reference/releases.md says what it reads.

const FRESH = 1000; // milliseconds for which the pointer is believed
const REACHABLE = 5; // releases before the live one whose hashed files are still given
const KEPT = 1 + REACHABLE; // releases held in memory

/** A target. `read(key)` promises a Response for an object: status 200 with its bytes, or 404. */
export class Store {
  #read;
  #publicKey;
  #pointer = { order: [], until: 0 };
  #releases = new Map();

  /** With `publicKey` (Ed25519, raw, base64) releases that it did not sign are refused. */
  constructor(read, { publicKey = "" } = {}) {
    this.#read = read;
    this.#publicKey = publicKey;
  }

  /** The answer to a request. */
  async answer(request) {
    if (request.method !== "GET" && request.method !== "HEAD") {
      return new Response(null, { status: 405, headers: { Allow: "GET, HEAD" } });
    }
    const found = await this.resolve(new URL(request.url));
    if (found.location) {
      return new Response(null, { status: found.status, headers: { Location: found.location, "Cache-Control": "no-cache" } });
    }
    if (!found.file) return new Response("Not found\n", { status: found.status, headers: { "Content-Type": "text/plain" } });
    const headers = new Headers(await headersOf(found));
    if (found.status === 200 && same(request.headers.get("If-None-Match"), headers.get("ETag"))) {
      return new Response(null, { status: 304, headers });
    }
    const blob = await this.#read(`blobs/${found.file.sha256}`);
    if (blob.status !== 200) return new Response(null, { status: 503, headers: { "Retry-After": "5" } });
    return new Response(request.method === "HEAD" ? null : blob.body, { status: found.status, headers });
  }

  /** What an address is: `{status, file, path, release}`, or `{status, location}`. */
  async resolve(url) {
    const order = await this.#order();
    const live = await this.#release(order[0]);
    const path = decoded(url.pathname);
    const base = live.base;
    if (base && [base, "", "/"].includes(path.replace(/\/+$/, "")) && path !== `${base}/`) {
      return { status: 302, location: `${base}/` };
    }
    const below = path.startsWith(`${base}/`) ? path.slice(base.length) : null;
    if (below !== null && plain(below)) {
      const name = below.endsWith("/") ? `${below}index.html`.slice(1) : below.slice(1);
      const file = live.files[name] ?? (name.startsWith("assets/") ? await this.#before(order, name) : undefined);
      if (file) return { status: 200, file, path: name, release: order[0] };
      if (!below.endsWith("/") && live.files[`${below}/index.html`.slice(1)]) {
        return { status: 301, location: encodeURI(`${path}/`) + url.search };
      }
      const moved = redirect(live.redirects, below) ?? (below.endsWith("/") ? null : redirect(live.redirects, `${below}/`));
      if (moved && moved.status !== 410) {
        return { status: moved.status, location: (moved.location.startsWith("/") ? base : "") + moved.location };
      }
      return missing(live, order[0], below, moved ? 410 : 404);
    }
    return missing(live, order[0], below ?? path, 404);
  }

  /** The headers of a file of a release, for programs that cannot answer in one step. */
  async headers(release, path) {
    const { files } = await this.#release(release);
    const file = files[path] ?? (await this.#before(await this.#order(), path));
    return file ? headersOf({ file, path }) : {};
  }

  async #order() {
    if (Date.now() >= this.#pointer.until) {
      const pointer = await (await this.#got("current")).json();
      this.#pointer = { order: [pointer.release, ...pointer.before].slice(0, KEPT), until: Date.now() + FRESH };
    }
    return this.#pointer.order;
  }

  async #before(order, path) {
    for (const name of order.slice(1)) {
      const release = await this.#release(name).catch(() => null);
      if (release?.files[path]) return release.files[path];
    }
    return undefined;
  }

  async #release(name) {
    if (!this.#releases.has(name)) {
      const [payload, signed] = (await (await this.#got(`releases/${name}.jsonl`)).text()).split("\n");
      await this.#check(name, payload, signed);
      while (this.#releases.size >= KEPT) this.#releases.delete(this.#releases.keys().next().value);
      this.#releases.set(name, parsed(JSON.parse(payload)));
    }
    return this.#releases.get(name);
  }

  async #check(name, payload, signed) {
    const bytes = new TextEncoder().encode(payload);
    if (hex(await crypto.subtle.digest("SHA-256", bytes)).slice(0, name.length) !== name) throw new Error("a damaged release");
    if (!this.#publicKey) return;
    const key = await crypto.subtle.importKey("raw", unbase64(this.#publicKey), { name: "Ed25519" }, false, ["verify"]);
    const said = new TextEncoder().encode(`shopwright release 1\n${payload}`);
    const signature = unbase64(JSON.parse(signed).signature);
    if (!(await crypto.subtle.verify("Ed25519", key, signature, said))) throw new Error("a release of nobody trusted");
  }

  async #got(key) {
    const answer = await this.#read(key);
    if (answer.status !== 200) throw new Error(`${key} is not there`);
    return answer;
  }
}

function parsed(record) {
  const files = Object.create(null);
  for (const [path, [sha256, size, headers, encodings]] of Object.entries(record.files)) {
    files[path] = { sha256, size, headers: record.headers[headers], encodings: encodings ?? {} };
  }
  return { base: record.base, files, redirects: rules(record.redirects) };
}

/** The redirects: exact ones by their path, however many there are, and the few with wildcards in their order. */
function rules(lines) {
  const exact = new Map();
  const wild = [];
  lines.forEach((line, at) => {
    const [from, to, status = "302"] = line.split(" ");
    const rule = { at, from, to, status: Number(status) };
    if (/\*|\/:[A-Za-z]/.test(from)) wild.push(rule);
    else if (!exact.has(decoded(from))) exact.set(decoded(from), rule);
  });
  return { exact, wild };
}

async function headersOf({ file, path }) {
  const folder = path.replace(/(^|\/)index\.html$/, "$1");
  const key = hex(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`/${folder}`))).slice(0, 16);
  return { ...file.headers, ETag: `"${file.sha256.slice(0, 32)}"`, "Surrogate-Key": key };
}

function missing(live, release, path, status) {
  const first = path.replace(/^\/+/, "").split("/")[0];
  const own = /^[a-z]{2,3}(-[a-z0-9]{2,4}){0,2}$/.test(first) ? `${first}/404.html` : "";
  const page = own && live.files[own] ? own : "404.html";
  return { status, file: live.files[page], path: page, release };
}

function redirect({ exact, wild }, path) {
  const straight = exact.get(path);
  for (const { at, from, to, status } of wild) {
    if (straight && straight.at < at) break;
    const values = matched(from, path);
    if (values) return { status, location: filled(to, values) };
  }
  return straight ? { status: straight.status, location: filled(straight.to, {}) } : null;
}

function filled(to, values) {
  const text = to.replace(/:([A-Za-z]\w*)/g, (whole, name) => (name in values ? encodeURI(values[name]) : whole));
  return text.startsWith("/") ? `/${text.replace(/^[/\\]+/, "")}` : text;
}

function matched(pattern, path) {
  const parts = pattern.split(/(\*|(?<=\/):[A-Za-z]\w{0,63}(?=\/|$))/);
  const expression = parts.map((part, at) => {
    if (part === "*") return "(?<splat>[^]*)";
    return at % 2 ? `(?<${part.slice(1)}>[^/]+)` : decoded(part).replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  });
  const found = new RegExp(`^${expression.join("")}$`, "u").exec(path);
  return found ? (found.groups ?? {}) : null;
}

function plain(path) {
  const parts = path.split("/");
  return path.length <= 4000 && !/[\x00-\x1f\x7f\\]/.test(path) && parts.slice(1, -1).every((part) => part && part[0] !== ".") && parts.at(-1)[0] !== ".";
}

function same(known, etag) {
  if (!known) return false;
  const tags = known.split(",").map((tag) => tag.trim().replace(/^W\//, ""));
  return tags.includes(etag) || known.trim() === "*";
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "/\0"; // what is no UTF-8 names no file
  }
}

const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
const unbase64 = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
