"use strict";{% load static %}
// Pages of attendance and of a visit without a line: the last one seen of each, for half a day, on this device only.
const KEPT = "attendance", FILES = "{% get_static_prefix %}", PAGE = /^\/(sessions\/\d+|visits\/\d+\/checklist)\/$/, LONGEST = 12 * 3600 * 1000;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (e) => e.waitUntil(self.clients.claim()));
self.addEventListener("message", (e) => { if (e.data && e.data.keep) e.waitUntil(keep(e.data.keep)); });
self.addEventListener("fetch", (e) => {
  const url = new URL(e.request.url);
  if (e.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (e.request.mode === "navigate" && PAGE.test(url.pathname)) e.respondWith(page(e.request, url.pathname));
  else if (url.pathname.startsWith(FILES)) e.respondWith(file(e.request));
});

async function keep(addresses) {
  const cache = await caches.open(KEPT);
  await Promise.all(addresses.map(async (address) => {
    const answer = await fetch(address, { credentials: "same-origin" });
    if (answer.ok && !answer.redirected) await cache.put(new URL(address).pathname, answer);
  }));
}

async function page(request, path) {
  const cache = await caches.open(KEPT);
  let answer;
  try {
    answer = await fetch(request);
  } catch (lost) {
    const kept = await cache.match(path);
    if (kept && Date.now() - Date.parse(kept.headers.get("Date")) < LONGEST) return kept;
    throw lost;
  }
  // a page that is no longer theirs, or no longer there, is forgotten
  if (answer.type === "opaqueredirect" || answer.status === 404) await cache.delete(path);
  else if (answer.ok) await cache.put(path, answer.clone());
  return answer;
}

async function file(request) {
  try {
    return await fetch(request);
  } catch (lost) {
    const kept = await caches.match(new URL(request.url).pathname);
    if (kept) return kept;
    throw lost;
  }
}
