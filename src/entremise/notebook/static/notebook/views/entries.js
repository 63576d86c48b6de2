/* What was written on this phone and where it stands; one's own words once unlocked. */

import { entries } from "../operations.js";
import { openOperation, openOwn } from "../sealing.js";
import { at, copy, fill, mark, show } from "../page.js";
import { clock, date, kindOf, standing } from "../words.js";
import { unlocking } from "./phone.js";

const QUIET = new Set(["tally.add/1", "stop.atmosphere/1", "stop.reception/1"]);

/** @param {App} app */
export async function showEntries(app) {
  const view = copy("journal");
  const list = at(view, "entrees");
  const all = await entries(app.phone.database);
  at(view, "verrou").replaceChildren(...(app.phone.isOpen ? [] : [unlocking(app, "Déverrouiller pour relire vos mots")]));
  const shown = all.filter((one) => !QUIET.has(one.schema) || !["applied"].includes(one.state)).slice(0, 200);
  for (const entry of shown) list.append(await row(app, entry));
  at(view, "vide").hidden = shown.length > 0;
  await drawLog(app, view);
  show(view, "Journal du téléphone");
}

/** @param {App} app @param {Entry} entry */
async function row(app, entry) {
  const made = copy("entree");
  fill(made, { quoi: kindOf(entry.schema), quand: `${date(entry.saved_at)}, ${clock(entry.saved_at)}` });
  at(made, "etat").replaceChildren(mark(standing(entry)));
  const words = at(made, "mots");
  const key = app.phone.lock.key;
  if (!key) return made;
  const content = await openOperation(entry.envelope, key);
  words.textContent = content.payload.narrative ?? content.payload.text ?? content.payload.description ?? "";
  if (entry.note) {
    const said = await openOwn(entry.note, key, `note|${entry.id}`);
    at(made, "refus").textContent = Object.values(said).flat().join(" ");
  }
  if (entry.state === "rejected" && entry.schema === "act.record/1" && !entry.replaced_by) {
    const link = /** @type {HTMLAnchorElement} */ (at(made, "corriger"));
    link.hidden = false;
    link.href = `#noter/${entry.id}`;
  }
  return made;
}

/** Today's log and instructions, from the mirror. @param {App} app @param {HTMLElement} view */
async function drawLog(app, view) {
  const log = await app.phone.mirror("log");
  for (const line of log?.lines ?? []) {
    const made = copy("ligne");
    fill(made, { heure: clock(line.at), mots: line.words, lieu: line.site ?? "" });
    at(view, "main-courante").append(made);
  }
}
