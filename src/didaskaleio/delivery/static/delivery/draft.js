"use strict";
// The draft of attendance: saved while marking, kept on the device when the line or the login is lost.
(() => {
  const form = document.querySelector("form[data-draft]");
  if (!form) return;
  const key = `attendance-${form.dataset.draft}`, say = form.querySelector("[data-draft-state]");
  const marked = form.querySelector("[data-marked]");
  const compact = form.querySelector("[data-compact]");
  if (compact) compact.hidden = false;
  form.querySelectorAll("[data-minus], [data-plus]").forEach((b) => { b.hidden = false; });

  const values = () => [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken" && name !== "act");
  const store = {
    put: (sent) => { try { localStorage.setItem(key, JSON.stringify({ sent, saved: form.dataset.saved || "", values: values() })); } catch { /* private mode */ } },
    drop: () => { try { localStorage.removeItem(key); } catch { /* private mode */ } },
    get: () => { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
  };
  const count = () => { if (marked) marked.textContent = form.querySelectorAll(".seg :checked").length; };

  let waiting, changes = 0;
  async function send() {
    const mine = changes;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch", Accept: "application/json" }, redirect: "error" });
      const told = await answer.json();
      if (answer.ok) {
        form.dataset.saved = told.moment;
        if (mine === changes) store.drop(); else store.put(false);
        say.textContent = `πρόχειρο, αποθηκεύτηκε στις ${told.saved}`;
      } else say.textContent = told.refused;
    } catch {
      say.textContent = "φυλάσσεται στη συσκευή: θα σταλεί μόλις συνδεθείτε";
    }
  }
  const later = (wait) => { clearTimeout(waiting); waiting = setTimeout(send, wait); };
  const changed = () => { changes += 1; count(); store.put(false); later(900); };
  form.addEventListener("change", changed);
  form.addEventListener("input", (e) => { if (e.target.name === "topic") changed(); });
  form.addEventListener("submit", () => { clearTimeout(waiting); if (changes) store.put(true); });
  window.addEventListener("online", () => { if (store.get()) later(0); });

  // «All present» is one touch away from a mistake: what stood before can be brought back.
  const told = form.querySelector("[data-undone]"), all = form.querySelector("[data-all]");
  let before = null;
  all.addEventListener("click", () => {
    before = [...form.querySelectorAll(".roll input")].map((field) => [field, field.type === "radio" ? field.checked : field.value]);
    told.hidden = false;
  }, true);
  told.querySelector("[data-undo]").addEventListener("click", () => {
    for (const [field, was] of before || []) {
      if (field.type === "radio") field.checked = was; else field.value = was;
    }
    told.hidden = true;
    form.dispatchEvent(new Event("change", { bubbles: true }));
    all.focus();
  });

  const kept = store.get();
  const moved = kept && kept.saved !== (form.dataset.saved || "");
  if (moved) {
    // the platform has a newer draft: what was sent has arrived, what was not is older
    store.drop();
    if (!kept.sent) say.textContent = "ισχύει νεότερο πρόχειρο, από άλλη καρτέλα ή συσκευή";
  } else if (kept && kept.values) {
    for (const [name, value] of kept.values) {
      form.querySelectorAll(`[name="${CSS.escape(name)}"]`).forEach((field) => {
        if (field.type === "radio") field.checked = field.value === value;
        else field.value = value;
      });
    }
    form.dispatchEvent(new Event("change", { bubbles: true }));
    say.textContent = "επανήλθαν σημειώσεις που δεν είχαν σταλεί";
  }
  count();
})();
