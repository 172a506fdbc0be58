"use strict";
// A slot that is dropped on another day opens its own form with that day, tried by all the rules;
// nothing is saved before the button. By keyboard the same form is the link of the slot.
const board = document.querySelector("[data-board]");
let held = "";
const dayOf = (e) => held && e.target.closest("[data-onto]");
board?.addEventListener("dragstart", (e) => {
  held = e.target.closest("[data-slot]")?.dataset.slot || "";
  if (held) e.dataTransfer.effectAllowed = "move";
});
board?.addEventListener("dragover", (e) => { if (dayOf(e)) e.preventDefault(); });
board?.addEventListener("dragenter", (e) => dayOf(e)?.classList.add("drop-here"));
board?.addEventListener("dragleave", (e) => {
  const day = dayOf(e);
  if (day && !day.contains(e.relatedTarget)) day.classList.remove("drop-here");
});
board?.addEventListener("drop", (e) => {
  const day = dayOf(e);
  if (!day) return;
  e.preventDefault();
  location.assign(`?${new URLSearchParams({ slot: held, day: day.dataset.onto })}#slot-form`);
});
