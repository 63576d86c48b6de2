/* What was written on this phone and where it stands; one's own words once unlocked. */

import { isCorrectable, reasons } from "../corrections.js";
import { entries } from "../operations.js";
import { openOperation, openOwn } from "../sealing.js";
import { at, copy, fill, mark, show } from "../page.js";
import { clock, date, kindOf, standing } from "../words.js";
import { formOf } from "./forms.js";
import { unlocking } from "./phone.js";

const QUIET = new Set(["tally.add/1", "stop.atmosphere/1", "stop.reception/1"]);
const SHOWN = 200;

/** @param {App} app */
export async function showEntries(app) {
  const view = copy("journal");
  const list = at(view, "entrees");
  const all = await entries(app.phone.database);
  at(view, "verrou").replaceChildren(...(app.phone.isOpen ? [] : [unlocking(app, "Déverrouiller pour relire vos mots")]));
  const shown = all.filter((one) => !QUIET.has(one.schema) || !["applied"].includes(one.state)).slice(0, SHOWN);
  for (const entry of shown) list.append(await row(app, all, entry));
  at(view, "vide").hidden = shown.length > 0;
  show(view, "Journal du téléphone");
}

/** @param {App} app @param {Entry[]} all @param {Entry} entry */
async function row(app, all, entry) {
  const made = copy("entree");
  fill(made, { quoi: kindOf(entry.schema), quand: `${date(entry.saved_at)}, ${clock(entry.saved_at)}` });
  at(made, "etat").replaceChildren(mark(standing(entry)));
  const link = /** @type {HTMLAnchorElement} */ (at(made, "corriger"));
  const way = isCorrectable(all, entry) ? wayToCorrect(entry) : "";
  link.hidden = !way;
  link.href = way;
  link.textContent = entry.state === "rejected" ? "Corriger et renvoyer" : "Corriger";
  const { key } = app.phone.lock;
  if (!key) return made;
  const { payload } = await openOperation(entry.envelope, key);
  at(made, "mots").textContent = words(payload);
  at(made, "refus").textContent = entry.replaced_by ? "" : Object.values(await reasons(app, entry.id)).flat().join(" ");
  const compare = /** @type {HTMLAnchorElement} */ (at(made, "comparer"));
  const conflict = entry.state === "conflict" && entry.note ? (await openOwn(entry.note, key, `note|${entry.id}`)).conflict : "";
  compare.hidden = !conflict;
  compare.href = `/saisies/comparer/${conflict}`;
  return made;
}

/** What was written, or what a correction put in its place.
 *  @param {Record<string, any>} payload */
function words(payload) {
  const said = payload.narrative ?? payload.text ?? payload.description ?? payload.handover ?? "";
  return Array.isArray(said) ? said[1] : said;
}

/** Where an entry is corrected on this phone.
 *  @param {Entry} entry */
function wayToCorrect({ id, schema }) {
  if (schema.startsWith("act.")) return `#noter/${id}`;
  const form = formOf(schema);
  return form ? `#formulaire/${form}/${id}` : "";
}
