/* The page of an act: the summary of the first fold follows what was chosen in it. Nothing needs it. */

const form = document.querySelector("form.act-form");
const where = ["site_id", "occurred_at", "second_author_id"];

function chosen(name) {
  const select = form.elements[name];
  const option = select?.selectedOptions?.[0];
  return option?.value ? option.text.trim() : "";
}

function hour() {
  const typed = form.elements.occurred_at?.value ?? "";
  const [day, time] = typed.split("T");
  if (!time) return typed;
  const today = new Date();
  const local = new Date(today.getTime() - today.getTimezoneOffset() * 60000).toISOString().slice(0, 10);
  return day === local ? time.slice(0, 5) : `${day.split("-").reverse().join("/")}, ${time.slice(0, 5)}`;
}

function rewrite() {
  const summary = form.querySelector("details.fold > summary");
  const colleague = chosen("second_author_id");
  const parts = [chosen("site_id"), hour(), colleague && `avec ${colleague}`, chosen("team_id")];
  summary.textContent = parts.filter(Boolean).join(" · ") || "Où, quand, avec qui";
}

// The form listens for its fields: choosing another team puts new ones in their place.
form?.addEventListener("change", (event) => {
  if (where.includes(event.target.name)) rewrite();
});
