/* Noting an act, with the form of the office. Three answers, then "Enregistrer". */

import { uuid7 } from "../identifiers.js";
import { entries, save, StoreFull } from "../operations.js";
import { openOperation } from "../sealing.js";
import { at, copy, refuse, show } from "../page.js";
import { actPayload, required } from "../payload.js";
import { unlocking } from "./phone.js";

/** @param {App} app @param {string} replaced the operation being corrected */
export async function showAct(app, replaced) {
  const view = copy("noter");
  const form = /** @type {HTMLFormElement} */ (view.querySelector("form"));
  const round = await app.phone.round();
  at(view, "questions").replaceChildren(questions(round?.team));
  await offerPlaces(app, view, form, round);
  offerTeam(form, round);
  const moment = new Date(Date.now() - new Date().getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
  setValue(form, "occurred_at", moment);
  await restore(app, form, replaced);
  form.addEventListener("input", () => {
    form.dataset.commence = "";
    app.phone.saveDraft("act", [...new FormData(form)]);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    record(app, form, round, replaced);
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

/** @param {App} app @param {HTMLElement} view @param {HTMLFormElement} form @param {any} round */
async function offerPlaces(app, view, form, round) {
  const sites = /** @type {any[] | null | undefined} */ (await app.phone.mirror("sites"));
  const select = /** @type {HTMLSelectElement} */ (form.elements.namedItem("site_id"));
  for (const site of sites ?? []) select.append(new Option(site.label, site.id));
  if (round?.stop && !sites?.some((site) => site.id === round.stop.site_id)) {
    select.append(new Option("Le lieu de la tournée en cours", round.stop.site_id));
  }
  if (round?.stop) select.value = round.stop.site_id;
  if (sites === undefined) at(view, "verrou").replaceChildren(unlocking(app, "Déverrouiller pour choisir un autre lieu"));
}

/** @param {HTMLFormElement} form @param {any} round */
function offerTeam(form, round) {
  // Names of colleagues are not kept on the phone: the second author is added at the office.
  const second = /** @type {HTMLElement | null} */ (form.querySelector('[name="second_author_id"]'));
  /** @type {HTMLElement | null | undefined} */ (second?.closest(".field"))?.remove();
  if (round) setValue(form, "team_id", round.team);
}

/** A draft left behind, or the words that the server could not accept. @param {App} app @param {HTMLFormElement} form @param {string} replaced */
async function restore(app, form, replaced) {
  const draft = await app.phone.draft("act");
  const held = replaced ? await refusedWords(app, replaced) : null;
  const values = held ?? draft?.values;
  if (!values) return;
  for (const [name, value] of values) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type)) field.checked ||= field.value === value;
      else if ("value" in field) /** @type {HTMLInputElement} */ (field).value = String(value);
    }
  }
  form.dataset.commence = "";
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

/** @param {App} app @param {HTMLFormElement} form @param {any} round @param {string} replaced */
async function record(app, form, round, replaced) {
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
    await save(app.phone, { schema: "act.record/1", entity: { type: "act", id }, payload, replaces: replaced || null, draft: "act" });
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
