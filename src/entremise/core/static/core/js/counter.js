/* Shows the − and + buttons of a counter and makes them work; the number can still be typed. */
import { say } from "./announce.js";

function bounded(input, value) {
  const min = input.min === "" ? -Infinity : Number(input.min);
  const max = input.max === "" ? Infinity : Number(input.max);
  return Math.min(max, Math.max(min, value));
}

export function enhanceCounters(root) {
  for (const counter of root.querySelectorAll("[data-counter]:not([data-ready])")) {
    counter.dataset.ready = "";
    const input = counter.querySelector("input");
    const label = input.labels?.[0]?.firstChild?.textContent.trim() ?? "";
    for (const button of counter.querySelectorAll("button[data-step]")) {
      button.hidden = false;
      button.disabled = input.disabled;
      if (label) button.setAttribute("aria-label", `${button.getAttribute("aria-label")} : ${label}`);
      button.addEventListener("click", () => {
        const current = Number.parseInt(input.value, 10);
        const next = bounded(input, (Number.isNaN(current) ? 0 : current) + Number(button.dataset.step));
        input.value = String(next);
        input.dispatchEvent(new Event("input", { bubbles: true }));
        input.dispatchEvent(new Event("change", { bubbles: true }));
        say(`${label} ${next}`.trim());
      });
    }
  }
}
