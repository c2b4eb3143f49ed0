// Looks at pages in one Chromium, for as long as questions come: a JSON object a line in, one a line out.
//
//   node main.mjs TOOLS CHROMIUM PROFILE [FLAG …]
//
// TOOLS is the folder with node_modules, PROFILE an empty folder for the browser. A question names its subject in
// `ask`; its answer is {"answer": …} or {"error": text}.
import { createInterface } from "node:readline";
import { startChromium } from "./chromium.mjs";

const [tools, program, profile, ...flags] = process.argv.slice(2);
const subjects = ["about", "axe", "keyboard", "layout", "lighthouse", "policy", "vitals"];
let browser;

async function answer(question) {
  if (!subjects.includes(question.ask)) throw new Error(`nobody answers ${question.ask}`);
  browser ??= await startChromium(tools, program, profile, flags);
  const { look } = await import(`./${question.ask}.mjs`);
  return look({ browser, tools }, question);
}

const say = (message) => process.stdout.write(`${JSON.stringify(message)}\n`);

for await (const line of createInterface({ input: process.stdin })) {
  try {
    say({ answer: await answer(JSON.parse(line)) });
  } catch (error) {
    say({ error: String(error?.message ?? error).slice(0, 2000) });
  }
}
await browser?.close().catch(() => {});
process.exit(0);
