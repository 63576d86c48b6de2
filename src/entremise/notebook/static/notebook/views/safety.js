/* Alert and presence timer, below the numbers to call. The screen says what the server said, and nothing else. */

import { ask, NotSent, Refusal, send } from "../direct.js";
import { uuid7 } from "../identifiers.js";
import { at, copy, mark } from "../page.js";
import { clock } from "../words.js";

const [SOON, EVERY, LATER] = [2000, 5000, 60_000]; // milliseconds
/** The alert and the timer this phone asked for: asking again with the same identifier makes no second one. */
let alert = /** @type {{id: string, facts?: any} | null} */ (null);
let wanted = /** @type {{id: string, minutes: number} | null} */ (null);

/** @param {App} app @param {HTMLElement} place */
export function showSafety(app, place) {
  const section = copy("champs-securite");
  place.replaceChildren(section);
  at(section, "alerter").addEventListener("click", () => giveAlert(app, section));
  for (const chip of section.querySelectorAll("button[data-minutes]")) {
    chip.addEventListener("click", () => arm(app, section, Number(/** @type {HTMLElement} */ (chip).dataset.minutes)));
  }
  at(section, "minuteur-finir").addEventListener("submit", (event) => end(section, event));
  at(section, "minuteur-prolonger").addEventListener("click", () => prolong(section));
  if (alert?.facts) sayAlert(section);
  readTimer(section);
}

/** Where the round stands, known without unlocking anything.
 *  @param {App} app */
async function standing(app) {
  const round = await app.phone.round().catch(() => null);
  return { team_id: round?.team ?? null, site_id: round?.stop?.site_id ?? null };
}

/** @param {App} app @param {HTMLElement} section */
async function giveAlert(app, section) {
  alert ??= { id: uuid7() };
  say(section, "alerte-etat", "wait", "Envoi…", "");
  try {
    alert.facts = (await send("alertes", { id: alert.id, ...(await standing(app)) })).alert;
  } catch (error) {
    if (!(error instanceof NotSent)) throw error;
    say(section, "alerte-etat", "bad", "Non envoyée", "Le serveur n’a pas répondu : appelez.");
    return at(section, "alerte-etat").scrollIntoView({ block: "center" });
  }
  sayAlert(section);
  at(section, "alerte-etat").scrollIntoView({ block: "center" });
  setTimeout(() => readAlert(section), EVERY);
}

/** @param {HTMLElement} section */
async function readAlert(section) {
  if (!section.isConnected || !alert?.facts) return;
  try {
    alert.facts = (await ask(`alertes/${alert.id}`)).alert;
    sayAlert(section);
  } catch (error) {
    if (!(error instanceof NotSent)) throw error; // no network any more: what is written stays true
  }
  if (alert?.facts && !alert.facts.closed) setTimeout(() => readAlert(section), EVERY);
}

/** @param {HTMLElement} section */
function sayAlert(section) {
  const { raised_at, seen, taken_by, closed } = alert?.facts ?? {};
  const hour = clock(raised_at);
  if (closed) {
    alert = null;
    return say(section, "alerte-etat", "neutral", "Alerte close", `Donnée à ${hour}.`);
  }
  const who = taken_by ? `${taken_by} s’en occupe.` : seen.length ? `Vue par ${seen.join(", ")}.` : "Personne ne l’a encore vue : appelez aussi.";
  say(section, "alerte-etat", taken_by || seen.length ? "ok" : "wait", `Envoyée à ${hour}`, who);
}

/** @param {App} app @param {HTMLElement} section @param {number} minutes */
async function arm(app, section, minutes) {
  if (wanted?.minutes !== minutes) wanted = { id: uuid7(), minutes };
  const { id } = wanted;
  const place = await standing(app);
  await withTimer(section, async () => (await send("minuteurs", { id, minutes, ...place })).timer);
}

