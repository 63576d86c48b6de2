/* Keeps the notebook whole on the phone. A new version waits until nobody is writing: the page says when. */
const VERSION = "{{ version }}";
const CACHE = `carnet-${VERSION}`;
const SHELL = "{% url 'notebook:shell' %}";
const FILES = [{% for file in files %}"{{ file|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];

self.addEventListener("install", (event) => {
  event.waitUntil(keep());
});

// All of it or nothing: a shell without its scripts would open on a blank page in a lift.
// One that is already in use under the same version is left as it is.
async function keep() {
  const isInUse = await caches.has(CACHE);
  const cache = await caches.open(CACHE);
  try {
    await cache.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
    await keepShell(cache);
  } catch (error) {
    if (!isInUse) await caches.delete(CACHE);
    throw error;
  }
}

async function keepShell(cache) {
  const page = await fetch(SHELL, { credentials: "same-origin", cache: "no-store" });
  if (!page.ok || page.redirected || new URL(page.url).pathname !== SHELL) throw new Error("the shell did not answer");
  await cache.put(SHELL, page);
}

self.addEventListener("activate", (event) => {
  event.waitUntil(tidy());
});

async function tidy() {
  for (const name of await caches.keys()) if (name.startsWith("carnet-") && name !== CACHE) await caches.delete(name);
  await self.clients.claim();
}

// The page asks for it, when no form is being filled in; a cold start does it too, having no page yet.
self.addEventListener("message", (event) => {
  if (event.data === "activate") event.waitUntil(self.skipWaiting());
  if (event.data === "refresh") event.waitUntil(refresh(event.ports[0]));
});

// Another member has signed in: the forms kept are those of somebody else's teams.
async function refresh(port) {
  try {
    await keepShell(await caches.open(CACHE));
    port.postMessage("kept");
  } catch {
    port.postMessage("not kept");
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== location.origin) return;
  if (request.mode === "navigate") {
    if (address.pathname === SHELL) event.respondWith(kept(SHELL));
    return;
  }
  if (FILES.includes(address.pathname)) event.respondWith(kept(address.pathname, request));
});

async function kept(path, request = path) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
