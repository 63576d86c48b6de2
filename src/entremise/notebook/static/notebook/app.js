/* The notebook: opens without network, writes before it sends, says where words stand. */

import { counts, toDecide } from "./operations.js";
import { announce, at, copy, mark } from "./page.js";
import { lastPerson, Phone, whoIsSignedIn } from "./phone.js";
import { Sender } from "./sender.js";
import { forget, StoreFull, StoreUnavailable } from "./store.js";
import { transmission, whyStopped } from "./words.js";
import { showAct } from "./views/act.js";
import { showCards } from "./views/cards.js";
import { showEntries } from "./views/entries.js";
import { showForm } from "./views/forms.js";
import { showLog } from "./views/log.js";
import { showPhone, showPrepare, showUnavailable } from "./views/phone.js";
import { showRelays } from "./views/relays.js";
import { showRound } from "./views/round.js";
import { showUrgent } from "./views/urgent.js";

const FRESH = 60_000; // how often what colleagues wrote is asked for, while the page is looked at

export const settings = JSON.parse(document.getElementById("reglages")?.textContent ?? "{}");


/** @type {Record<string, (app: App, rest: string) => Promise<void>>} */
const VIEWS = {
  tournee: showRound,
  noter: showAct,
  formulaire: showForm,
  relais: showRelays,
  urgence: showUrgent,
  cartes: showCards,
  journal: showEntries,
  "main-courante": showLog,
  telephone: showPhone,
};

/** @type {App} */
let app;
/** What could not be saved, until something is. */
let refused = "";

async function start() {
  register();
  const signedIn = await whoIsSignedIn(settings.me);
  if (signedIn && signedIn.member !== settings.member && (await freshShell())) return location.reload();
  const person = signedIn ?? (await lastPerson());
  if (!person) return showUnavailable("Ouvrez le carnet une première fois avec le réseau.");
  const phone = await Phone.find(person);
  if (!phone) return showPrepare(person, settings, () => location.reload());
  const sender = new Sender({
    base: settings.api,
    sender: phone.device,
    organisation: phone.organisation,
    member: phone.member,
    version: settings.version,
    enrolAgain: () => phone.enrolAgain(settings.api),
    wipe: (one) => (one.device === phone.device ? leave(phone) : forget(one.name)),
    onChange: (state) => quietly(state.sending || inUse() || !showsStates() ? tell() : redraw()),
    offset: (milliseconds) => quietly(phone.setOffset(milliseconds)),
  });
  app = { phone, sender, settings, saved, redraw };
  await phone.forgetOldMirror();
  addEventListener("hashchange", redraw);
  addEventListener("carnet-verrou", redraw);
  addEventListener("carnet-refus", (event) => notSaved(/** @type {CustomEvent} */ (event).detail));
  await redraw();
  await app.sender.drain();
  await refresh();
  setInterval(() => document.visibilityState === "visible" && refresh(), FRESH);
}

/** Someone else has signed in on this phone: the shell kept is that of another member's teams.
 *  @returns {Promise<boolean>} */
async function freshShell() {
  const worker = navigator.serviceWorker?.controller;
  if (!worker) return false;
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data === "kept");
    setTimeout(() => resolve(false), 10_000);
    worker.postMessage("refresh", [port2]);
  });
}

/** This phone was revoked and has handed over what it held.
 *  @param {Phone} phone */
async function leave(phone) {
  app.sender.stop();
  removeEventListener("hashchange", redraw);
  removeEventListener("carnet-verrou", redraw);
  await phone.wipe();
  document.getElementById("avis")?.replaceChildren();
  document.getElementById("transmission")?.replaceChildren();
  showUnavailable("Ce téléphone a été révoqué. Ce qu’il gardait a été rendu à votre organisation, puis effacé d’ici.");
}

/** Bring the mirror up to date. */
async function refresh() {
  try {
    await app.phone.refreshMirror(settings.api);
    if (app.phone.isOpen && !inUse()) await redraw(); // locked, the view has nothing new to show
  } catch {
    // no network: what was kept stays, up to seven days
  }
}

