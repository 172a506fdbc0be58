// Units of a syllabus: order by buttons, keyboard and drag; the numbers of the form follow
"use strict";
(() => {
  const list = document.querySelector("[data-units]");
  if (!list) return;
  const form = list.closest("form"), live = form.querySelector("[data-units-live]");
  const total = form.querySelector("[name$=TOTAL_FORMS]"), fresh = form.querySelector("[data-units-new]");
  const part = (li, name) => li.querySelector(`[name$="-${name}"]`);
  const shown = () => [...list.children].filter((li) => !li.hidden);
  const named = (li) => part(li, "title").value.trim() || "Νέα ενότητα";
  const number = () => {
    const rows = shown();
    rows.forEach((li, i) => {
      const written = part(li, "title").value.trim() || part(li, "hours").value.trim();
      part(li, "ORDER").value = written ? i + 1 : "";
      li.querySelector("[data-units-n]").textContent = i + 1;
      li.querySelector("[data-up]").disabled = i === 0;
      li.querySelector("[data-down]").disabled = i === rows.length - 1;
      li.querySelector("[data-up]").setAttribute("aria-label", `Πιο πάνω: ${named(li)}`);
      li.querySelector("[data-down]").setAttribute("aria-label", `Πιο κάτω: ${named(li)}`);
    });
  };
  const changed = (text) => {
    number();
    live.textContent = text;
    total.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const moved = (li) => changed(`${named(li)}: θέση ${shown().indexOf(li) + 1} από ${shown().length}`);
  const beside = (li, by) => shown()[shown().indexOf(li) + by];
  list.addEventListener("click", (e) => {
    const button = e.target.closest("button"), li = button && button.closest("li");
    if (!li) return;
    if ("up" in button.dataset) { beside(li, -1)?.before(li); moved(li); }
    else if ("down" in button.dataset) { beside(li, 1)?.after(li); moved(li); }
    else if ("del" in button.dataset) {
      const next = beside(li, 1) || beside(li, -1);
      part(li, "DELETE").checked = true;
      li.hidden = true;
      changed(`Αφαιρέθηκε: ${named(li)}`);
      (next ? part(next, "title") : form.querySelector("[data-units-add]")).focus();
      return;
    }
    (button.disabled ? li.querySelector("button:not(:disabled)") : button).focus();
  });
  list.addEventListener("input", number);
  form.querySelector("[data-units-add]").addEventListener("click", (e) => {
    e.preventDefault();
    const holder = document.createElement("template");
    holder.innerHTML = fresh.innerHTML.replaceAll("__prefix__", total.value);
    list.append(holder.content);
    total.value = Number(total.value) + 1;
    number();
    part(list.lastElementChild, "title").focus();
  });
  let held = null;
  list.addEventListener("pointerdown", (e) => { const grip = e.target.closest(".grip"); if (grip) grip.closest("li").draggable = true; });
  list.addEventListener("dragstart", (e) => { held = e.target.closest("li"); held.classList.add("dragging"); });
  list.addEventListener("dragover", (e) => {
    const over = e.target.closest("[data-units] > li");
    if (!held) return;
    e.preventDefault();
    if (!over || over === held) return;
    const below = e.clientY > over.getBoundingClientRect().top + over.offsetHeight / 2;
    if (below) over.after(held); else over.before(held);
  });
  list.addEventListener("dragend", () => {
    if (!held) return;
    const li = held;
    held = null;
    li.classList.remove("dragging");
    li.draggable = false;
    moved(li);
  });
  [...list.children].forEach((li) => { li.hidden = part(li, "DELETE").checked; });
  number();
})();
