/* A form beyond what the server reads is not sent: the server would answer without reading, and the words would be lost. */

const encoder = new TextEncoder();

// What a text weighs once sent: a form writes most signs as %XX, and a line break as two of them.
function weight(text) {
  const breaks = text.split("\n").length - 1;
  return new URLSearchParams([["", text]]).toString().length + 3 * breaks;
}

function weigh(form) {
  const multipart = form.enctype === "multipart/form-data";
  let total = 0;
  let longest = { name: "", size: 0 };
  for (const [name, value] of new FormData(form)) {
    if (typeof value !== "string") continue; // files have their own limit
    const size = multipart ? encoder.encode(value).length + 200 : weight(value);
    total += size + name.length + 2;
    if (size > longest.size) longest = { name, size };
  }
  return { total, longest: longest.name };
}

function labelOf(form, name) {
  const field = form.elements[name];
  return field?.labels?.[0]?.textContent.trim().split("\n")[0].trim() ?? "";
}

/* Null when the form can be sent, else the words to show and the field to shorten. */
export function tooLong(form) {
  const limit = Number(document.body.dataset.limit);
  if (!limit || form.method !== "post") return null;
  const { total, longest } = weigh(form);
  if (total <= limit) return null;
  const label = labelOf(form, longest);
  return {
    field: form.elements[longest],
    words: `Ce formulaire est trop long pour être envoyé : rien n’est parti, et ce que vous avez écrit est encore dans la page. Raccourcissez ${label ? `« ${label} »` : "le texte le plus long"}, puis envoyez de nouveau.`,
  };
}
