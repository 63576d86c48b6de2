/* Says in the live region what a fragment changed: the server sends HX-Trigger: {"annonce": "Contact ajouté"}. */

let clearing;

export function say(text) {
  const region = document.getElementById("annonces");
  if (!region || !text) return;
  region.textContent = "";
  // Two identical announcements in a row are read twice only if the region was empty in between.
  requestAnimationFrame(() => { region.textContent = text; });
  clearTimeout(clearing);
  clearing = setTimeout(() => { region.textContent = ""; }, 10000);
}

export function announce() {
  document.addEventListener("annonce", (event) => {
    const detail = event.detail ?? {};
    say(typeof detail === "string" ? detail : (detail.value ?? ""));
  });
}
