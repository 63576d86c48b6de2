/* The running page of the day and the instructions still to be read; reading one is a gesture like another. */

import { entries, save } from "../operations.js";
import { at, copy, fill, mark, show } from "../page.js";
import { clock, date } from "../words.js";
import { unlocking } from "./phone.js";

const READ = "instruction.acknowledge/1";

/** @param {App} app */
export async function showLog(app) {
  const view = copy("main-courante");
  const log = await app.phone.mirror("log");
  const lock = log === undefined ? [unlocking(app, "Déverrouiller pour lire la main courante")] : [];
  at(view, "verrou").replaceChildren(...lock);
  const read = new Set((await entries(app.phone.database)).filter((one) => one.schema === READ).map((one) => one.entity_id));
  for (const line of log?.instructions ?? []) at(view, "consignes").append(row(app, line, read, date(line.at)));
  for (const line of log?.lines ?? []) at(view, "lignes").append(row(app, line, read, clock(line.at)));
  at(view, "a-lire").hidden = !log?.instructions?.length;
  at(view, "vide").hidden = log === undefined || Boolean(log?.lines?.length);
  show(view, "Main courante du jour", log ? "Telle qu’au dernier contact avec le serveur." : "");
}

/** @param {App} app @param {any} line @param {Set<string>} read instructions marked on this phone @param {string} when */
function row(app, line, read, when) {
  const made = copy("ligne");
  fill(made, { heure: when, mots: line.words, lieu: line.site });
  const button = at(made, "lu");
  const isRead = read.has(line.id);
  button.hidden = !line.instruction || isRead;
  if (line.instruction && isRead) at(made, "etat").replaceChildren(mark({ kind: "ok", words: "Lue" }));
  button.addEventListener("click", () => acknowledge(app, line.id));
  return made;
}

/** @param {App} app @param {string} id */
async function acknowledge(app, id) {
  await save(app.phone, { schema: READ, entity: { type: "log", id }, payload: {} });
  await app.saved("Consigne lue");
  await app.redraw();
  document.getElementById("titre")?.focus();
}
