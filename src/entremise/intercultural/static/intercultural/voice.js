/* The button that reads a card aloud: a recorded voice where there is one, else the device's own, on the device alone. */

const KEPT = "cartes-gardees"; // where the notebook keeps the cards of the languages it carries
/** What stops the reading under way. @type {(() => void) | null} */
let stop = null;

/** Only voices that stay on the device: what is read must not leave it. @param {string} lang */
function localVoice(lang) {
  if (!("speechSynthesis" in window)) return undefined;
  return speechSynthesis.getVoices().find((voice) => voice.localService && voice.lang.toLowerCase().split(/[-_]/)[0] === lang);
}

/** @param {Element} button */
const languageOf = (button) => (button.closest("[lang]")?.getAttribute("lang") ?? "").toLowerCase();

/** Show the buttons that have something to play. */
function offer() {
  for (const button of document.querySelectorAll("[data-ecouter]")) {
    const place = /** @type {HTMLElement} */ (button.parentElement);
    place.hidden = !button.hasAttribute("data-voix") && !localVoice(languageOf(button));
  }
}

/** @param {HTMLElement} button */
async function listen(button) {
  if (stop) return stop();
  const label = button.textContent ?? "";
  const ended = () => {
    stop = null;
    button.textContent = label;
  };
  const recorded = button.dataset.voix;
  stop = recorded ? await playRecorded(recorded, ended) : speak(button, ended);
  if (stop) button.textContent = button.dataset.arreter ?? label;
}

/** Kept on the phone or fetched; played from memory, so that it needs no network. @param {string} address @param {() => void} ended */
async function playRecorded(address, ended) {
  const kept = "caches" in window ? await caches.match(address, { cacheName: KEPT }) : undefined;
  const answer = kept ?? (await fetch(address).catch(() => null));
  if (!answer?.ok) return null;
  const context = new AudioContext();
  const finished = () => {
    context.close();
    ended();
  };
  try {
    const source = new AudioBufferSourceNode(context, { buffer: await context.decodeAudioData(await answer.arrayBuffer()) });
    source.connect(context.destination);
    source.onended = finished;
    source.start();
    return () => source.stop();
  } catch {
    context.close(); // a recording this browser cannot read: the text stays
    return null;
  }
}

/** @param {HTMLElement} button @param {() => void} ended */
function speak(button, ended) {
  const voice = localVoice(languageOf(button));
  if (!voice) return null;
  const words = new SpeechSynthesisUtterance(button.dataset.ecouter ?? "");
  words.voice = voice;
  words.lang = voice.lang;
  words.rate = 0.9;
  words.onend = words.onerror = ended;
  speechSynthesis.speak(words);
  return () => speechSynthesis.cancel();
}

document.addEventListener("click", (event) => {
  const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-ecouter]"));
  if (button) listen(button);
});
document.addEventListener("cartes-montrees", offer);
addEventListener("pagehide", () => stop?.());
addEventListener("hashchange", () => stop?.());
if ("speechSynthesis" in window) speechSynthesis.addEventListener?.("voiceschanged", offer);
offer();
