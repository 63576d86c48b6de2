/* A form marked data-unsaved is not left by accident; a refused sending says so and keeps every word. */
import { say } from "./announce.js";

const SESSION_LOST = "Votre session est fermée. Ce que vous avez écrit est encore dans la page : ouvrez un autre onglet, connectez-vous, puis revenez ici et recommencez l’envoi.";
const REFUSED = "L’enregistrement n’a pas abouti. Rien de ce que vous avez écrit n’est perdu : recommencez dans un instant.";
const NO_NETWORK = "Pas de réseau. Ce que vous avez écrit est encore dans la page : recommencez quand le réseau revient.";

function warn(text) {
  const region = document.getElementById("messages");
  say(text);
  if (!region) return;
  const note = document.createElement("p");
  note.className = "note danger";
  note.textContent = text;
  region.replaceChildren(note);
  region.scrollIntoView({ block: "nearest" });
}

export function guardUnsaved() {
  const touched = new Set();
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-unsaved]");
    if (form) touched.add(form);
  });
  document.addEventListener("submit", (event) => touched.delete(event.target));
  window.addEventListener("beforeunload", (event) => {
    if ([...touched].some((form) => form.isConnected)) event.preventDefault();
  });
  document.addEventListener("htmx:responseError", (event) => {
    warn([401, 403].includes(event.detail.xhr.status) ? SESSION_LOST : REFUSED);
  });
  document.addEventListener("htmx:sendError", () => warn(NO_NETWORK));
}
