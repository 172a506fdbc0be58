"use strict";
// Which questions apply is decided by the server at each save; this shows its answer at once.
document.addEventListener("htmx:afterSwap", () => {
  const live = document.getElementById("form-live");
  const applying = new Set((live?.dataset.applying || "").split(" "));
  document.querySelectorAll("[data-question]").forEach((q) => { q.hidden = !applying.has(q.dataset.question); });
  document.querySelectorAll("[data-group]").forEach((g) => { g.hidden = !g.querySelector("[data-question]:not([hidden])"); });
});
