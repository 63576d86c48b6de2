/* The partners kept for the team's sectors: who does what, how to call, who to call instead. */

import { at, copy, fill, show } from "../page.js";
import { unlocking } from "./phone.js";

/** @param {App} app */
export async function showRelays(app) {
  const view = copy("relais");
  const partners = /** @type {any[] | null | undefined} */ (await app.phone.mirror("partners"));
  const list = at(view, "partenaires");
  const search = /** @type {HTMLInputElement} */ (at(view, "chercher"));
  const draw = () => {
    const wanted = plain(search.value);
    const found = (partners ?? []).filter((one) => plain(`${one.name} ${one.kind}`).includes(wanted));
    list.replaceChildren(...found.map(row));
    at(view, "compte").textContent = `${found.length} partenaire${found.length > 1 ? "s" : ""}`;
  };
  if (partners === undefined) {
    search.disabled = true;
    list.replaceChildren(unlocking(app, "Déverrouiller pour lire les partenaires"));
  } else {
    search.addEventListener("input", draw);
    draw();
  }
  show(view, "Relais", "Gardés sur ce téléphone pour vos secteurs.");
}

/** @param {string} words */
const plain = (words) => words.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

/** @param {any} partner */
function row(partner) {
  const made = copy("partenaire");
  fill(made, { nom: partner.name, sorte: partner.kind, horaires: partner.hours, sinon: partner.instead });
  const call = /** @type {HTMLAnchorElement} */ (at(made, "appeler"));
  call.hidden = !partner.tel;
  call.href = partner.tel || "#";
  call.textContent = partner.phone;
  return made;
}
