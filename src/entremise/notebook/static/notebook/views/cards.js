/* Cards for residents, in the languages this phone was told to keep: texts, fonts and voices, shown without network. */

import { announce, at, copy, fill, show } from "../page.js";

const KEPT = "cartes-gardees"; // not a cache of the shell: a new version of the notebook leaves it
const SPEAKER = "carnet-cartes-forme";

/** @param {App} app @param {string} rest */
export async function showCards(app, rest) {
  const [code, card] = rest.split("/");
  const language = app.settings.cards.find((/** @type {any} */ one) => one.code === code);
  if (language) await showDeck(language, card);
  else await choose(app);
}

/** As a woman or as a man, where the language marks it. */
const speaker = () => localStorage.getItem(SPEAKER) ?? "m";
/** @param {any} language */
const addressOf = (language) => `${language.url}?forme=${speaker()}`;

/** @param {App} app */
async function choose(app) {
  const view = copy("cartes");
  const kept = await keptAddresses();
  const list = at(view, "langues");
  list.replaceChildren(...app.settings.cards.map((/** @type {any} */ one) => row(app, one, kept.has(addressOf(one)))));
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (view.querySelectorAll("[data-forme]"))) {
    button.setAttribute("aria-pressed", String(button.dataset.forme === speaker()));
    button.addEventListener("click", () => {
      localStorage.setItem(SPEAKER, button.dataset.forme ?? "m");
      choose(app);
    });
  }
  show(view, "Cartes en langues", "Montrez l’écran, ou faites écouter.");
}

async function keptAddresses() {
  const requests = await (await caches.open(KEPT)).keys();
  return new Set(requests.map((one) => new URL(one.url)).map((one) => one.pathname + one.search));
}

/** @param {App} app @param {any} language @param {boolean} isKept */
function row(app, language, isKept) {
  const made = copy("langue");
  fill(made, { francais: language.french, etat: isKept ? "Gardée sur ce téléphone" : "" });
  const open = /** @type {HTMLAnchorElement} */ (at(made, "ouvrir"));
  open.textContent = language.name;
  open.lang = language.lang;
  open.dir = language.dir;
  open.href = `#cartes/${language.code}`;
  const button = /** @type {HTMLButtonElement} */ (at(made, "garder"));
  button.textContent = isKept ? "Ne plus garder" : "Garder";
  button.setAttribute("aria-label", `${button.textContent} : ${language.french}`);
  button.addEventListener("click", async () => {
    button.disabled = true;
    const done = isKept ? await forget(language) : Boolean(await fetched(language));
    announce(done ? `${language.french} : ${isKept ? "n’est plus gardée" : "gardée sur ce téléphone"}.` : "Il faut le réseau pour garder une langue.");
    await choose(app);
  });
  return made;
}

/** @param {any} language */
async function forget(language) {
  const cache = await caches.open(KEPT);
  for (const request of await cache.keys()) if (new URL(request.url).pathname === language.url) await cache.delete(request);
  return true;
}

/** The deck as the server has it now, kept with its font and its voices; null without network.
 *  @param {any} language */
async function fetched(language) {
  const address = addressOf(language);
  const answer = await fetch(address, { credentials: "same-origin", cache: "no-store" }).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  const cache = await caches.open(KEPT);
  await cache.put(address, answer.clone());
  const deck = parsed(await answer.text());
  const voices = [...(deck?.querySelectorAll("[data-voix]") ?? [])].map((one) => one.getAttribute("data-voix"));
  for (const file of new Set([...voices, language.font])) await keepFile(cache, file);
  return deck;
}

/** A file whose address changes with its content: fetched once.
 *  @param {Cache} cache @param {string | null} address */
async function keepFile(cache, address) {
  if (!address || (await cache.match(address))) return;
  const answer = await fetch(address, { credentials: "same-origin" }).catch(() => null);
  if (answer?.ok && !answer.redirected) await cache.put(address, answer);
}

/** @param {any} language @returns {Promise<Element | null>} */
async function keptDeck(language) {
  const answer = await (await caches.open(KEPT)).match(addressOf(language));
  return answer ? parsed(await answer.text()) : null;
}

/** Our own server's page, whose texts it has escaped.
 *  @param {string} html */
const parsed = (html) => new DOMParser().parseFromString(html, "text/html").querySelector(".resident-deck");

/** @param {any} language @param {string | undefined} card */
async function showDeck(language, card) {
  const kept = await keptDeck(language);
  const deck = kept ?? (await fetched(language));
  if (!deck) {
    const view = copy("sans-carte");
    fill(view, { langue: language.french });
    return show(view, "Cartes en langues");
  }
  await useFont(language);
  const view = /** @type {HTMLElement} */ (document.importNode(deck, true));
  const cards = /** @type {HTMLElement[]} */ ([...view.querySelectorAll("[data-carte]")]);
  const rank = Math.max(0, cards.findIndex((one) => one.dataset.carte === card));
  for (const [index, one] of cards.entries()) one.hidden = index !== rank;
  const go = (/** @type {HTMLElement | undefined} */ to) => (location.hash = to ? `#cartes/${language.code}/${to.dataset.carte}` : "#cartes");
  at(view, "avant").addEventListener("click", () => go(cards[rank - 1]));
  at(view, "apres").addEventListener("click", () => go(cards[rank + 1]));
  at(view, "fermer").hidden = rank > 0;
  at(view, "precedent").hidden = rank === 0;
  at(view, "fin").hidden = rank < cards.length - 1;
  at(view, "suivant").hidden = rank === cards.length - 1;
  show(view, cards[rank].dataset.titre ?? "", `${rank + 1} sur ${cards.length} · ${language.french}`);
  document.dispatchEvent(new CustomEvent("cartes-montrees"));
  if (kept && rank === 0) fetched(language); // the next opening has what was reviewed since
}

/** The font kept with the language, for a phone that has none for its script.
 *  @param {any} language */
async function useFont(language) {
  const fonts = /** @type {any} */ (document.fonts);
  if (!language.font || [...fonts].some((one) => one.family === language.font_name && one.status === "loaded")) return;
  const answer = await (await caches.open(KEPT)).match(language.font);
  if (!answer) return;
  const font = new FontFace(language.font_name, await answer.arrayBuffer());
  await font.load().then(() => fonts.add(font), () => undefined); // the phone's own font stays
}
