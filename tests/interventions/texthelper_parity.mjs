// Reads a JSON list of texts on its input, prints what texthelper_reading.js finds, places counted in code points.
import { readFileSync } from "node:fs";

const folder = new URL("../../src/entremise/interventions/static/interventions/", import.meta.url);
const rules = JSON.parse(readFileSync(new URL("texthelper_rules.json", folder), "utf8"));
// The modules as the page loads them: each import by its content, since Node takes a bare .js file for another kind.
function address(name) {
  const source = readFileSync(new URL(name, folder), "utf8").replaceAll(/from "\.\/(\w+\.js)"/g, (_, other) => `from "${address(other)}"`);
  return `data:text/javascript;base64,${Buffer.from(source).toString("base64")}`;
}
const page = await import(address("texthelper_reading.js"));
const reader = page.compile(rules);
const codePoints = (text) => [...text].length;

function report(text) {
  return reader.find(text).map((finding) => {
    const { start, end, said } = page.replacement(text, finding);
    return {
      ...finding,
      start: codePoints(text.slice(0, finding.start)),
      end: codePoints(text.slice(0, finding.end)),
      result: text.slice(0, start) + said + text.slice(end),
    };
  });
}

const texts = JSON.parse(readFileSync(0, "utf8"));
console.log(JSON.stringify({ reports: texts.map(report) }));
