/* What the forms of the notebook share: the places they offer, the drafts they leave and find again. */

import { at, copy, ownTeams } from "./page.js";
import { unlocking } from "./views/phone.js";

/** Offer the places that the phone may read, the one of the round first.
 *  @param {App} app @param {HTMLElement} view @param {HTMLFormElement} form @param {any} round */
export async function offerPlaces(app, view, form, round) {
  const select = form.elements.namedItem("site_id");
  if (!(select instanceof HTMLSelectElement)) return;
  const sites = /** @type {any[] | null | undefined} */ (await app.phone.mirror("sites"));
  for (const site of sites ?? []) select.append(new Option(site.label, site.id));
  const here = round?.stop?.site_id;
  if (here && !sites?.some((site) => site.id === here)) select.append(new Option("Le lieu de la tournée en cours", here));
  if (here) select.value = here;
  if (sites === undefined) at(view, "verrou").replaceChildren(unlocking(app, "Déverrouiller pour choisir un autre lieu"));
}

/**
 * Outside a round nothing tells the team: the only one, else the one chosen among the names that the open phone reads.
 * A locked phone never chooses for its member: what it writes has no team, and the server asks which.
 *
 * @param {App} app @param {HTMLElement} view @param {HTMLFormElement} form @param {string} [team] the one shown first
 * @returns {Promise<HTMLSelectElement | null>} null when there is nothing to choose
 */
export async function offerTeams(app, view, form, team = "") {
  const all = ownTeams();
  if (all.length < 2) return null;
  const context = await app.phone.mirror("context");
  const names = new Map((context?.teams ?? []).map((/** @type {any} */ one) => [one.id, one.name]));
  const field = copy("equipe");
  const select = /** @type {HTMLSelectElement} */ (field.querySelector("select"));
  const open = names.size > 0;
  select.append(...(open ? all : [""]).map((id) => new Option(names.get(id) ?? "Le carnet vous la demandera", id)));
  if (team && open) select.value = team;
  form.querySelector("[name=team_id]")?.remove();
  at(view, "questions").prepend(field);
  const lock = at(view, "verrou");
  if (context === undefined && !lock.childElementCount) lock.replaceChildren(unlocking(app, "Déverrouiller pour choisir l’équipe"));
  return open ? select : null;
}

/** Put values back in their fields, in place of whatever the form proposed.
 *  @param {HTMLFormElement} form @param {[string, string][]} values */
export function putBack(form, values) {
  for (const field of form.querySelectorAll("input")) if (isTicked(field)) field.checked = field.value === "";
  for (const [name, value] of values) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (field instanceof HTMLInputElement && isTicked(field)) field.checked ||= field.value === value;
      else if ("value" in field) /** @type {HTMLInputElement} */ (field).value = String(value);
    }
  }
  form.dataset.commence = "";
}

/** @param {HTMLInputElement} field */
const isTicked = (field) => ["checkbox", "radio"].includes(field.type);

/**
 * Keep what is typed, sealed, at each gesture; find again what was left. A draft that could not be read yet, the notebook
 * being locked, is never written over: what is typed meanwhile has a draft of its own.
 *
 * @param {App} app @param {HTMLFormElement} form @param {string} name
 * @returns {Promise<string>} the draft this form writes, to be removed when it is saved
 */
export async function keepDraft(app, form, name) {
  const { drafts } = app.phone;
  const found = await app.phone.draft(name);
  if (found) putBack(form, found.values);
  const key = found ? found.key : drafts.begin(name);
  form.addEventListener("input", async () => {
    form.dataset.commence = "";
    form.dataset.brouillon = "";
    const turn = drafts.turns + 1;
    try {
      await drafts.keep(key, [...new FormData(form)].filter(([, value]) => typeof value === "string"));
      if (drafts.turns === turn) form.dataset.brouillon = "garde";
      refuseDraft(form, "");
    } catch {
      refuseDraft(form, "Ce téléphone ne garde plus de brouillon. Enregistrez maintenant, ou libérez de la place : vos mots ne sont qu’à l’écran.");
    }
  });
  return key;
}

/** What is typed must not look kept when it is not.
 *  @param {HTMLFormElement} form @param {string} words */
function refuseDraft(form, words) {
  const old = form.querySelector("[data-sans-brouillon]");
  if (!words) return old?.remove();
  if (old) return;
  const said = document.createElement("p");
  said.className = "error";
  said.dataset.sansBrouillon = "";
  said.setAttribute("role", "alert");
  said.textContent = words;
  form.prepend(said);
}
