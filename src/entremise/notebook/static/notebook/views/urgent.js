/* Numbers, reflex cards and the mediator's frame: part of the shell, so that nothing stands before the 17. */

import { at, copy, show } from "../page.js";
import { showSafety } from "./safety.js";

/** @param {App} app @param {string} rest */
export async function showUrgent(app, rest) {
  const view = copy("urgence");
  if (document.getElementById("modele-champs-securite")) showSafety(app, at(view, "equipe"));
  show(view, "Urgence", "Un appui appelle. Aucun appel n’est noté.");
  if (rest) document.getElementById(`carte-${rest}`)?.setAttribute("open", "");
}
