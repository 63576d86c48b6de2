/* Puts a filtering text box above a long list. The list stays the field: without scripts it is all there is. */
import { say } from "./announce.js";

const LONG = 12;

function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

export function enhanceSearchSelects(root) {
  for (const holder of root.querySelectorAll("[data-search-select]:not([data-ready])")) {
    holder.dataset.ready = "";
    const select = holder.querySelector("select");
    if (select.options.length <= LONG) continue;
    // Removed and put back rather than hidden: some browsers show hidden options.
    const all = [...select.children].map((node) => ({ node, options: node.tagName === "OPTGROUP" ? [...node.children] : null }));
    const box = document.createElement("input");
    box.type = "search";
    box.autocomplete = "off";
    box.placeholder = "Quelques lettres pour raccourcir la liste";
    const label = select.labels?.[0]?.firstChild?.textContent.trim() ?? "";
    box.setAttribute("aria-label", `Raccourcir la liste : ${label}`);
    holder.prepend(box);
    box.addEventListener("input", () => say(narrow(select, all, box.value)));
    box.addEventListener("keydown", (event) => {
      if (event.key === "Enter") { event.preventDefault(); select.focus(); }
    });
  }
}

function narrow(select, all, typed) {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const chosen = select.value;
  const keeps = (option) => option.value === "" || option.value === chosen || words.every((word) => folded(option.text).includes(word));
  let count = 0;
  for (const { node, options } of all) {
    if (options) {
      const kept = options.filter(keeps);
      node.replaceChildren(...kept);
      count += kept.length;
    } else if (keeps(node)) count += node.value === "" ? 0 : 1;
  }
  select.replaceChildren(...all.filter(({ node, options }) => (options ? node.children.length : keeps(node))).map(({ node }) => node));
  select.value = chosen;
  return `${count} possibilité${count > 1 ? "s" : ""}`;
}
