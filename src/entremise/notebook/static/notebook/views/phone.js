/* Preparing a phone, unlocking it, and its health: what waits, since when, how much room is left. */

import { isLongEnough, WrongPassphrase } from "../keys.js";
import { counts, entries, waiting } from "../operations.js";
import { announce, at, copy, fill, show } from "../page.js";
import { NoLock, Phone } from "../phone.js";
import { answer, reading } from "../store.js";
import { clock, date, whyStopped } from "../words.js";

/** @param {string} words */
export function showUnavailable(words) {
  const view = copy("impossible");
  at(view, "mots").textContent = words;
  show(view, "Le carnet");
}

/** @param {Person} person @param {any} settings @param {() => void} done */
export function showPrepare(person, settings, done) {
  const view = copy("preparer");
  const form = /** @type {HTMLFormElement} */ (view.querySelector("form"));
  const said = at(view, "refus");
  let busy = false;
  const prepare = async (/** @type {{passphrase: string} | {lock: true}} */ how) => {
    if (busy) return; // a double tap must not enrol two phones
    busy = true;
    try {
      await Phone.prepare(person, settings.api, how, "Ce téléphone");
      done();
    } catch (error) {
      busy = false;
      const words = error instanceof NoLock ? "Ce téléphone ne sait pas garder une clé sous son verrou. Choisissez une phrase." : "Le serveur n’a pas répondu. Il faut le réseau, cette fois seulement.";
      said.textContent = words;
      said.hidden = false;
    }
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const typed = String(new FormData(form).get("phrase") ?? "");
    if (isLongEnough(typed)) prepare({ passphrase: typed });
    else {
      said.textContent = "Il faut dix signes au moins. Trois ou quatre mots que vous retiendrez font une bonne phrase.";
      said.hidden = false;
      form.querySelector("input")?.focus();
    }
  });
  at(view, "verrou").addEventListener("click", () => prepare({ lock: true }));
  show(view, "Préparer ce téléphone");
}

/** A small form that opens what is kept here.
 *  @param {App} app @param {string} label */
export function unlocking(app, label) {
  const made = copy("deverrouiller");
  const form = /** @type {HTMLFormElement} */ (made.querySelector("form"));
  const summary = at(made, "libelle");
  summary.textContent = label;
  const phrase = at(made, "phrase");
  phrase.hidden = app.phone.wrapped.by === "prf";
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const refusal = at(made, "refus");
    refusal.hidden = true;
    try {
      await app.phone.unlock(String(new FormData(form).get("phrase") ?? ""));
      announce("Déverrouillé pour cinq minutes.");
      await app.redraw();
    } catch (error) {
      if (!(error instanceof WrongPassphrase)) throw error;
      refusal.textContent = "Cette phrase n’ouvre pas ce carnet. Ce qui attend partira quand même.";
      refusal.hidden = false;
    }
  });
  return made;
}

/** @param {App} app */
export async function showPhone(app) {
  const view = copy("telephone");
  const facts = await counts(app.phone.database);
  const contact = await reading(app.phone.database, ["meta"], ({ meta }) => answer(meta.get("contact")));
  const room = (await navigator.storage?.estimate?.()) ?? {};
  const kept = (await navigator.storage?.persisted?.()) ?? false;
  const oldest = (await waiting(app.phone.database, 1))[0];
  const minutes = Math.round(app.phone.offset / 60_000);
  fill(view, {
    attente: facts.waiting ? `${facts.waiting}, la plus ancienne de ${clock(oldest.saved_at)}` : "Rien n’attend",
    contact: contact ? `${date(contact.at)}, ${clock(contact.at)}` : "Jamais encore",
    envoi: whyStopped(app.sender.state.stopped) || "L’envoi se fait seul dès qu’il y a du réseau.",
    stockage: kept ? "Gardé tant que vous ne l’effacez pas" : "Le navigateur peut l’effacer s’il manque de place",
    place: `${megabytes(room.usage)} sur ${megabytes(room.quota)}`,
    version: app.settings.version,
    horloge: Math.abs(minutes) > 10 ? `Ce téléphone a ${Math.abs(minutes)} minutes d’écart avec le serveur` : "À l’heure",
    numeros: `${facts.issued} écrites, ${facts.acknowledged} reçues par le serveur`,
  });
  at(view, "envoyer").addEventListener("click", () => app.sender.drain().then(app.redraw));
  at(view, "exporter").addEventListener("click", () => exportWaiting(app));
  at(view, "verrouiller").addEventListener("click", () => app.phone.lock.close());
  show(view, "Santé du téléphone");
}

/** @param {number | undefined} bytes */
const megabytes = (bytes) => `${Math.round((bytes ?? 0) / 1_000_000).toLocaleString("fr-FR")} Mo`;

/** Everything that waits, sealed as it is, in a file that a page of the office takes in.
 *  @param {App} app */
async function exportWaiting(app) {
  const ops = (await entries(app.phone.database)).filter((one) => one.pending).reverse().map((one) => one.envelope);
  const content = JSON.stringify({ format: "entremise-carnet/1", device: app.phone.device, ops });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([content], { type: "application/json" }));
  link.download = `carnet-en-attente-${new Date().toISOString().slice(0, 10)}.json`;
  link.click();
  URL.revokeObjectURL(link.href);
  announce("Fichier scellé enregistré dans les téléchargements.");
}
