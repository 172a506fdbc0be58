"use strict";
// The page itself stays on the device for when there is no line: the worker named on it keeps it with its files.
(() => {
  const place = document.querySelector("[data-worker]");
  if (!place || !("serviceWorker" in navigator)) return;
  const files = () => performance.getEntriesByType("resource").map((entry) => entry.name).filter((url) => new URL(url).origin === location.origin && /\.(css|js|woff2|svg)(\?|$)/.test(url) && !url.includes(place.dataset.worker));
  (async () => {
    try {
      await navigator.serviceWorker.register(place.dataset.worker);
      const ready = await navigator.serviceWorker.ready;
      ready.active.postMessage({ keep: [location.origin + location.pathname, ...files()] });
    } catch { /* a browser that keeps nothing: what was written is kept all the same */ }
  })();
})();
