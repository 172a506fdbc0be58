"use strict";
// The checklist of a visit: saved while it is filled in, kept on the device while the line is away.
(() => {
  const form = document.querySelector("form[data-visit-draft]");
  if (!form) return;
  const key = `visit-${form.dataset.visitDraft}`, say = form.querySelector("[data-draft-state]");
  const HIDDEN = new Set(["csrfmiddlewaretoken", "whole"]);
  const values = () => [...new FormData(form)].filter(([name]) => !HIDDEN.has(name));
  const store = {
    put: () => { try { localStorage.setItem(key, JSON.stringify(values())); } catch { /* private mode */ } },
    drop: () => { try { localStorage.removeItem(key); } catch { /* private mode */ } },
    get: () => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  };

  let waiting, changes = 0;
  async function send() {
    const mine = changes;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch", Accept: "application/json" }, redirect: "error" });
      const told = await answer.json();
      if (answer.ok && mine === changes) store.drop();
      say.textContent = answer.ok ? `Αποθηκεύτηκε στις ${told.saved}.` : told.refused;
    } catch {
      say.textContent = "Δεν υπάρχει σύνδεση: οι απαντήσεις φυλάσσονται στη συσκευή και θα σταλούν μόλις επανέλθει.";
    }
  }
  const later = (ms) => { clearTimeout(waiting); waiting = setTimeout(send, ms); };
  const changed = () => { changes += 1; store.put(); later(800); };
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (e) => {
    clearTimeout(waiting);
    if (navigator.onLine) return;
    e.preventDefault();
    say.textContent = "Δεν υπάρχει σύνδεση: οι απαντήσεις μένουν στη συσκευή· τα ευρήματα ανοίγουν μόλις συνδεθείτε.";
  });
  window.addEventListener("online", () => { if (store.get()) later(0); });

  const kept = store.get();
  if (!kept) return;
  const by = new Map();
  for (const [name, value] of kept) by.set(name, [...(by.get(name) || []), value]);
  for (const field of form.elements) {
    if (!field.name || HIDDEN.has(field.name) || field.type === "file" || field.type === "hidden") continue;
    const told = by.get(field.name) || [];
    if (field.type === "radio" || field.type === "checkbox") field.checked = told.includes(field.value);
    else field.value = told[0] || "";
  }
  say.textContent = "Βρέθηκαν απαντήσεις που φυλάσσονταν στη συσκευή. Στέλνονται τώρα.";
  later(0);
})();
