"use strict";
// Marks of attendance: each is kept on the device as it is made, numbered, and sent until it has arrived.
(() => {
  const place = document.querySelector("[data-marks]");
  if (!place) return;
  const form = place.matches("form") ? place : null, say = place.querySelector("[data-draft-state]");
  const token = () => document.querySelector("[name=csrfmiddlewaretoken]")?.value || "";
  const prefix = `marks-${place.dataset.draft}-`, most = 200;
  const client = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");

  // The store: one key for each opening of the page, so that two tabs never write over each other.
  const memory = new Map();
  const keys = () => { try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return [...memory.keys()]; } };
  const get = (key) => { try { return JSON.parse(localStorage.getItem(key)) || []; } catch { return memory.get(key) || []; } };
  const put = (key, marks) => {
    try { if (marks.length) localStorage.setItem(key, JSON.stringify(marks)); else localStorage.removeItem(key); } catch { memory.set(key, marks); }
  };
  const waiting = () => keys().flatMap(get).sort((a, b) => a.at.localeCompare(b.at) || a.counter - b.counter);
  const name = (mark) => `${mark.client} ${mark.counter}`;
  const arrived = (sent) => {
    const done = new Set(sent.map(name));
    for (const key of keys()) put(key, get(key).filter((mark) => !done.has(name(mark))));
  };

  let counter = 0, busy = false, again = false, later, topic = null;
  const tell = (text) => { if (say) say.textContent = text; };
  const words = (n) => (n === 1 ? "1 σημείωση" : `${n} σημειώσεις`);
  function schedule(wait) { clearTimeout(later); later = setTimeout(send, wait); }

  async function send() {
    if (busy) { again = true; return; }
    const sent = waiting().slice(0, most), said = topic;
    if (!sent.length && said === null) return;
    busy = true;
    const body = new FormData();
    body.set("csrfmiddlewaretoken", token());
    body.set("marks", JSON.stringify(sent));
    body.set("now", new Date().toISOString());
    if (said !== null) body.set("topic", said);
    try {
      const answer = await fetch(place.dataset.marks, { method: "POST", body, headers: { "X-Requested-With": "fetch", Accept: "application/json" }, redirect: "error" });
      const told = await answer.json();
      if (answer.ok) {
        arrived(sent);
        if (topic === said) topic = null;
        answered(told);
      } else tell(told.refused);
    } catch {
      tell(`χωρίς σύνδεση: ${words(waiting().length)} στη συσκευή, θα σταλούν μόλις συνδεθείτε`);
      schedule(20000);
    }
    busy = false;
    if (again) { again = false; schedule(200); }
  }
  function answered(told) {
    if (told.overtaken) tell(`${words(told.overtaken)}: υπάρχει νεότερη από άλλη πηγή. Δείτε τις ασυμφωνίες.`);
    else tell(`πρόχειρο, αποθηκεύτηκε στις ${told.saved}`);
    if (told.signed && !form) location.reload();
  }
  window.addEventListener("online", () => schedule(0));

  if (form) marking();
  if (waiting().length) schedule(0);

  function marking() {
    const marked = form.querySelector("[data-marked]"), compact = form.querySelector("[data-compact]");
    if (compact) compact.hidden = false;
    form.querySelectorAll("[data-minus], [data-plus]").forEach((b) => { b.hidden = false; });
    const rows = [...form.querySelectorAll("fieldset[data-row]")];
    const minutes = (row) => row.querySelector("[data-minutes]");
    const stands = (row) => {
      const mark = row.querySelector(".seg :checked")?.value || "";
      return { mark, late: mark === "late" ? Number(minutes(row).value) || 0 : 0 };
    };
    const known = new Map();
    const remember = (row) => { const now = stands(row); known.set(row, `${now.mark} ${now.late}`); return now; };
    const count = () => { if (marked) marked.textContent = form.querySelectorAll(".seg :checked").length; };

    // what this device kept and has not sent stands on the page again
    for (const mark of waiting()) {
      const row = rows.find((one) => Number(one.dataset.row) === mark.row);
      if (!row) continue;
      row.querySelectorAll(".seg input").forEach((field) => { field.checked = field.value === mark.mark; });
      if (mark.mark === "late") minutes(row).value = mark.late;
    }
    rows.forEach(remember);
    if (waiting().length) {
      form.dispatchEvent(new Event("change", { bubbles: true }));
      tell(`${words(waiting().length)} στη συσκευή, στέλνονται`);
    }

    function changed() {
      const made = [];
      for (const row of rows) {
        const was = known.get(row), now = remember(row);
        if (!now.mark || known.get(row) === was || (now.mark === "late" && now.late < 1)) continue;
        made.push({ client, counter: (counter += 1), row: Number(row.dataset.row), ...now, at: new Date().toISOString() });
      }
      count();
      if (!made.length) return;
      put(prefix + client, [...get(prefix + client), ...made]);
      if (!navigator.onLine) tell(`χωρίς σύνδεση: ${words(waiting().length)} στη συσκευή, θα σταλούν μόλις συνδεθείτε`);
      schedule(700);
    }
    form.addEventListener("change", changed);
    form.addEventListener("input", (e) => { if (e.target.name === "topic") { topic = e.target.value; schedule(900); } });
    form.addEventListener("submit", (e) => {
      if (navigator.onLine) return;
      e.preventDefault();
      tell("χωρίς σύνδεση: οι σημειώσεις μένουν στη συσκευή· η υπογραφή γίνεται μόλις συνδεθείτε");
    });
    undoing();
    count();
  }

  // «All present» is one touch away from a mistake: what stood before can be brought back.
  function undoing() {
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
  }
})();
