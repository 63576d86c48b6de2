/* Noting an act, with the form of the office. Three answers, then "Enregistrer". */

import { uuid7 } from "../identifiers.js";
import { entries, save, StoreFull } from "../operations.js";
import { openOperation } from "../sealing.js";
import { keepDraft, offerPlaces, putBack } from "../fields.js";
import { forField } from "../moments.js";
import { at, copy, refuse, show } from "../page.js";
import { actPayload, required } from "../payload.js";

/** @param {App} app @param {string} replaced the operation being corrected */
export async function showAct(app, replaced) {
  const view = copy("noter");
  const form = /** @type {HTMLFormElement} */ (view.querySelector("form"));
  const round = await app.phone.round();
  at(view, "questions").replaceChildren(questions(round?.team));
  await offerPlaces(app, view, form, round);
  offerTeam(form, round);
  setValue(form, "occurred_at", forField(new Date()));
  const draft = await keepDraft(app, form, replaced ? `act-${replaced}` : "act");
  const refused = replaced && !("commence" in form.dataset) ? await refusedWords(app, replaced) : null;
  if (refused) putBack(form, refused);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    record(app, form, { round, replaced, draft });
  });
  show(view, "Noter une intervention", "Trois réponses suffisent : le lieu, ce qui s’est passé, le résultat.");
}

/** The form of the round's team, else of the first: each offers its own registers. @param {string} [team] */
function questions(team) {
  const all = [...document.querySelectorAll('template[id^="modele-champs-intervention-"]')];
  const one = all.find((template) => template.id.endsWith(team ?? "")) ?? all[0];
  return copy(one.id.replace("modele-", ""));
}

/** @param {HTMLFormElement} form @param {string} name @param {string} value */
function setValue(form, name, value) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
}

/** @param {HTMLFormElement} form @param {any} round */
function offerTeam(form, round) {
  // Names of colleagues are not kept on the phone: the second author is added at the office.
  const second = /** @type {HTMLElement | null} */ (form.querySelector('[name="second_author_id"]'));
  /** @type {HTMLElement | null | undefined} */ (second?.closest(".field"))?.remove();
  if (round) setValue(form, "team_id", round.team);
}

/** @param {App} app @param {string} id @returns {Promise<[string, string][] | null>} */
async function refusedWords(app, id) {
  const key = app.phone.lock.key;
  const entry = (await entries(app.phone.database)).find((one) => one.id === id);
  if (!key || !entry) return null;
  const { payload } = await openOperation(entry.envelope, key);
  return Object.entries(payload).flatMap(([name, value]) =>
    Array.isArray(value) ? value.map((one) => /** @type {[string, string]} */ ([name, String(one)])) : [[name, String(value ?? "")]],
  );
}

/** @param {App} app @param {HTMLFormElement} form @param {{round: any, replaced: string, draft: string}} around */
async function record(app, form, { round, replaced, draft }) {
  const data = new FormData(form);
  const errors = required(data);
  refuse(form, errors);
  if (Object.keys(errors).length) return;
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button[type=submit]"));
  if (button.disabled) return; // a double tap
  button.disabled = true;
  const id = uuid7();
  const payload = { ...actPayload(data), round_id: round?.id ?? null };
  try {
    await save(app.phone, { schema: "act.record/1", entity: { type: "act", id }, payload, replaces: replaced || null, draft });
  } catch (error) {
    button.disabled = false;
    const full = error instanceof StoreFull;
    refuse(form, { "": [full ? "Ce téléphone n’a plus de place : l’intervention n’est pas enregistrée. Libérez de la place, vos mots restent ici." : "Ce téléphone n’a pas pu enregistrer. Vos mots restent ici : réessayez."] });
    return;
  }
  delete form.dataset.commence;
  form.reset();
  await app.saved("Intervention");
  location.hash = "#journal";
}
