// The versions of what looks.
import { load } from "./tools.mjs";

export async function look({ browser, tools }) {
  const version = async (name) => (await load(tools, `${name}/package.json`)).default.version;
  return { chromium: (await browser.version()).replace(/^.*\//, "") };
}
