/* Focus is never lost after a fragment swap, and an error summary is read first. */

function lost() {
  return !document.activeElement || document.activeElement === document.body || !document.activeElement.isConnected;
}

function rest(region) {
  take(region.querySelector("[data-focus-first], h1, h2, h3, legend") ?? region);
}

function take(place, options) {
  place.focus(options);
  if (document.activeElement === place) return;
  place.setAttribute("tabindex", "-1"); // a line or a heading takes the focus only when told so
  place.focus(options);
}

export function keepFocus() {
  let held, had;
  document.addEventListener("htmx:beforeSwap", () => {
    had = !lost(); // a panel that loads by itself must not take a focus that nobody had placed
    held = document.activeElement?.id ?? "";
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    const region = event.detail.target?.isConnected ? event.detail.target : event.detail.elt;
    const summary = region?.querySelector?.("[data-focus-first]");
    if (summary) return rest(region);
    if (!had || !lost()) return;
    const same = held && document.getElementById(held);
    if (same) take(same, { preventScroll: true });
    else if (region?.isConnected) rest(region);
  });
  document.querySelector("main [data-focus-first]")?.focus();
}

// A browser stops once per group of radios: answers unfolded from the keyboard would be jumped over.
export function enterUnfoldedAnswers() {
  document.addEventListener("toggle", (event) => {
    const fold = event.target;
    if (!fold.open || !fold.matches("fieldset .chips-more")) return;
    if (document.activeElement === fold.querySelector("summary:focus-visible")) fold.querySelector("input[type=radio]")?.focus();
  }, true);
}