/** @param {HTMLElement} section @param {Event} event */
async function end(section, event) {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const code = String(new FormData(form).get("code") ?? "");
  const done = await withTimer(section, async () => (await send(`minuteurs/${section.dataset.minuteur}/terminer`, { code })).timer);
  form.reset();
  if (done) wanted = null;
}

/** @param {HTMLElement} section */
async function prolong(section) {
  await withTimer(section, async () => (await send(`minuteurs/${section.dataset.minuteur}/prolonger`, { minutes: 15 })).timer);
}

/** @param {HTMLElement} section @param {() => Promise<any>} gesture @returns {Promise<boolean>} */
async function withTimer(section, gesture) {
  try {
    sayTimer(section, await gesture());
    return true;
  } catch (error) {
    if (error instanceof Refusal) say(section, "minuteur-etat", "bad", "Refusé", error.message);
    else if (error instanceof NotSent) sayUnreachable(section);
    else throw error;
    if (section.contains(document.activeElement)) at(section, "minuteur-etat").scrollIntoView({ block: "center" });
    return false;
  }
}

/** @param {HTMLElement} section */
async function readTimer(section) {
  await withTimer(section, async () => (await ask("etat")).timer);
}

let asking = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);

/** Asked again while it may change: soon when nobody watches it yet, at its hour once armed.
 *  @param {HTMLElement} section @param {any} timer */
function follow(section, timer) {
  clearTimeout(asking);
  if (timer?.state !== "attente" && timer?.state !== "arme") return;
  const wait = timer.state === "attente" ? SOON : Math.min(LATER, Math.max(EVERY, Date.parse(timer.due_at) - Date.now() + EVERY));
  asking = setTimeout(() => section.isConnected && readTimer(section), wait);
}

/** @param {HTMLElement} section @param {any} timer */
function sayTimer(section, timer) {
  section.dataset.minuteur = timer?.id ?? "";
  const runs = timer?.state === "arme" || timer?.state === "attente";
  at(section, "minuteur-finir").hidden = !runs;
  at(section, "minuteur-armer").hidden = runs;
  if (runs) at(section, "minuteur").setAttribute("open", "");
  if (!timer) say(section, "minuteur-etat", "neutral", "Aucun minuteur", "");
  else if (timer.state === "arme") say(section, "minuteur-etat", "ok", "Armé", `Alarme à ${clock(timer.due_at)} si vous n’y mettez pas fin.`);
  else if (timer.state === "alarme") say(section, "minuteur-etat", "bad", "Alarme donnée", "L’équipe et l’astreinte sont prévenues.");
  else say(section, "minuteur-etat", "wait", "Pas encore armé", `Tant que cette ligne reste, il n’est pas armé : ${callWords(section)}`);
  follow(section, timer);
}

/** @param {HTMLElement} section */
function sayUnreachable(section) {
  const runs = Boolean(section.dataset.minuteur);
  if (runs) say(section, "minuteur-etat", "wait", "Sans réseau", `Le minuteur armé court toujours sur le serveur. Pour y mettre fin ou le prolonger : ${callWords(section)}`);
  else say(section, "minuteur-etat", "bad", "Non armé, appelez", "Il faut le réseau pour armer un minuteur.");
}

/** @param {HTMLElement} section */
function callWords(section) {
  const place = at(section, "astreinte");
  return place.hasAttribute("href") ? `${place.textContent}.` : "Appelez un collègue ou l’encadrement.";
}

/** @param {HTMLElement} section @param {string} place @param {string} kind @param {string} words @param {string} more */
function say(section, place, kind, words, more) {
  const line = document.createElement("p");
  line.textContent = more;
  at(section, place).replaceChildren(mark({ kind, words }), line);
  if (kind !== "bad") return;
  const link = at(section, "astreinte").cloneNode(true);
  if (place === "minuteur-etat" && link instanceof HTMLAnchorElement) {
    delete link.dataset.ici;
    link.className = "btn primary wide";
    at(section, place).append(link);
  }
}
