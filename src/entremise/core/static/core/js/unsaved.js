/* Nothing typed is lost: a long form asks whether the session is still open before it leaves the page,
   a refused or interrupted sending says so and keeps every word, a form marked data-unsaved is not left by accident. */
import { checkSession } from "./session.js";
import { tooLong } from "./size.js";

const KEPT = "Ce que vous avez écrit est encore dans la page.";
const WORDS = {
  closed: `Votre session est fermée. ${KEPT} Connectez-vous dans un nouvel onglet, revenez ici, puis envoyez de nouveau.`,
  other: `Une autre personne ou une autre organisation est maintenant ouverte dans ce navigateur. ${KEPT} Revenez à votre compte dans un autre onglet, puis envoyez de nouveau.`,
  network: `Pas de réseau, rien n’est parti. ${KEPT} Envoyez de nouveau quand le réseau revient.`,
  refused: `L’enregistrement n’a pas abouti. ${KEPT} Envoyez de nouveau dans un instant.`,
};

function note(kind, words = WORDS[kind]) {
  const box = document.createElement("div");
  box.className = "note danger";
  box.dataset.sending = kind;
  box.setAttribute("role", "alert");
  const text = document.createElement("p");
  text.textContent = words;
  box.append(text);
  if (kind === "closed" && document.body.dataset.signIn) {
    const link = document.createElement("a");
    link.href = document.body.dataset.signIn;
    link.target = "_blank";
    link.textContent = "Se connecter (nouvel onglet)";
    text.append(" ", link);
  }
  return box;
}

function clear(which = "") {
  for (const old of document.querySelectorAll(`[data-sending]${which}`)) old.remove();
}

function warnBeside(place, kind, words) {
  clear();
  const box = note(kind, words);
  place.before(box);
  box.scrollIntoView({ block: "nearest" });
  return box;
}

function warn(kind) {
  const region = document.getElementById("messages");
  if (region) warnBeside(region, kind).dataset.fragment = "";
}

function besideButton(form, submitter) {
  return submitter?.closest("form > *") ?? form.lastElementChild;
}

function isLong(form) {
  return form.method === "post" && form.closest("main") && (form.hasAttribute("data-unsaved") || form.querySelector("textarea"));
}

const checked = new WeakSet();
const waiting = new WeakSet();

async function send(form, submitter) {
  let state;
  try {
    state = await checkSession();
  } catch {
    state = "network";
  }
  waiting.delete(form);
  if (state !== "open") {
    warnBeside(besideButton(form, submitter), state);
    return;
  }
  clear();
  checked.add(form);
  form.requestSubmit(submitter);
  checked.delete(form);
}

function guardSending(touched) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented) return;
    const excess = tooLong(form);
    if (excess) {
      event.preventDefault();
      warnBeside(besideButton(form, event.submitter), "long", excess.words);
      excess.field?.focus?.({ preventScroll: true });
      return;
    }
    if (checked.has(form) || !document.body.dataset.session || !isLong(form)) {
      touched.delete(form);
      return;
    }
    event.preventDefault();
    if (waiting.has(form)) return; // a second tap while the first one is being checked
    waiting.add(form);
    send(form, event.submitter);
  });
}

function guardLeaving(touched) {
  document.addEventListener("input", (event) => {
    const form = event.target.closest?.("form[data-unsaved]");
    if (form) touched.add(form);
  });
  window.addEventListener("beforeunload", (event) => {
    if ([...touched].some((form) => form.isConnected)) event.preventDefault();
  });
}

function isSignIn(address) {
  const { signIn } = document.body.dataset;
  return signIn && address && new URL(address, location.href).pathname === signIn;
}

function guardFragments(touched) {
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { xhr } = event.detail;
    if (isSignIn(xhr.responseURL)) { // the sign-in page would replace the form
      event.detail.shouldSwap = false;
      warn("closed");
    } else if (xhr.status < 400) {
      const { elt, verb } = event.detail.requestConfig;
      touched.delete(elt);
      clear(verb === "get" ? "[data-fragment]" : ""); // news that come by themselves leave what a form was told
    }
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = event.target.closest?.("form");
    const excess = form && event.detail.requestConfig.verb !== "get" && tooLong(form);
    if (!excess) return;
    event.preventDefault();
    warnBeside(besideButton(form), "long", excess.words);
  });
  document.addEventListener("htmx:responseError", (event) => {
    const refused = [401, 403].includes(event.detail.xhr.status);
    warn(refused ? "closed" : "refused");
    if (refused && document.body.dataset.session) checkSession().then((state) => warn(state === "open" ? "refused" : state), () => warn("network"));
  });
  document.addEventListener("htmx:sendError", () => warn("network"));
}

export function guardUnsaved() {
  const touched = new Set();
  guardSending(touched);
  guardLeaving(touched);
  guardFragments(touched);
}
