/* Noting an act, with the form of the office; correcting one that was written here. Three answers, then "Enregistrer". */

import { planOf, reasons, writtenAbout } from "../corrections.js";
import { keepDraft, offerPlaces, offerTeams, putBack } from "../fields.js";
import { uuid7 } from "../identifiers.js";
import { forField } from "../moments.js";
import { save, StoreFull } from "../operations.js";
import { at, copy, ownTeams, refuse, show } from "../page.js";
import { actPayload, changesOf, contentOf, formValues, required } from "../payload.js";
import { unlocking } from "./phone.js";

const FULL = "Ce téléphone n’a plus de place : l’intervention n’est pas enregistrée. Libérez de la place, vos mots restent ici.";
const FAILED = "Ce téléphone n’a pas pu enregistrer. Vos mots restent ici : réessayez.";
const UNCHANGED = "Rien n’a changé : corrigez un champ, ou revenez au journal.";

/** @param {App} app @param {string} corrected the operation being corrected */
export async function showAct(app, corrected) {
  const written = corrected ? await writtenAbout(app, corrected) : null;
  if (corrected && !written) return showLocked(app);
  const plan = written ? planOf(written, corrected) : null;
  const view = copy("noter");
  const form = /** @type {HTMLFormElement} */ (view.querySelector("form"));
  const round = await app.phone.round();
  const choosing = !written && !round;
  const team = written ? written[0].content.payload.team_id : round?.team ?? (await teamLeft(app));
  await ask(app, view, form, { round, team, choosing });
  setValue(form, "occurred_at", forField(new Date()));
  if (plan) putBack(form, formValues(plan.shown));
  if (plan) tapDuration(form);
  const draft = await keepDraft(app, form, corrected ? `act-${corrected}` : "act");
  if (plan) at(view, "enregistrer").textContent = "Enregistrer la correction";
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    record(app, form, { round, plan, written, draft });
  });
  if (plan) show(view, "Corriger une intervention", "Ce qui était écrit avant reste dans l’histoire de la fiche.");
  else show(view, "Noter une intervention", "Trois réponses suffisent : le lieu, ce qui s’est passé, le résultat.");
  if (corrected) refuse(form, await reasons(app, corrected), { focus: false });
}

/** Its words are sealed: they cannot be put back in the form before the phone is open.
 *  @param {App} app */
function showLocked(app) {
  const view = copy("a-ouvrir");
  at(view, "verrou").replaceChildren(unlocking(app, "Déverrouiller pour relire ce que vous aviez écrit"));
  show(view, "Corriger une intervention");
}

/** The team chosen in the form left in the middle, whose answers are to its own questions.
 *  @param {App} app @returns {Promise<string | undefined>} */
async function teamLeft(app) {
  const draft = await app.phone.draft("act");
  return draft?.values.find((/** @type {[string, string]} */ [name]) => name === "team_id")?.[1];
}

/** The questions of a team. Outside a round one chooses the team: the questions become its own, the answers stay.
 *  @param {App} app @param {HTMLElement} view @param {HTMLFormElement} form
 *  @param {{round: any, team?: string, choosing: boolean}} around */
async function ask(app, view, form, { round, team, choosing }) {
  at(view, "questions").replaceChildren(questions(team));
  await offerPlaces(app, view, form, round);
  withoutColleagues(form);
  const teams = choosing ? await offerTeams(app, view, form, team) : null;
  if (!choosing && team) setValue(form, "team_id", team);
  teams?.addEventListener("change", async () => {
    const answers = /** @type {[string, string][]} */ ([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    await ask(app, view, form, { round, team: teams.value, choosing });
    putBack(form, answers);
    /** @type {HTMLElement | null} */ (form.querySelector("#id_equipe"))?.focus();
  });
}

/** The form of this team, else of the first: each offers its own registers.
 *  @param {string} [team] */
function questions(team) {
  const all = ownTeams();
  return copy(`champs-intervention-${team && all.includes(team) ? team : all[0]}`);
}

/** @param {HTMLFormElement} form @param {string} name @param {string} value */
function setValue(form, name, value) {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement) field.value = value;
}

/** A usual duration shows as the answer that was tapped.
 *  @param {HTMLFormElement} form */
function tapDuration(form) {
  const typed = /** @type {HTMLInputElement} */ (form.elements.namedItem("duration_minutes"));
  const usual = /** @type {HTMLInputElement | null} */ (form.querySelector(`[name="duration_choice"][value="${typed.value}"]`));
  if (!usual || !typed.value) return;
  usual.checked = true;
  typed.value = "";
}

/** Names of colleagues are not kept on the phone: the second author is added at the office.
 *  @param {HTMLFormElement} form */
function withoutColleagues(form) {
  const second = /** @type {HTMLElement | null} */ (form.querySelector('[name="second_author_id"]'));
  /** @type {HTMLElement | null | undefined} */ (second?.closest(".field"))?.remove();
}

/** The fields of the blocks that the chosen register does not show.
 *  @param {HTMLFormElement} form @returns {Set<string>} */
function unseen(form) {
  const hidden = [...form.querySelectorAll(".when-conflict")].filter((block) => getComputedStyle(block).display === "none");
  return new Set(hidden.flatMap((block) => [...block.querySelectorAll("[name]")].map((field) => field.getAttribute("name") ?? "")));
}

/** @param {App} app @param {HTMLFormElement} form @param {{round: any, plan: any, written: any, draft: string}} around */
async function record(app, form, { round, plan, written, draft }) {
  const data = new FormData(form);
  const errors = required(data);
  const payload = actPayload(data, unseen(form));
  const gesture = plan ? correction(plan, written, payload) : noted(payload, round);
  if (!gesture) errors[""] = [UNCHANGED];
  refuse(form, errors);
  if (!gesture || Object.keys(errors).length) return;
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button[type=submit]"));
  if (button.disabled) return; // a double tap
  button.disabled = true;
  try {
    await save(app.phone, { ...gesture, draft });
  } catch (error) {
    button.disabled = false;
    refuse(form, { "": [error instanceof StoreFull ? FULL : FAILED] });
    return;
  }
  delete form.dataset.commence;
  form.reset();
  await app.saved(plan ? "Correction" : "Intervention");
  location.hash = "#journal";
}

/** @param {Record<string, any>} payload @param {any} round */
function noted(payload, round) {
  return { schema: "act.record/1", entity: { type: "act", id: uuid7() }, payload: { ...payload, round_id: round?.id ?? null } };
}

/** The gesture that corrects, null when nothing changed.
 *  @param {any} plan @param {any} written @param {Record<string, any>} typed */
function correction({ schema, known, after, replaces, base_version, hung }, written, typed) {
  const entity = { type: "act", id: written[0].entry.entity_id };
  const content = { ...contentOf(typed), second_author_id: known.second_author_id };
  if (schema === "act.record/1") return { schema, entity, payload: { ...content, ...hung }, replaces };
  const payload = changesOf(known, content);
  return Object.keys(payload).length ? { schema, entity, payload, after, replaces, base_version } : null;
}
