"use strict";
/* Checks a published draw in the visitor's own browser: starts draw-worker.js and puts its steps
   and its verdict into Greek. Nothing is sent back. The page provides:

   <section data-draw-check data-bundle="URL" data-result="URL" data-worker="URL of draw-worker.js"
            data-freeze="64 hex" data-commitment="64 hex">     the last two, as announced: optional
     <button type="button" data-check>Έλεγχος της κλήρωσης</button>
     <div data-run hidden><label>…</label><progress max="100" value="0"></progress>
       <ul data-proof></ul></div>                              one <li> with a tick for each step
     <div data-verdict class="verdict" hidden tabindex="-1">   receives the focus when it is shown
       <svg …/><div><h2 data-verdict-title></h2><p data-verdict-text></p></div></div>
   </section>

   The verdict has the class verdict--bad unless the draw holds; data-verdict then reads "holds",
   "differs", "mismatch", "malformed", "unreachable" or "failed". */
(() => {
  const root = document.querySelector("[data-draw-check]");
  if (!root) return;
  const part = (name) => root.querySelector(`[data-${name}]`);
  const button = part("check"), list = part("proof"), verdict = part("verdict"), bar = root.querySelector("progress");

  const number = (value) => value.toLocaleString("el-GR");
  const count = (value, one, many) => `${number(value)} ${value === 1 ? one : many}`;
  const applications = (value) => count(value, "αίτηση", "αιτήσεις");
  const programmes = (value) => count(value, "πρόγραμμα", "προγράμματα");
  const decimal = (value) => value.toLocaleString("el-GR", { maximumFractionDigits: 1, minimumFractionDigits: 1 });

  const STEPS = {
    files: ({ bytes }) => `Τα δύο αρχεία κατέβηκαν: ${decimal(bytes / 1e6)} MB`,
    freeze: (s) => `Η λίστα είναι αυτή που πάγωσε: ${applications(s.applications)}, ${programmes(s.programmes)}, αποτύπωμα`,
    commitment: () => "Το μυστικό ταιριάζει με τη δέσμευση",
    lost: () => "Το μυστικό δηλώθηκε χαμένο· τη θέση του παίρνει η δέσμευση",
    beacon: () => "Η δημόσια τύχη έχει τη μορφή που ανακοινώθηκε",
    seed: () => "Ο σπόρος υπολογίστηκε ξανά και συμπίπτει",
    order: (s) => `Η σειρά όλων υπολογίστηκε ξανά και συμπίπτει: ${applications(s.applications)}`,
    placements: ({ placed }) => `Κάθε τοποθέτηση συμπίπτει: ${count(placed, "θέση", "θέσεις")}`,
    waiting: ({ entries }) => `Οι λίστες επιλαχόντων συμπίπτουν: ${count(entries, "εγγραφή", "εγγραφές")}`,
    viable: (s) => `Συμπίπτει ποια προγράμματα συμπλήρωσαν το ελάχιστο: ${number(s.viable)} από ${number(s.programmes)}`,
  };

  const FILES = { bundle: "το αρχείο των δεδομένων", result: "το αρχείο του αποτελέσματος" };
  const MEMBERS = { seed: "ο σπόρος", order: "η σειρά της κλήρωσης", placements: "οι τοποθετήσεις", waiting: "οι λίστες επιλαχόντων", viable: "ποια προγράμματα συμπλήρωσαν το ελάχιστο" };
  const SUBJECTS = { placements: "αίτηση", waiting: "πρόγραμμα", viable: "πρόγραμμα" };
  const REPORT = "Κρατήστε τα δύο αρχεία όπως τα κατεβάσατε και στείλτε τα, μαζί με αυτό το μήνυμα, στον φορέα που έκανε την κλήρωση.";
  const said = (value) => (value === undefined ? "τίποτα" : value === null ? "χωρίς θέση" : value === true ? "ναι" : value === false ? "όχι" : String(value));

  function difference(v) {
    const where = [v.id !== undefined && `${SUBJECTS[v.member]} ${v.id}`, v.position && `σειρά ${number(v.position)}`].filter(Boolean).join(", ");
    const what = v.missing ? "λείπει από το δημοσιευμένο αποτέλεσμα" : v.unknown ? "δεν υπάρχει στα δεδομένα"
      : `το δημοσιευμένο αποτέλεσμα έχει «${said(v.published)}», ο υπολογισμός δίνει «${said(v.computed)}»`;
    return `Διαφέρει πρώτα: ${MEMBERS[v.member]}. ${where ? `Στο σημείο «${where}»: ` : "Εδώ "}${what}. ${REPORT}`;
  }
  function mismatch(v) {
    const values = `Γράφει ${v.published}, ο υπολογισμός δίνει ${v.computed}. ${REPORT}`;
    if (v.source === "announced") return `${v.what === "freeze" ? "Το αποτύπωμα της λίστας" : "Η δέσμευση"} στα δεδομένα δεν είναι όπως ανακοινώθηκε. Ανακοινώθηκε ${v.published}, τα δεδομένα έχουν ${v.computed}. ${REPORT}`;
    return `${v.what === "freeze" ? "Η λίστα στα δεδομένα δεν δίνει το αποτύπωμα που γράφουν" : "Το μυστικό δεν δίνει τη δέσμευση που γράφουν τα δεδομένα"}. ${values}`;
  }
  const VERDICTS = {
    holds: (v) => ["Η κλήρωση επαληθεύτηκε", `${applications(v.applications)} και ${programmes(v.programmes)}: όλα τα αποτελέσματα συμπίπτουν. Ο υπολογισμός κράτησε ${decimal(v.seconds)} δευτερόλεπτα.`],
    differs: (v) => ["Το αποτέλεσμα διαφέρει από τον υπολογισμό", difference(v)],
    mismatch: (v) => ["Τα δεδομένα δεν ταιριάζουν με την ανακοίνωση", mismatch(v)],
    malformed: (v) => ["Τα δημοσιευμένα αρχεία δεν έχουν τη σωστή μορφή", `Δεν διαβάζεται ${FILES[v.file]}: ${v.reason}. Δοκιμάστε ξανά· αν επαναληφθεί: ${REPORT}`],
    unreachable: (v) => ["Ο έλεγχος δεν έγινε", `Δεν κατέβηκε ${FILES[v.file]}${v.status ? ` (απάντηση ${v.status})` : ""}. Ελέγξτε τη σύνδεσή σας και δοκιμάστε ξανά.`],
    failed: () => ["Ο έλεγχος δεν έγινε", "Ο φυλλομετρητής σας δεν μπόρεσε να ολοκληρώσει τον υπολογισμό. Δοκιμάστε με νεότερη έκδοση ή σε άλλον υπολογιστή, ή κατεβάστε τα δύο αρχεία και εκτελέστε «didaskaleio draw verify»."],
  };

  const TICK = "M4 12.5 9.5 18 20 6.5", SVG = "http://www.w3.org/2000/svg";
  function prove(text, value) {
    const item = document.createElement("li"), words = document.createElement("span");
    const icon = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
    icon.setAttribute("class", "icon");
    icon.setAttribute("viewBox", "0 0 24 24");
    icon.setAttribute("aria-hidden", "true");
    path.setAttribute("d", TICK);
    icon.append(path);
    words.textContent = text;
    if (value !== undefined) {
      const code = document.createElement("code");
      code.textContent = value;
      words.append(": ", code);
    }
    item.append(icon, words);
    list.append(item);
  }
  function conclude(message, worker) {
    worker?.terminate();
    const [title, text] = VERDICTS[message.verdict](message);
    part("verdict-title").textContent = title;
    part("verdict-text").textContent = text;
    verdict.dataset.verdict = message.verdict;
    verdict.classList.toggle("verdict--bad", message.verdict !== "holds");
    verdict.hidden = false;
    verdict.focus();
    button.disabled = false;
    button.textContent = "Νέος έλεγχος";
  }
  function start() {
    button.disabled = true;
    list.textContent = "";
    bar.value = 0;
    verdict.hidden = true;
    part("run").hidden = false;
    const { bundle, result, freeze, commitment } = root.dataset;
    let worker;
    try { worker = new Worker(root.dataset.worker); } catch { conclude({ verdict: "failed" }); return; }
    worker.addEventListener("error", () => conclude({ verdict: "failed" }, worker));
    worker.addEventListener("message", ({ data }) => {
      if ("progress" in data) bar.value = data.progress;
      else if ("step" in data) prove(STEPS[data.step](data), data.value);
      else conclude(data, worker);
    });
    const absolute = (url) => new URL(url, document.baseURI).href;
    worker.postMessage({ bundle: absolute(bundle), result: absolute(result), announced: { freeze, commitment } });
  }
  button.addEventListener("click", start);
})();
