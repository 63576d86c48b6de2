/* The round in hand: arrive, +1, atmosphere, next. Identifiers and counts are enough to write; names ask to be unlocked. */

import { uuid7 } from "../identifiers.js";
import { save } from "../operations.js";
import { at, copy, fill, onTap, orSayWhy, show } from "../page.js";
import { clock } from "../words.js";
import { unlocking } from "./phone.js";


const LABEL_WHEN_LOCKED = "Lieu en cours";

/** @param {App} app */
export async function showRound(app) {
  const [round, sites, context] = await Promise.all([app.phone.round(), app.phone.mirror("sites"), app.phone.mirror("context")]);
  if (!round) return showOpening(app, context);
  const view = copy("tournee");
  const here = at(view, "ici");
  offerMerging(view, context);
  if (round.joined) drawJoined(app, view, round, sites, context);
  else {
    here.hidden = !round.stop;
    if (round.stop) drawStop(app, here, round, sites);
    drawNext(app, view, round, sites);
  }
  show(view, "Tournée en cours", `depuis ${clock(round.started_at)}${round.joined ? ", rejointe" : ""}`);
}

/** Two rounds of the team at the same time are perhaps one: someone decides, with network.
 *  @param {HTMLElement} view @param {any} context */
function offerMerging(view, context) {
  for (const other of context?.overlaps ?? []) {
    const made = copy("avis");
    at(made, "mots").textContent = `Une autre tournée de l’équipe se déroule au même moment, depuis ${clock(other.started_at)}. Est-ce la même ?`;
    const link = /** @type {HTMLAnchorElement} */ (at(made, "lien"));
    link.href = other.url;
    link.textContent = "Les comparer";
    at(view, "reunir").append(made);
  }
}

/**
 * One round, one counter: the phone that joined reads it, as of the last contact, and may take it over.
 *
 * @param {App} app @param {HTMLElement} view @param {any} round @param {any[] | null | undefined} sites @param {any} context
 */
function drawJoined(app, view, round, sites, context) {
  const known = context?.rounds?.find((/** @type {any} */ one) => one.id === round.id)?.stop ?? null;
  at(view, "ici").hidden = true;
  at(view, "suite").hidden = true;
  const read = at(view, "lecture");
  read.hidden = false;
  at(read, "verrou").replaceChildren(...(context === undefined ? [unlocking(app, "Déverrouiller pour lire le compteur")] : []));
  const place = sites?.find((site) => site.id === known?.site_id)?.label;
  const words = known ? `${known.total} ${known.total > 1 ? "contacts" : "contact"} ici` : "Aucun lieu en cours au dernier contact.";
  fill(read, { lieu: place ?? LABEL_WHEN_LOCKED, compte: context === undefined ? "" : words });
  at(read, "prendre").addEventListener("click", () => takeOver(app, round, known));
}

/** The other phone stops counting: this one goes on from where the server knew it.
 *  @param {App} app @param {any} round @param {any} stop */
async function takeOver(app, round, stop) {
  await app.phone.setRound({ ...round, joined: false, stop, seen: stop ? [stop.site_id] : [] });
  await app.redraw();
  document.getElementById("titre")?.focus();
}

/** @param {App} app @param {any} context */
async function showOpening(app, context) {
  const view = copy("ouvrir");
  const place = at(view, "equipes");
  if (!context) place.replaceChildren(unlocking(app, "Déverrouiller pour commencer une tournée"));
  for (const team of context?.teams ?? []) {
    const button = copy("bouton");
    button.textContent = context.teams.length > 1 ? `Commencer une tournée · ${team.name}` : "Commencer une tournée";
    onTap(button, () => openRound(app, team.id));
    place.append(button);
  }
  for (const round of context?.rounds ?? []) {
    const button = copy("bouton-second");
    button.textContent = `Rejoindre : ${round.title}, depuis ${clock(round.started_at)}`;
    onTap(button, () => joinRound(app, round));
    place.append(button);
  }
  show(view, "Tournée");
}

/** @param {App} app @param {string} team */
function openRound(app, team) {
  return inTurn(app, async (round) => {
    if (round) return true; // already out: another tab was quicker
    const id = uuid7();
    const started_at = new Date().toISOString();
    const payload = { team_id: team, kind: "tournee", sector_id: null, started_at, member_ids: [app.phone.member] };
    const entity = { type: "round", id };
    await save(app.phone, { schema: "round.open/1", entity, payload, round: { id, team, started_at, stop: null, seen: [] } });
    await app.saved("Tournée commencée");
    return true;
  });
}

/** @param {App} app @param {any} round */
function joinRound(app, round) {
  return inTurn(app, async (held) => {
    if (held) return true;
    const state = { id: round.id, team: round.team, started_at: round.started_at, joined: true, stop: null, seen: [] };
    await save(app.phone, { schema: "round.join/1", entity: { type: "round", id: round.id }, payload: {}, round: state });
    await app.saved("Tournée rejointe");
    return true;
  });
}

