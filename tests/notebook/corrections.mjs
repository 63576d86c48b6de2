// Reads on its input what a phone wrote about an act; prints what correcting it would send, and what the form would show.
import { readFileSync } from "node:fs";

const folder = new URL("../../src/entremise/notebook/static/notebook/", import.meta.url);
const { isCorrectable, planOf } = await import(new URL("corrections.js", folder));
const { actPayload, changesOf, contentOf, formValues } = await import(new URL("payload.js", folder));

const found = JSON.parse(readFileSync(0, "utf8")).map(({ written, id, typed }) => {
  const plan = planOf(written, id);
  const data = new FormData();
  for (const [name, value] of [...formValues(plan.shown).filter(([name]) => !(name in typed)), ...Object.entries(typed).flatMap(several)]) data.append(name, value);
  const all = written.map((one) => one.entry).reverse();
  return {
    plan,
    shown: formValues(plan.shown),
    changes: changesOf(plan.known, contentOf(actPayload(data))),
    correctable: all.filter((entry) => isCorrectable(all, entry)).map((entry) => entry.id),
  };
});

function several([name, value]) {
  return (Array.isArray(value) ? value : [value]).map((one) => [name, one]);
}

process.stdout.write(JSON.stringify(found));
