// The packages beside the lock: they lie in the cache, these scripts do not.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

export const place = (tools, name) => createRequire(join(tools, "package.json")).resolve(name);
export const load = async (tools, name) => import(pathToFileURL(place(tools, name)).href);
export const source = (tools, name) => readFile(place(tools, name), "utf8");