/** @param {App} app @param {HTMLElement} here @param {any} round @param {any[] | null | undefined} sites */
function drawStop(app, here, round, sites) {
  const { stop } = round;
  const site = sites?.find((one) => one.id === stop.site_id);
  fill(here, { lieu: site?.label ?? LABEL_WHEN_LOCKED, heure: clock(stop.arrived_at), total: String(stop.total) });
  at(here, "noms").replaceChildren(...(sites === undefined ? [unlocking(app, "Déverrouiller pour voir les noms")] : []));
  for (const button of here.querySelectorAll("button[data-pas]")) {
    const { pas, tranche } = /** @type {HTMLElement} */ (button).dataset;
    const count = here.querySelector(`[data-tranche-total="${tranche}"]`);
    if (count) count.textContent = String(stop.bands?.[tranche ?? ""] ?? 0);
    button.addEventListener("click", () => orSayWhy(tally(app, Number(pas), tranche ?? "")));
  }
  for (const button of here.querySelectorAll("button[data-ambiance], button[data-accueil]")) {
    const { ambiance, accueil } = /** @type {HTMLElement} */ (button).dataset;
    const chosen = ambiance === undefined ? stop.reception === accueil : stop.atmosphere === ambiance;
    button.setAttribute("aria-pressed", String(chosen));
    const field = ambiance === undefined ? "reception" : "atmosphere";
    onTap(/** @type {HTMLElement} */ (button), () => choose(app, field, chosen ? "" : (ambiance ?? accueil ?? "")));
  }
}

/**
 * Gestures change the round one after the other, whatever tab they come from.
 *
 * @param {App} app @param {(round: any) => Promise<boolean>} gesture false when there was nothing to save
 */
async function inTurn(app, gesture) {
  const done = await navigator.locks.request(`carnet-round-${app.phone.device}`, async () => gesture(await app.phone.round()));
  if (done) await app.redraw();
}

/** Two quick taps count twice, in order.
 *  @param {App} app @param {number} delta @param {string} band */
function tally(app, delta, band) {
  return inTurn(app, async (round) => {
    const { stop } = round;
    const held = stop.bands?.[band] ?? 0;
    if (delta < 0 && held < 1) return false;
    const bands = { ...stop.bands, [band]: held + delta };
    const next = { ...round, stop: { ...stop, bands, total: stop.total + delta } };
    const entity = { type: "stop", id: stop.id };
    await save(app.phone, { schema: "tally.add/1", entity, payload: { band, delta }, after: stop.operation, round: next });
    await app.saved(delta > 0 ? "Un contact de plus" : "Un contact de moins");
    return true;
  });
}

/** @param {App} app @param {"atmosphere" | "reception"} field @param {string} code */
function choose(app, field, code) {
  return inTurn(app, async (round) => {
    const entity = { type: "stop", id: round.stop.id };
    const next = { ...round, stop: { ...round.stop, [field]: code } };
    const gesture = { schema: `stop.${field}/1`, entity, payload: { [field]: code }, after: round.stop.operation, round: next };
    await save(app.phone, gesture);
    await app.saved(field === "atmosphere" ? "Ambiance" : "Accueil");
    return true;
  });
}

/** @param {App} app @param {HTMLElement} view @param {any} round @param {any[] | null | undefined} sites */
function drawNext(app, view, round, sites) {
  const place = at(view, "ensuite");
  if (!sites) {
    const locked = round.stop ? copy("lieux-verrouilles") : unlocking(app, "Déverrouiller pour choisir le lieu suivant");
    place.replaceChildren(sites === undefined ? locked : copy("sans-lieux"));
    return;
  }
  const seen = new Set(round.seen);
  const others = sites.filter((site) => site.id !== round.stop?.site_id);
  others.sort((one, other) => Number(seen.has(one.id)) - Number(seen.has(other.id)));
  for (const site of others) {
    const row = copy("lieu-suivant");
    fill(row, { lieu: site.label, dernier: [site.instruction, site.last].filter(Boolean).join(" · ") });
    onTap(at(row, "arriver"), () => arrive(app, site.id));
    place.append(row);
  }
}

/** @param {App} app @param {string} site */
async function arrive(app, site) {
  await inTurn(app, async (round) => {
    if (round.stop?.site_id === site) return true; // already there: another tab was quicker
    const id = uuid7();
    const arrived_at = new Date().toISOString();
    const stop = { id, site_id: site, arrived_at, total: 0, bands: {}, atmosphere: "", reception: "" };
    const payload = { round_id: round.id, site_id: site, at: arrived_at };
    const seen = [...new Set([...round.seen, site])];
    await save(app.phone, { schema: "stop.arrive/1", entity: { type: "stop", id }, payload, round: { ...round, stop, seen } });
    await app.saved("Arrivée");
    return true;
  });
  document.getElementById("titre")?.focus();
}
