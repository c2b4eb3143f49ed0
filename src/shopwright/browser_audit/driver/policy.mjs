// What csp_evaluator thinks of a page's policies: the header's and the meta element's, each by itself.
import { load } from "./tools.mjs";

const META = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/i;

export async function look({ tools }, { url }) {
  const { CspEvaluator } = (await load(tools, "csp_evaluator/dist/evaluator.js")).default;
  const { CspParser } = (await load(tools, "csp_evaluator/dist/parser.js")).default;
  const { Severity } = (await load(tools, "csp_evaluator/dist/finding.js")).default;
  const response = await fetch(url);
  const meta = META.exec(await response.text())?.[1];
  const policies = [response.headers.get("content-security-policy"), meta?.replaceAll("&#39;", "'").replaceAll("&amp;", "&")];
  return policies.map((text, index) => ({
    from: ["header", "meta"][index],
    text: text ?? "",
    findings: new CspEvaluator(new CspParser(text ?? "").csp).evaluate().map(({ severity, directive, value, description }) => ({
      severity: Severity[severity],
      directive,
      value: value ?? "",
      description,
    })),
  }));
}
