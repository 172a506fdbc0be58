"use strict";
// Which questions apply is decided by the server at each save; this shows its answer at once.
document.addEventListener("htmx:afterSwap", () => {
  const live = document.getElementById("form-live");
  const applying = new Set((live?.dataset.applying || "").split(" "));
  document.querySelectorAll("[data-question]").forEach((q) => { q.hidden = !applying.has(q.dataset.question); });
  document.querySelectorAll("[data-group]").forEach((g) => { g.hidden = !g.querySelector("[data-question]:not([hidden])"); });
});

// The page is being left by its own button: what is sent now is all, no autosave may come after it.
let leaving = false;
addEventListener("pageshow", () => { leaving = false; });
document.addEventListener("submit", (event) => { leaving ||= event.target.matches("[data-answers]"); });
document.addEventListener("htmx:beforeRequest", (event) => {
  if (leaving && event.target.matches("[data-answers]")) event.preventDefault();
});
