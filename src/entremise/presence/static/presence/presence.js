/* Counting and the running log. Without this file every button still works, with a full page. */

// A tap has a name of its own, so that the same request sent twice counts once and two quick taps count twice.
document.addEventListener("htmx:configRequest", (event) => {
  if (event.detail.elt.matches?.("form[data-tap]")) event.detail.parameters.token = name();
});

function name() {
  if (globalThis.crypto?.randomUUID) return crypto.randomUUID();
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`;
}

// The log is not asked for while nobody looks, nor replaced under the hand of someone who uses it.
document.addEventListener("htmx:beforeRequest", (event) => {
  const log = event.detail.elt;
  if (log.id !== "journal" || event.detail.requestConfig.triggeringEvent) return;
  if (document.hidden || inUse(log)) event.preventDefault();
});

// What has a name of its own gets the focus back after the swap; a fold someone has opened would close.
function inUse(log) {
  const held = document.activeElement;
  return held !== log && log.contains(held) && (!held.id || held.closest("details[open]") !== null);
}

// A session that ended sends the sign-in page: it must not take the place of the log.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.target?.id !== "journal") return;
  if (!event.detail.xhr.responseURL.includes("/nouveautes")) event.detail.shouldSwap = false;
});
