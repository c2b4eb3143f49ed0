// axe in every state of a page, at one width and in one colour scheme.
import { states } from "./states.mjs";
import { source } from "./tools.mjs";
import { visit } from "./visit.mjs";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const RUN = async (tags) => {
  const options = {
    runOnly: { type: "tag", values: tags },
    rules: { "target-size": { enabled: true } },
    resultTypes: ["violations"],
  };
  const { violations, passes } = await axe.run(document, options);
  const short = (text) => text.replace(/\s+/g, " ").slice(0, 200);
  return {
    rules: passes.length + violations.length,
    violations: violations.map(({ id, impact, tags, help, nodes }) => ({
      rule: id,
      impact,
      help,
      required: tags.some((tag) => tag.startsWith("wcag")),
      nodes: nodes.length,
      where: nodes.slice(0, 3).map((node) => `${node.target.join(" ")} ${short(node.html)}`),
    })),
  };
};

/** Per state: its name, how many rules applied, and the violations. The page keeps its own policy throughout. */
export async function look(at, question) {
  const script = await source(at.tools, "axe-core/axe.min.js");
  return visit(at, question, async (page) => {
    const found = [];
    for await (const state of states(page, question)) {
      if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(script);
      found.push({ state, ...(await page.evaluate(RUN, TAGS)) });
    }
    return found;
  });
}
