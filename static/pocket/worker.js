// @ts-nocheck: it runs where no page is
/* Keeps the pocket edition for when there is no network. A new build brings another version of this file. */
const NAME = "lossopt VERSION";
const PAGES = "PAGES";
const [CORE, LATER] = [["./", "manifest.webmanifest", "logo.svg", ..."CORE"], [...PAGES.filter((page) => page !== "./"), ..."LATER"]];

addEventListener("install", (event) => {
  event.waitUntil(caches.open(NAME).then((cache) => cache.addAll(CORE.map((name) => (name === "./" ? new Request(name, { cache: "reload" }) : name)))).then(() => skipWaiting()));
});

addEventListener("activate", (event) => {
  const old = caches.keys().then((names) => Promise.all(names.filter((name) => name.startsWith("lossopt ") && name !== NAME).map((name) => caches.delete(name))));
  event.waitUntil(old.then(() => clients.claim()));
});

/* What nobody has asked for yet comes one by one, once the page has nothing else to do. */
addEventListener("message", (event) => {
  if (event.data === "all") event.waitUntil(keepAll());
});

async function keepAll() {
  const cache = await caches.open(NAME);
  for (const name of LATER) {
    if (await cache.match(name)) continue;
    try {
      await cache.add(name.endsWith("/") ? new Request(name, { cache: "reload" }) : name);
    } catch {
      return; // no network, or no room: what is there stays
    }
  }
}

addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  const page = PAGES.find((each) => addressesOf(each).includes(pathname));
  if (request.mode === "navigate") event.respondWith(page ? newest(request, page) : fetch(request));
  else event.respondWith(kept(request));
});

/** A page's own address, and others that hosts take for it. */
function addressesOf(page) {
  const { pathname } = new URL(page, location.href);
  return [pathname, `${pathname}index.html`, pathname.slice(0, -1)];
}

/** A page itself: the newest, and without a network the one that is kept. */
async function newest(request, page) {
  try {
    const answer = await fetch(request);
    if (answer.ok || answer.type === "opaqueredirect") return answer;
  } catch {
    // no network
  }
  const { pathname, search } = new URL(request.url);
  if (!pathname.startsWith(addressesOf(page)[0])) return Response.redirect(new URL(page + search, location.href)); // its own addresses are relative
  return (await caches.match(page, { cacheName: NAME })) ?? Response.error();
}

/** Files have their version in their address. */
async function kept(request) {
  const known = await caches.match(request, { cacheName: NAME, ignoreSearch: true });
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) {
    const copy = answer.clone();
    caches.open(NAME).then((cache) => cache.put(request, copy)).catch(() => {}); // no room
  }
  return answer;
}
