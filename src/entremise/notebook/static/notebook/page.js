/* Templates of the shell, filled with text and never with markup. */

/* A view takes a moment to prepare. One that was begun before the person wrote in the view it would replace is late:
   what they have just written stays. */
/** @type {WeakMap<HTMLElement, number>} */
const begun = new WeakMap();
let written = -1;
let shownAt = "";
document.addEventListener("input", () => { written = performance.now(); });

/** @param {string} id @returns {HTMLElement} a copy of the only element of a template */
export function copy(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(`modele-${id}`));
  const view = /** @type {HTMLElement} */ (/** @type {DocumentFragment} */ (template.content.cloneNode(true)).firstElementChild);
  begun.set(view, performance.now());
  return view;
}

/** The places of a piece of page, by their `data-ici`.
 *  @param {ParentNode} root @param {string} name @returns {HTMLElement} */
export function at(root, name) {
  const found = root.querySelector(`[data-ici="${name}"]`);
  if (!found) throw new Error(`no place named ${name}`);
  return /** @type {HTMLElement} */ (found);
}

/** @param {ParentNode} root @param {Record<string, string>} texts */
export function fill(root, texts) {
  for (const [name, text] of Object.entries(texts)) at(root, name).textContent = text;
}

/** @param {{kind: string, words: string}} state @returns {HTMLElement} */
export function mark(state) {
  const made = copy(`etat-${state.kind}`);
  at(made, "etiquette").textContent = state.words;
  return made;
}

/** Say something to screen readers.
 *  @param {string} words */
export function announce(words) {
  const place = document.getElementById("annonces");
  if (place) place.textContent = words;
}

/**
 * Do what a tap asks, once until it is done. What could not be saved is said (app.js listens).
 *
 * @param {HTMLElement} button @param {() => Promise<void>} gesture
 */
export function onTap(button, gesture) {
  let busy = false;
  button.addEventListener("click", async () => {
    if (busy) return; // a double tap
    busy = true;
    await orSayWhy(gesture());
    busy = false;
  });
}

/** @param {Promise<void>} saving */
export async function orSayWhy(saving) {
  try {
    await saving;
  } catch (error) {
    dispatchEvent(new CustomEvent("carnet-refus", { detail: error }));
  }
}

/** @param {HTMLElement} view @param {string} title @param {string} [under] */
export function show(view, title, under = "") {
  if (shownAt === location.hash && (begun.get(view) ?? Infinity) < written) return;
  written = -1;
  shownAt = location.hash;
  document.getElementById("vue")?.replaceChildren(view);
  const heading = /** @type {HTMLElement} */ (document.getElementById("titre"));
  heading.textContent = title;
  document.title = `${title} · Le carnet · Entremise`;
  const line = document.getElementById("sous-titre");
  if (line) line.textContent = under;
}

/**
 * Say errors beside their fields, the folds that hide them open; the first one is focused unless it is said on arrival.
 *
 * @param {HTMLElement} form @param {Record<string, string[]>} errors @param {{focus?: boolean}} how
 */
export function refuse(form, errors, { focus = true } = {}) {
  for (const old of form.querySelectorAll(".error[data-du-carnet]")) old.remove();
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  /** @type {HTMLElement | null} */
  let first = null;
  for (const [name, sentences] of Object.entries(errors)) {
    const field = /** @type {HTMLElement | null} */ (form.querySelector(`[name="${CSS.escape(name)}"]:not([type="hidden"])`));
    const said = document.createElement("p");
    said.className = "error";
    said.dataset.duCarnet = "";
    said.id = `erreur-${name || "formulaire"}`;
    said.textContent = sentences.join(" ");
    (field?.closest(".field, fieldset") ?? form).prepend(said);
    field?.setAttribute("aria-invalid", "true");
    field?.setAttribute("aria-describedby", said.id);
    for (let fold = field?.closest("details"); fold; fold = fold.parentElement?.closest("details")) fold.open = true;
    first ??= field;
  }
  if (focus) first?.focus();
}

const OF_A_TEAM = "modele-champs-intervention-";

/** The member's teams: the shell holds a form of the act for each, in their order.
 *  @returns {string[]} */
export function ownTeams() {
  const forms = document.querySelectorAll(`template[id^="${OF_A_TEAM}"]`);
  return [...forms].map((form) => form.id.slice(OF_A_TEAM.length));
}
