"use strict";
// Photographs of a visit: kept on the device, numbered by a key of their own, sent until they have arrived.
(() => {
  const place = document.querySelector("[data-photos]");
  if (!place || !("indexedDB" in window)) return;
  const file = place.querySelector("#photo-file"), caption = place.querySelector("#photo-caption"), say = place.querySelector("[data-photo-state]");
  const owner = place.dataset.owner, tell = (text) => { say.textContent = text; };
  const words = (n) => (n === 1 ? "1 φωτογραφία" : `${n} φωτογραφίες`);

  const opened = new Promise((found, lost) => {
    const asked = indexedDB.open("visits", 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore("photos", { keyPath: "key" });
    asked.onsuccess = () => found(asked.result);
    asked.onerror = () => lost(asked.error);
  });
  const store = async (mode, act) => {
    const base = await opened;
    return new Promise((found, lost) => {
      const step = base.transaction("photos", mode), asked = act(step.objectStore("photos"));
      step.oncomplete = () => found(asked.result);
      step.onerror = () => lost(step.error);
    });
  };
  const waiting = async () => (await store("readonly", (all) => all.getAll())).filter((one) => one.owner === owner).sort((a, b) => a.at - b.at);
  const drop = (key) => store("readwrite", (all) => all.delete(key));

  let busy = false, later;
  async function post(photo) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]").value);
    body.set("file", new File([photo.content], "photo.jpg", { type: "image/jpeg" }));
    body.set("caption", photo.caption);
    body.set("key", photo.key);
    const answer = await fetch(place.dataset.photos, { method: "POST", body, headers: { "X-Requested-With": "fetch", Accept: "application/json" }, redirect: "error" });
    return { arrived: answer.ok, told: await answer.json() };
  }
  async function send() {
    if (busy) return;
    busy = true;
    let refused = "", sent = 0;
    try {
      for (const photo of await waiting()) {
        const { arrived, told } = await post(photo);
        if (!arrived) refused = `«${photo.caption}»: ${told.refused}`;
        sent += arrived ? 1 : 0;
        await drop(photo.key);
      }
      if (refused) tell(refused);
      else if (sent) tell(`${words(sent)}: ${sent === 1 ? "στάλθηκε" : "στάλθηκαν"}.`);
    } catch {
      tell(`χωρίς σύνδεση: ${words((await waiting()).length)} στη συσκευή, θα σταλούν μόλις συνδεθείτε`);
      clearTimeout(later);
      later = setTimeout(send, 20000);
    }
    busy = false;
  }
  async function keep() {
    const [chosen] = file.files, shows = caption.value.trim();
    if (!chosen || !shows) { tell("Διαλέξτε φωτογραφία και γράψτε τι δείχνει."); return; }
    const key = [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, "0")).join("");
    try {
      const content = await chosen.arrayBuffer();
      await store("readwrite", (all) => all.put({ key, owner, caption: shows, content, at: Date.now() }));
    } catch { tell("Η συσκευή δεν έχει χώρο για τη φωτογραφία. Ελευθερώστε χώρο και δοκιμάστε ξανά."); return; }
    file.value = ""; caption.value = "";
    await send();
  }
  place.hidden = false;
  place.querySelector("[data-keep]").addEventListener("click", keep);
  window.addEventListener("online", send);
  send();
})();
