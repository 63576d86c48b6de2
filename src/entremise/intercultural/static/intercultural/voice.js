/* The button that reads a card aloud: the device's own voice, where it has one for this very language. No other. */

/** @type {SpeechSynthesisUtterance | null} */
let speaking = null;

/** Only voices that stay on the device: what is read must not leave it. @param {string} lang */
function localVoice(lang) {
  const wanted = lang.toLowerCase();
  return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === wanted);
}

/** Show the buttons that have a voice. @param {ParentNode} root */
export function offer(root) {
  if (!("speechSynthesis" in window)) return;
  for (const button of root.querySelectorAll("[data-ecouter]")) {
    const place = /** @type {HTMLElement} */ (button.parentElement);
    const lang = button.closest("[lang]")?.getAttribute("lang") ?? "";
    place.hidden = !localVoice(lang);
  }
}

/** @param {HTMLElement} button */
function listen(button) {
  const stopped = button.dataset.label ?? button.textContent ?? "";
  if (speaking) {
    speechSynthesis.cancel();
    return;
  }
  const lang = button.closest("[lang]")?.getAttribute("lang") ?? "";
  const words = new SpeechSynthesisUtterance(button.dataset.ecouter ?? "");
  const voice = localVoice(lang);
  if (!voice) return;
  words.voice = voice;
  words.lang = voice.lang;
  words.rate = 0.9;
  button.dataset.label = stopped;
  words.onend = words.onerror = () => {
    speaking = null;
    button.textContent = stopped;
  };
  button.textContent = button.dataset.arreter ?? stopped;
  speaking = words;
  speechSynthesis.speak(words);
}

document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-ecouter]"));
  if (button) listen(button);
});
addEventListener("pagehide", () => "speechSynthesis" in window && speechSynthesis.cancel());
if ("speechSynthesis" in window) speechSynthesis.addEventListener?.("voiceschanged", () => offer(document));
offer(document);
