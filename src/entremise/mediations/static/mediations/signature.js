/* A signature drawn with a finger, a pen or a mouse. Without scripts, or without that gesture, paper and voice remain. */

const MOST = 4000; // points: beyond, what is drawn is no longer kept
const WIDTH = 600;
const HEIGHT = 200;

/** @param {HTMLElement} pad */
function prepare(pad) {
  const form = /** @type {HTMLFormElement} */ (pad.closest("form"));
  const canvas = /** @type {HTMLCanvasElement} */ (pad.querySelector("canvas"));
  const kept = /** @type {HTMLInputElement} */ (form.querySelector("[data-ici=trace]"));
  const state = /** @type {HTMLElement} */ (pad.querySelector("[data-etat]"));
  const pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  /** @type {[number, number][][]} */
  let strokes = read(kept.value);

  const write = () => {
    kept.value = strokes.map((points) => points.map((point) => point.join(",")).join(" ")).join(";");
    canvas.setAttribute("aria-label", strokes.length ? "Cadre de signature, signé" : "Cadre de signature, vide");
    state.textContent = strokes.length ? "Signature tracée." : "";
  };
  const draw = () => {
    pen.clearRect(0, 0, WIDTH, HEIGHT);
    pen.strokeStyle = getComputedStyle(canvas).color;
    pen.lineWidth = 3;
    pen.lineCap = pen.lineJoin = "round";
    for (const points of strokes) {
      pen.beginPath();
      for (const [x, y] of points) pen.lineTo(x, y);
      pen.stroke();
    }
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    strokes.push([place(canvas, event)]);
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId) || strokes.flat().length >= MOST) return;
    /** @type {[number, number][]} */ (strokes.at(-1)).push(place(canvas, event));
    draw();
  });
  canvas.addEventListener("pointerup", write);
  canvas.addEventListener("pointercancel", write);
  /** @type {HTMLButtonElement} */ (pad.querySelector("[data-effacer]")).addEventListener("click", () => {
    strokes = [];
    draw();
    write();
  });
  const offer = () => {
    const chosen = /** @type {HTMLInputElement | null} */ (form.querySelector("input[name=manner]:checked"));
    pad.hidden = chosen?.value !== "ecran";
    if (!pad.hidden) draw();
  };
  form.addEventListener("change", offer);
  offer();
  write();
}

/** Where the pointer is, in the frame of the drawing. @param {HTMLCanvasElement} canvas @param {PointerEvent} event @returns {[number, number]} */
function place(canvas, event) {
  const box = canvas.getBoundingClientRect();
  const within = (/** @type {number} */ part, /** @type {number} */ whole) => Math.round(Math.min(1, Math.max(0, part)) * whole);
  return [within((event.clientX - box.left) / box.width, WIDTH), within((event.clientY - box.top) / box.height, HEIGHT)];
}

/** What a refused page gave back. @param {string} text @returns {[number, number][][]} */
function read(text) {
  return text ? text.split(";").map((stroke) => stroke.split(" ").map((point) => /** @type {[number, number]} */ (point.split(",").map(Number)))) : [];
}

for (const pad of document.querySelectorAll("[data-signature]")) prepare(/** @type {HTMLElement} */ (pad));