async function redraw() {
  const [name, ...rest] = location.hash.replace("#", "").split("/");
  const view = VIEWS[name] ?? showRound;
  for (const link of document.querySelectorAll("nav.tabs a")) {
    if (link.getAttribute("href") === `#${name || "tournee"}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  await view(app, rest.join("/"));
  await tell();
}

/** Called once an operation is on the disk: only now is it said.
 *  @param {string} words */
async function saved(words) {
  refused = "";
  announce(`${words} : enregistré sur ce téléphone.`);
  app.sender.soon(0);
  quietly(tell()); // said already: what follows in turn does not wait for it
}

/** A gesture without a form could not be written: it is not shown as done, and it is said.
 *  @param {unknown} error */
function notSaved(error) {
  if (!(error instanceof StoreUnavailable) && !(error instanceof StoreFull)) throw error;
  refused = error instanceof StoreFull
    ? "Ce téléphone n’a plus de place : ce geste n’est pas enregistré. Libérez de la place, puis recommencez."
    : "Ce téléphone n’a pas pu enregistrer ce geste. Recommencez ; s’il le faut, fermez puis rouvrez le carnet.";
  sayAbove([noticeOf(refused, false)]);
}

/** @param {HTMLElement[]} notices */
const sayAbove = (notices) => document.getElementById("avis")?.replaceChildren(...notices);

/** What is only shown may wait for the next time; what is saved says itself when it fails.
 *  @param {Promise<void>} shown */
function quietly(shown) {
  shown.catch((error) => {
    if (!(error instanceof StoreUnavailable)) throw error;
  });
}

async function tell() {
  if (!app || app.phone.isGone) return;
  const { waiting } = await counts(app.phone.database);
  const place = document.getElementById("transmission");
  place?.replaceChildren(mark(transmission(waiting, app.sender.state)));
  const why = app.sender.state.stopped;
  const said = refused ? [noticeOf(refused, false)] : [];
  if (why && why !== "offline") said.push(noticeOf(whyStopped(why), why === "signed_out" || why === "second_factor"));
  const asking = await toDecide(app.phone.database);
  if (asking) said.push(noticeOf(`${asking} à revoir : le serveur les garde, rien n’est perdu.`, false, "#journal"));
  sayAbove(said);
}

/** @param {string} words @param {boolean} signIn @param {string} [link] */
function noticeOf(words, signIn, link) {
  const made = copy("avis");
  at(made, "mots").textContent = words;
  const go = /** @type {HTMLAnchorElement} */ (at(made, "lien"));
  go.hidden = !signIn && !link;
  go.textContent = signIn ? "Se reconnecter" : "Les voir";
  go.href = signIn ? "/connexion?next=/carnet/" : (link ?? "#");
  return made;
}

/** The service worker; a new version waits while something is being written. */
async function register() {
  if (!("serviceWorker" in navigator)) return;
  const registration = await navigator.serviceWorker.register(settings.worker, { scope: "/carnet/" }).catch(() => null);
  if (!registration) return;
  const offer = () => {
    const waiting = registration.waiting;
    if (waiting && navigator.serviceWorker.controller && !isWriting()) waiting.postMessage("activate");
  };
  registration.addEventListener("updatefound", () => {
    registration.installing?.addEventListener("statechange", offer);
  });
  addEventListener("hashchange", offer);
  offer();
}

/** @returns {boolean} the view says where each entry stands */
function showsStates() {
  return ["#journal", "#telephone"].some((view) => location.hash.startsWith(view));
}

/** @returns {boolean} someone's hand is in the view: it is not replaced under it */
function inUse() {
  const held = document.activeElement;
  return isWriting() || (held !== null && held.matches("input, select, textarea, summary") && held.closest("#vue") !== null);
}

/** @returns {boolean} a form that would lose words */
function isWriting() {
  return document.querySelector("form[data-commence]") !== null;
}

/** A store that was there and does not open is not one that this browser refuses.
 *  @param {Error} error */
function whyNoStore(error) {
  if (error.message === "blocked") return "Le carnet ne s’ouvre pas : un autre onglet le tient. Fermez-le, puis rouvrez. Ce qui attend n’est pas effacé.";
  if (error.message === "AbortError" || error.message === "UnknownError") return "Le carnet n’a pas pu ouvrir ce que ce téléphone garde. Rien n’est effacé : fermez-le, puis rouvrez-le.";
  return "Ce navigateur ne garde rien sur le téléphone (navigation privée ?). Le carnet ne peut pas s’ouvrir ici : notez depuis les pages en ligne.";
}

start().catch((error) => {
  if (!(error instanceof StoreUnavailable) && !(error instanceof StoreFull)) throw error;
  showUnavailable(whyNoStore(error));
});
