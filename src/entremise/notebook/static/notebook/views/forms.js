/* The smaller forms of a round: observation, defect with its photos, instruction, closing. */

import { keepDraft, offerPlaces } from "../fields.js";
import { uuid7 } from "../identifiers.js";
import { forField, fromField } from "../moments.js";
import { save, StoreFull } from "../operations.js";
import { at, copy, refuse, show } from "../page.js";
import { sealPhoto } from "../photos.js";

/** @type {Record<string, {schema: string, type: string, title: string, button: string, said: string, needs: string[], photos?: boolean}>} */
const FORMS = {
  observation: { schema: "observation.record/1", type: "observation", title: "Observer", button: "Enregistrer l’observation", said: "Observation", needs: ["site_id", "watch_type"] },
  signalement: { schema: "defect.report/1", type: "defect", title: "Signalement technique", button: "Signaler", said: "Signalement", needs: ["site_id", "category"], photos: true },
  consigne: { schema: "instruction.leave/1", type: "log", title: "Laisser une consigne", button: "Laisser la consigne", said: "Consigne", needs: ["text"] },
  terminer: { schema: "round.close/1", type: "round", title: "Terminer la tournée", button: "Terminer la tournée", said: "Tournée terminée", needs: ["started_at", "ended_at"] },
};
const MISSING = /** @type {Record<string, string>} */ ({ site_id: "Choisissez le lieu.", text: "Écrivez une phrase." });
const DATES = ["observed_at", "reported_at", "started_at", "ended_at", "occurred_at"];


/** @param {App} app @param {string} name */
export async function showForm(app, name) {
  const kind = FORMS[name];
  const round = await app.phone.round();
  if (!kind || (name === "terminer" && !round)) {
    location.hash = "#tournee";
    return;
  }
  const view = copy("formulaire");
  const form = /** @type {HTMLFormElement} */ (view.querySelector("form"));
  at(view, "questions").replaceChildren(copy(`champs-${name}`));
  at(view, "envoyer").textContent = kind.button;
  at(view, "photos").hidden = !kind.photos;
  await offerPlaces(app, view, form, round);
  if (name === "terminer") fillHours(form, round);
  const draft = await keepDraft(app, form, name);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    record(app, form, view, { name, round, draft });
  });
  show(view, kind.title);
}

/** @param {HTMLFormElement} form @param {any} round */
function fillHours(form, round) {
  for (const [name, moment] of [["started_at", round.started_at], ["ended_at", Date.now()]]) {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
    field.value = forField(new Date(moment));
  }
}

/** @param {App} app @param {HTMLFormElement} form @param {HTMLElement} view @param {{name: string, round: any, draft: string}} around */
async function record(app, form, view, { name, round, draft }) {
  const kind = FORMS[name];
  const data = new FormData(form);
  /** @type {Record<string, string[]>} */
  const errors = {};
  for (const needed of kind.needs) if (!data.get(needed)) errors[needed] = [MISSING[needed] ?? "Répondez ici."];
  refuse(form, errors);
  if (Object.keys(errors).length) return;
  const button = /** @type {HTMLButtonElement} */ (at(view, "envoyer"));
  if (button.disabled) return;
  button.disabled = true;
  const said = at(form, "refus"); // the fold that unlocks has one of its own
  try {
    const chosen = /** @type {HTMLInputElement} */ (view.querySelector("input[type=file]")).files ?? [];
    const media = kind.photos ? await Promise.all([...chosen].slice(0, 4).map(sealPhoto)) : [];
    const entity = { type: kind.type, id: name === "terminer" ? round.id : uuid7() };
    const closing = name === "terminer" ? { round: null } : {};
    await save(app.phone, { schema: kind.schema, entity, payload: payloadOf(data, name, round), media, draft, ...closing });
  } catch (error) {
    button.disabled = false;
    said.textContent = error instanceof StoreFull ? "Ce téléphone n’a plus de place. Rien n’est perdu : libérez de la place et réessayez." : "Ce téléphone n’a pas pu enregistrer. Vos mots restent ici : réessayez.";
    said.hidden = false;
    return;
  }
  delete form.dataset.commence;
  form.reset();
  await app.saved(kind.said);
  location.hash = "#tournee";
}

/** @param {FormData} data @param {string} name @param {any} round */
function payloadOf(data, name, round) {
  /** @type {Record<string, any>} */
  const payload = {};
  for (const [field, value] of data) {
    if (typeof value !== "string" || field === "csrfmiddlewaretoken") continue;
    if (DATES.includes(field)) payload[field] = value ? fromField(value) : null;
    else if (field === "empty_confirmed") payload[field] = true;
    else payload[field] = value || (field.endsWith("_id") ? null : "");
  }
  if (name === "terminer") return payload;
  return { ...payload, team_id: round?.team ?? payload.team_id ?? null, round_id: round?.id ?? null };
}
