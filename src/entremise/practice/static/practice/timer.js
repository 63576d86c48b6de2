// The time left in a phase, said beside the hour the server gave; without scripts the hour is enough.

const WARN = 60;

function left(element) {
  return Math.round((new Date(element.dataset.until) - Date.now()) / 1000);
}

function show(element) {
  const seconds = left(element);
  const over = seconds < 0;
  const minutes = Math.floor(Math.abs(seconds) / 60);
  const rest = String(Math.abs(seconds) % 60).padStart(2, "0");
  element.textContent = over ? `dépassé de ${minutes}:${rest}` : `encore ${minutes}:${rest}`;
  element.classList.toggle("practice-late", seconds < WARN);
}

setInterval(() => {
  for (const element of document.querySelectorAll("[data-until]")) show(element);
}, 1000);
