/* Is the session still open, for the same person? Fresh tokens come back with the answer. */

export async function checkSession() {
  const { session, who } = document.body.dataset;
  const response = await fetch(session, { redirect: "manual", cache: "no-store", headers: { Accept: "application/json" } });
  if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return "closed";
  if (!response.ok) throw new Error(`session: ${response.status}`);
  const answer = await response.json();
  renew(answer.csrf);
  return answer.who === who ? "open" : "other";
}

// Signing in again, in another tab, changed the token that this page holds.
function renew(token) {
  for (const input of document.querySelectorAll('input[name="csrfmiddlewaretoken"]')) input.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}
