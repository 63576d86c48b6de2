/* Numbers, reflex cards and the mediator's frame: part of the shell, so that nothing stands before the 17. */

import { copy, show } from "../page.js";

/** @param {App} _app @param {string} rest */
export async function showUrgent(_app, rest) {
  const view = copy("urgence");
  show(view, "Urgence", "Un appui appelle. Aucun appel n’est noté.");
  if (rest) document.getElementById(`carte-${rest}`)?.setAttribute("open", "");
}
