/* The smaller forms of a round: observation, defect with its photos, instruction, closing. */

import { reasons, writtenAbout } from "../corrections.js";
import { keepDraft, offerPlaces, offerTeams, putBack } from "../fields.js";
import { uuid7 } from "../identifiers.js";
import { forField, fromField } from "../moments.js";
import { save, StoreFull } from "../operations.js";
import { at, copy, refuse, show } from "../page.js";
import { DATES, formValues } from "../payload.js";
import { PhotoUnreadable, sealPhoto } from "../photos.js";
import { unlocking } from "./phone.js";

/** @type {Record<string, {schema: string, type: string, title: string, button: string, said: string, needs: string[], photos?: boolean}>} */
const FORMS = {
  observation: { schema: "observation.record/1", type: "observation", title: "Observer", button: "Enregistrer l’observation", said: "Observation", needs: ["site_id", "watch_type"] },
  signalement: { schema: "defect.report/1", type: "defect", title: "Signalement technique", button: "Signaler", said: "Signalement", needs: ["site_id", "category"], photos: true },
  consigne: { schema: "instruction.leave/1", type: "log", title: "Laisser une consigne", button: "Laisser la consigne", said: "Consigne", needs: ["text"] },
  appel: { schema: "call.note/1", type: "log", title: "Noter un appel", button: "Enregistrer l’appel", said: "Appel", needs: ["text"] },
  terminer: { schema: "round.close/1", type: "round", title: "Terminer la tournée", button: "Terminer la tournée", said: "Tournée terminée", needs: ["started_at", "ended_at"] },
};
const ROUNDLESS = new Set(["consigne", "appel"]); // a line of the team's log hangs on no round
const MISSING = /** @type {Record<string, string>} */ ({ site_id: "Choisissez le lieu.", text: "Écrivez une phrase." });

/** The form that writes a sort of operation.
 *  @param {string} schema @returns {string} */
export const formOf = (schema) => Object.keys(FORMS).find((name) => FORMS[name].schema === schema) ?? "";

/** @param {App} app @param {string} rest the form, then the refused operation that it corrects */
export async function showForm(app, rest) {
  const [name, corrected = ""] = rest.split("/");
  const kind = FORMS[name];
  const round = await app.phone.round();
  if (!kind || (name === "terminer" && !round && !corrected)) {
    location.hash = "#tournee";
    return;
  }
  const written = corrected ? await writtenAbout(app, corrected) : null;
  if (corrected && !written) return showLocked(app, kind.title);
  const refused = written?.find((one) => one.entry.id === corrected)?.content ?? null;
  const view = copy("formulaire");
  const form = /** @type {HTMLFormElement} */ (view.querySelector("form"));
  at(view, "questions").replaceChildren(copy(`champs-${name}`));
  at(view, "envoyer").textContent = kind.button;
  at(view, "photos").hidden = !kind.photos || Boolean(refused?.media.length);
  await offerPlaces(app, view, form, round);
  if (name !== "terminer" && (refused ? !refused.payload.team_id : !round)) await offerTeams(app, view, form);
  if (name === "terminer" && round) fillHours(form, round);
  if (refused) putBack(form, formValues(refused.payload));
  const draft = await keepDraft(app, form, corrected ? `${name}-${corrected}` : name);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    record(app, form, view, { name, round, draft, refused });
  });
  show(view, kind.title);
  if (corrected) refuse(form, await reasons(app, corrected), { focus: false });
}

/** Its words are sealed: they cannot be put back in the form before the phone is open.
 *  @param {App} app @param {string} title */
function showLocked(app, title) {
  const view = copy("a-ouvrir");
  at(view, "verrou").replaceChildren(unlocking(app, "Déverrouiller pour relire ce que vous aviez écrit"));
  show(view, title);
}

/** @param {HTMLFormElement} form @param {any} round */
function fillHours(form, round) {
  for (const [name, moment] of [["started_at", round.started_at], ["ended_at", Date.now()]]) {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
    field.value = forField(new Date(moment));
  }
}

/** @param {App} app @param {HTMLFormElement} form @param {HTMLElement} view @param {{name: string, round: any, draft: string, refused: any}} around */
async function record(app, form, view, { name, round, draft, refused }) {
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
    const media = kind.photos && !refused?.media.length ? await Promise.all([...chosen].slice(0, 4).map(sealPhoto)) : [];
    const entity = refused?.entity ?? { type: kind.type, id: name === "terminer" ? round.id : uuid7() };
    const closing = name === "terminer" && !refused ? { round: null } : {};
    const again = refused ? { replaces: refused.id, media: refused.media.length ? refused.media : media } : { media };
    await save(app.phone, { schema: kind.schema, entity, payload: payloadOf(data, name, refused ?? round), draft, ...again, ...closing });
  } catch (error) {
    button.disabled = false;
    if (error instanceof PhotoUnreadable) said.textContent = `La photo « ${error.message} » ne s’ouvre pas sur ce téléphone : retirez-la ou reprenez-la. Vos mots restent ici.`;
    else said.textContent = error instanceof StoreFull ? "Ce téléphone n’a plus de place. Rien n’est perdu : libérez de la place et réessayez." : "Ce téléphone n’a pas pu enregistrer. Vos mots restent ici : réessayez.";
    said.hidden = false;
    return;
  }
  delete form.dataset.commence;
  form.reset();
  await app.saved(kind.said);
  location.hash = "#tournee";
}

/** @param {FormData} data @param {string} name @param {any} around the round in hand, or the refused operation */
function payloadOf(data, name, around) {
  /** @type {Record<string, any>} */
  const payload = {};
  for (const [field, value] of data) {
    if (typeof value !== "string" || field === "csrfmiddlewaretoken") continue;
    if (DATES.has(field)) payload[field] = value ? fromField(value) : null;
    else if (field === "empty_confirmed") payload[field] = true;
    else payload[field] = value || (field.endsWith("_id") ? null : "");
  }
  if (name === "terminer") return payload;
  const { team_id, round_id } = around?.payload ?? { team_id: around?.team, round_id: around?.id };
  const hung = { ...payload, team_id: team_id ?? payload.team_id ?? null };
  return ROUNDLESS.has(name) ? hung : { ...hung, round_id: round_id ?? null };
}
