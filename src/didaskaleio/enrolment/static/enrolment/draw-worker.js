"use strict";
/* The check of a draw, away from the page's thread. Plain JavaScript with its own SHA-256, because
   WebCrypto is absent on plain http. Nothing here relies on the order or the names of object keys:
   JSON is read strictly into Maps, and ids (ASCII) are compared by code unit, that is by byte.

   in:  {bundle, result, announced: {freeze, commitment}}   URLs; announced values may be absent
   out: {progress: 0..100}
        {step: "files" | "freeze" | "commitment" | "lost" | "beacon" | "seed" | "order"
               | "placements" | "waiting" | "viable", …figures}
        {verdict: "holds" | "differs" | "mismatch" | "malformed" | "unreachable" | "failed", …} */

/* ---- refusals ---- */
class Verdict extends Error {
  constructor(verdict, more) { super(verdict); this.message_ = { verdict, ...more }; }
}
let reading = "bundle";
const malformed = (reason) => { throw new Verdict("malformed", { file: reading, reason }); };
const shown = (value) => {
  if (value instanceof Map) return "{…}";
  if (Array.isArray(value)) return "[…]";
  return JSON.stringify(value).slice(0, 80);
};

/* ---- JSON, strictly: RFC 8259 without fractions, exponents, negative zero or repeated members ---- */
const DEEPEST = 20, QUOTE = 34, BACKSLASH = 92;
const ESCAPES = new Map([["\"", "\""], ["\\", "\\"], ["/", "/"], ["b", "\b"], ["f", "\f"], ["n", "\n"], ["r", "\r"], ["t", "\t"]]);
const WORDS = new Map([["t", ["true", true]], ["f", ["false", false]], ["n", ["null", null]]]);

function parse(bytes) {
  let text;
  try { text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes); }
  catch { malformed("δεν είναι κείμενο UTF-8"); }
  if (text.charCodeAt(0) === 0xfeff) malformed("αρχίζει με σήμα σειράς των bytes (BOM)");
  let at = 0;
  const broken = () => malformed(`δεν είναι έγκυρο JSON στον χαρακτήρα ${at + 1}`);

  function blank() {
    for (let c = text.charCodeAt(at); c === 32 || c === 10 || c === 13 || c === 9; c = text.charCodeAt(at)) at += 1;
  }
  function string() {
    const start = at += 1;
    for (let c = text.charCodeAt(at); c !== QUOTE; c = text.charCodeAt(at += 1)) {
      if (c === BACKSLASH) return escaped(start);
      if (!(c >= 32)) broken();
    }
    return text.slice(start, at++);
  }
  function escaped(start) {
    let value = text.slice(start, at);
    for (let c = text[at]; c !== "\""; c = text[at += 1]) {
      if (c === undefined || c < " ") broken();
      if (c !== "\\") { value += c; continue; }
      c = text[at += 1];
      if (c === "u") {
        const hex = text.slice(at + 1, at + 5);
        if (!/^[0-9a-fA-F]{4}$/.test(hex)) broken();
        value += String.fromCharCode(parseInt(hex, 16));
        at += 4;
      } else if (ESCAPES.has(c)) value += ESCAPES.get(c);
      else broken();
    }
    at += 1;
    return value;
  }
  function number() {
    const pattern = /-?(?:0|[1-9][0-9]*)/y;
    pattern.lastIndex = at;
    const [digits] = pattern.exec(text) || broken();
    at += digits.length;
    if (digits === "-0" || digits.length > 20 || /[.eE]/.test(text.charAt(at))) malformed(`ο αριθμός ${digits.slice(0, 20)} δεν είναι ακέραιος όπως ορίζεται`);
    return Number(digits);
  }
  function word(first) {
    const [spelled, value] = WORDS.get(first) || broken();
    if (!text.startsWith(spelled, at)) broken();
    at += spelled.length;
    return value;
  }
  function array(depth) {
    const items = [];
    at += 1; blank();
    if (text[at] === "]") { at += 1; return items; }
    for (;;) {
      items.push(value(depth)); blank();
      const next = text[at++];
      if (next === "]") return items;
      if (next !== ",") broken();
    }
  }
  function object(depth) {
    const members = new Map();
    at += 1; blank();
    if (text[at] === "}") { at += 1; return members; }
    for (;;) {
      blank();
      if (text[at] !== "\"") broken();
      const name = string(); blank();
      if (text[at++] !== ":") broken();
      if (members.has(name)) malformed(`το μέλος ${shown(name)} επαναλαμβάνεται`);
      members.set(name, value(depth)); blank();
      const next = text[at++];
      if (next === "}") return members;
      if (next !== ",") broken();
    }
  }
  function value(depth) {
    blank();
    const c = text[at];
    if (c === "\"") return string();
    if (depth === DEEPEST && (c === "{" || c === "[")) malformed("έχει περισσότερα από 20 επίπεδα");
    if (c === "{") return object(depth + 1);
    if (c === "[") return array(depth + 1);
    if (c === "-" || (c >= "0" && c <= "9")) return number();
    return word(c);
  }
  const whole = value(0);
  blank();
  if (at !== text.length) malformed("έχει κείμενο μετά το τέλος της τιμής");
  return whole;
}

/* ---- forms ---- */
const NAME = /^[A-Za-z0-9._-]{1,64}$/, HEX = /^[0-9a-f]{64}$/, BEACON = /^[!-~](?:[ -~]{0,198}[!-~])?$/;

function exactly(value, names, what) {
  if (!(value instanceof Map)) malformed(`${what}: δεν είναι αντικείμενο`);
  for (const name of names) if (!value.has(name)) malformed(`${what}: λείπει το μέλος ${name}`);
  if (value.size !== names.length) malformed(`${what}: άγνωστο μέλος ${shown([...value.keys()].find((name) => !names.includes(name)))}`);
  return value;
}
function named(value, what) {
  if (typeof value !== "string" || !NAME.test(value)) malformed(`${what}: το ${shown(value)} δεν είναι έγκυρος κωδικός`);
  return value;
}
function listed(value, what) {
  if (!Array.isArray(value)) malformed(`${what}: δεν είναι πίνακας`);
  return value;
}
function hex(value, what) {
  if (typeof value !== "string" || !HEX.test(value)) malformed(`${what}: δεν είναι 64 πεζά δεκαεξαδικά ψηφία`);
  return value;
}
function persons(value, what) {
  if (typeof value !== "number" || value < 0 || value > 10000) malformed(`${what}: δεν είναι ακέραιος από 0 έως 10.000`);
  return value;
}
function unique(sorted, what) {
  for (let i = 1; i < sorted.length; i += 1) if (sorted[i] === sorted[i - 1]) malformed(`${what}: ο κωδικός ${sorted[i]} επαναλαμβάνεται`);
}
const byBytes = (a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);

/* ---- the beacon's pattern: sets of reachable positions, so that no pattern can be slow ---- */
const PLAIN = /^[A-Za-z0-9 /:-]$/;

function atoms(pattern) {
  const found = [];
  for (let at = 0; at < pattern.length;) {
    let inside = pattern[at], repeat = [1, 1];
    if (inside === "[") {
      const end = pattern.indexOf("]", at);
      inside = end < 0 ? "" : pattern.slice(at + 1, end);
      at = end < 0 ? pattern.length : end + 1;
    } else at += 1;
    const counted = /^(?:\+|\{([0-9]{1,3})(?:,([0-9]{1,3}))?\})/.exec(pattern.slice(at));
    if (counted) {
      at += counted[0].length;
      repeat = counted[0] === "+" ? [1, 200] : [Number(counted[1]), Number(counted[2] ?? counted[1])];
    }
    const ranges = classRanges(inside);
    if (!ranges || repeat[1] < repeat[0] || repeat[1] > 200) return null;
    found.push({ ranges, least: repeat[0], most: repeat[1] });
  }
  return found.length && pattern.length <= 200 ? found : null;
}
function classRanges(inside) {
  const ranges = [];
  if (![...inside].every((c) => PLAIN.test(c))) return null;
  for (let i = 0; i < inside.length; i += 1) {
    const first = inside[i];
    if (inside[i + 1] === "-" && i + 2 < inside.length) i += 2;
    const last = inside[i];
    if (last < first) return null;
    ranges.push([first, last]);
  }
  return ranges.length ? ranges : null;
}
function matches(steps, text) {
  let reached = new Set([0]);
  for (const { ranges, least, most } of steps) {
    const after = new Set();
    for (let count = 0; count <= Math.min(most, text.length); count += 1) {
      if (count >= least) for (const place of reached) after.add(place);
      const next = new Set();
      for (const place of reached) if (place < text.length && ranges.some(([a, b]) => text[place] >= a && text[place] <= b)) next.add(place + 1);
      reached = next;
    }
    reached = after;
  }
  return reached.has(text.length);
}

/* ---- SHA-256 (FIPS 180-4) ---- */
const K = new Int32Array(64), FIRST = new Int32Array(8), W = new Int32Array(64);
(function constants() {
  const fraction = (root) => ((root - Math.floor(root)) * 4294967296) | 0;
  for (let n = 2, i = 0; i < 64; n += 1) {
    let prime = true;
    for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
    if (!prime) continue;
    if (i < 8) FIRST[i] = fraction(Math.sqrt(n));
    K[i++] = fraction(Math.cbrt(n));
  }
})();

class Sha256 {
  constructor() { this.block = new Uint8Array(64); this.state = Int32Array.from(FIRST); this.length = 0; }
  /* Goes on from a kept state: what has been hashed until there is `length` bytes, whole blocks. */
  resume(state, length) { this.state.set(state); this.length = length; return this; }
  bytes(data) {
    for (let i = 0; i < data.length; i += 1) {
      this.block[this.length++ & 63] = data[i];
      if (!(this.length & 63)) this.compress();
    }
    return this;
  }
  ascii(text) {
    for (let i = 0; i < text.length; i += 1) {
      this.block[this.length++ & 63] = text.charCodeAt(i);
      if (!(this.length & 63)) this.compress();
    }
    return this;
  }
  /* Leaves the digest's eight words in `state`. */
  finish() {
    const { block, length } = this, used = length & 63;
    block[used] = 0x80;
    block.fill(0, used + 1);
    if (used > 55) { this.compress(); block.fill(0); }
    const high = Math.floor(length / 0x20000000), low = (length << 3) >>> 0;
    for (let i = 0; i < 4; i += 1) { block[56 + i] = high >>> (24 - 8 * i); block[60 + i] = low >>> (24 - 8 * i); }
    this.compress();
    return this.state;
  }
  compress() {
    const { block, state } = this;
    for (let i = 0, j = 0; i < 16; i += 1, j += 4) W[i] = (block[j] << 24) | (block[j + 1] << 16) | (block[j + 2] << 8) | block[j + 3];
    for (let i = 16; i < 64; i += 1) {
      const x = W[i - 15], y = W[i - 2];
      W[i] = (W[i - 16] + ((x >>> 7 | x << 25) ^ (x >>> 18 | x << 14) ^ (x >>> 3)) + W[i - 7] + ((y >>> 17 | y << 15) ^ (y >>> 19 | y << 13) ^ (y >>> 10))) | 0;
    }
    let a = state[0], b = state[1], c = state[2], d = state[3], e = state[4], f = state[5], g = state[6], h = state[7];
    for (let i = 0; i < 64; i += 1) {
      const t = (h + ((e >>> 6 | e << 26) ^ (e >>> 11 | e << 21) ^ (e >>> 25 | e << 7)) + ((e & f) ^ (~e & g)) + K[i] + W[i]) | 0;
      const u = (((a >>> 2 | a << 30) ^ (a >>> 13 | a << 19) ^ (a >>> 22 | a << 10)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      h = g; g = f; f = e; e = (d + t) | 0; d = c; c = b; b = a; a = (t + u) | 0;
    }
    state[0] += a; state[1] += b; state[2] += c; state[3] += d; state[4] += e; state[5] += f; state[6] += g; state[7] += h;
  }
}
const hexOf = (words) => Array.from(words, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
const bytesOf = (digits) => Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));

/* ---- the bundle ---- */
function bundleOf(raw) {
  reading = "bundle";
  const m = exactly(parse(raw), ["version", "period", "category_order", "programmes", "applications", "freeze", "commitment", "secret", "beacon", "beacon_pattern"], "η δέσμη");
  if (m.get("version") !== 1) malformed("version: δεν είναι ο ακέραιος 1");
  const bundle = { period: named(m.get("period"), "period") };
  for (const name of ["freeze", "commitment"]) bundle[name] = hex(m.get(name), name);
  bundle.secret = m.get("secret") === null ? null : hex(m.get("secret"), "secret");
  readBeacon(m, bundle);
  bundle.order = listed(m.get("category_order"), "category_order").map((one) => named(one, "category_order"));
  unique([...bundle.order].sort(), "category_order");
  const ranks = new Map(bundle.order.map((one, rank) => [one, rank]));
  bundle.programmes = listed(m.get("programmes"), "programmes").map((one) => programmeOf(one, ranks)).sort(byBytes);
  unique(bundle.programmes.map((one) => one.id), "programmes");
  const places = new Map(bundle.programmes.map((one, place) => [one.id, place]));
  bundle.applications = listed(m.get("applications"), "applications").map((one) => applicationOf(one, places, bundle.programmes)).sort(byBytes);
  unique(bundle.applications.map((one) => one.id), "applications");
  return bundle;
}
function readBeacon(m, bundle) {
  bundle.beacon = m.get("beacon");
  const pattern = m.get("beacon_pattern"), steps = typeof pattern === "string" ? atoms(pattern) : null;
  if (!steps) malformed("beacon_pattern: δεν είναι έγκυρη μορφή");
  if (typeof bundle.beacon !== "string" || !BEACON.test(bundle.beacon)) malformed("beacon: δεν είναι έγκυρη τιμή");
  if (!matches(steps, bundle.beacon)) malformed("beacon: δεν έχει τη μορφή που ανακοινώθηκε");
}
function programmeOf(value, ranks) {
  const m = exactly(value, ["id", "category", "capacity", "minimum"], "πρόγραμμα");
  const id = named(m.get("id"), "πρόγραμμα"), category = named(m.get("category"), id);
  if (!ranks.has(category)) malformed(`${id}: η κατηγορία ${category} λείπει από το category_order`);
  return { id, category, rank: ranks.get(category), capacity: persons(m.get("capacity"), id), minimum: persons(m.get("minimum"), id) };
}
function applicationOf(value, places, programmes) {
  const m = exactly(value, ["id", "preferences"], "αίτηση"), id = named(m.get("id"), "αίτηση");
  const wanted = listed(m.get("preferences"), id), preferences = new Uint32Array(wanted.length);
  let rank = 0;
  for (let i = 0; i < wanted.length; i += 1) {
    const place = places.get(wanted[i]);
    if (place === undefined) malformed(`αίτηση ${id}: η προτίμηση ${shown(wanted[i])} δεν είναι πρόγραμμα`);
    if (programmes[place].rank < rank) malformed(`αίτηση ${id}: οι προτιμήσεις γυρίζουν πίσω στη σειρά των κατηγοριών`);
    rank = programmes[place].rank;
    preferences[i] = place;
  }
  if (new Set(wanted).size !== wanted.length) malformed(`αίτηση ${id}: μία προτίμηση επαναλαμβάνεται`);
  return { id, preferences };
}
function freezeOf({ applications, order, period, programmes }) {
  const sha = new Sha256(), quoted = programmes.map((one) => `"${one.id}"`);
  sha.ascii('{"applications":[');
  applications.forEach(({ id, preferences }, i) => {
    sha.ascii(`${i ? "," : ""}{"id":"${id}","preferences":[`);
    for (let k = 0; k < preferences.length; k += 1) { if (k) sha.ascii(","); sha.ascii(quoted[preferences[k]]); }
    sha.ascii("]}");
  });
  sha.ascii(`],"category_order":[${order.map((one) => `"${one}"`).join(",")}],"period":"${period}","programmes":[`);
  programmes.forEach((one, i) => sha.ascii(`${i ? "," : ""}{"capacity":${one.capacity},"category":"${one.category}","id":"${one.id}","minimum":${one.minimum}}`));
  return hexOf(sha.ascii("]}").finish());
}

/* ---- the computation ---- */
function seedOf(bundle) {
  const sha = new Sha256().bytes(bytesOf(bundle.secret ?? bundle.commitment));
  return hexOf(sha.bytes(bytesOf(bundle.freeze)).ascii(bundle.beacon).finish());
}
function drawOrder(seed, applications) {
  const key = new Uint8Array(64), n = applications.length;
  key.set(bytesOf(seed));
  const inner = new Sha256().bytes(key.map((byte) => byte ^ 0x36)).state, outer = new Sha256().bytes(key.map((byte) => byte ^ 0x5c)).state;
  const sha = new Sha256(), inside = new Uint8Array(32), view = new DataView(inside.buffer), digests = new Uint32Array(8 * n);
  for (let i = 0; i < n; i += 1) {
    const words = sha.resume(inner, 64).ascii(applications[i].id).finish();
    for (let w = 0; w < 8; w += 1) view.setInt32(4 * w, words[w]);
    digests.set(sha.resume(outer, 64).bytes(inside).finish(), 8 * i);
    if (i % 20000 === 0) postMessage({ progress: 55 + Math.round((20 * i) / n) });
  }
  return Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => {
    for (let w = 0; w < 8; w += 1) if (digests[8 * a + w] !== digests[8 * b + w]) return digests[8 * a + w] - digests[8 * b + w];
    return a - b;
  });
}
function places({ applications, programmes }, order) {
  const free = programmes.map((one) => one.capacity), placed = new Int32Array(applications.length).fill(-1);
  for (const i of order) {
    for (const p of applications[i].preferences) if (free[p] > 0) { free[p] -= 1; placed[i] = p; break; }
  }
  return placed;
}
function waitingLists({ applications, programmes }, order, placed) {
  const waiting = programmes.map(() => []);
  for (const i of order) if (placed[i] < 0) for (const p of applications[i].preferences) waiting[p].push(applications[i].id);
  return waiting;
}
function viability({ programmes }, placed) {
  const taken = new Uint32Array(programmes.length);
  for (const p of placed) if (p >= 0) taken[p] += 1;
  return programmes.map((one, p) => taken[p] >= Math.max(one.minimum, 1));
}

/* ---- the published result ---- */
function resultOf(raw) {
  reading = "result";
  const m = exactly(parse(raw), ["seed", "order", "placements", "waiting", "viable"], "το αποτέλεσμα");
  hex(m.get("seed"), "seed");
  const names = (value, what) => { for (const one of listed(value, what)) named(one, what); };
  names(m.get("order"), "order");
  for (const member of ["placements", "waiting", "viable"]) {
    if (!(m.get(member) instanceof Map)) malformed(`${member}: δεν είναι αντικείμενο`);
    for (const [id, value] of m.get(member)) {
      named(id, member);
      if (member === "waiting") names(value, `${member}: ${id}`);
      else if (member === "viable" && typeof value !== "boolean") malformed(`viable: ${id}: δεν είναι true ή false`);
      else if (member === "placements" && value !== null) named(value, `${member}: ${id}`);
    }
  }
  return m;
}
const differs = (member, more) => { throw new Verdict("differs", { member, ...more }); };
function compareLists(member, published, computed, more) {
  const length = Math.max(published.length, computed.length);
  for (let i = 0; i < length; i += 1) if (published[i] !== computed[i]) differs(member, { ...more, position: i + 1, published: published[i], computed: computed[i] });
}
/* Values by id; ids are walked by bytes, so that every machine names the same first difference. */
function compareMaps(member, published, ids, values, one) {
  ids.forEach((id, i) => {
    if (!published.has(id)) differs(member, { id, missing: true });
    one(id, published.get(id), values[i]);
  });
  if (published.size !== ids.length) {
    const known = new Set(ids);
    differs(member, { id: [...published.keys()].filter((id) => !known.has(id)).sort()[0], unknown: true });
  }
}

/* ---- the check, step by step ---- */
async function download(url, file) {
  let answer;
  try { answer = await fetch(url); } catch { throw new Verdict("unreachable", { file }); }
  if (!answer.ok) throw new Verdict("unreachable", { file, status: answer.status });
  try { return await answer.arrayBuffer(); } catch { throw new Verdict("unreachable", { file }); }
}
function step(progress, name, more) { postMessage({ step: name, ...more }); postMessage({ progress }); }
function same(what, published, computed, source) {
  if (published !== computed) throw new Verdict("mismatch", { what, published, computed, source });
}

function checkList(bundle, announced) {
  const { applications, programmes, freeze, commitment, secret } = bundle;
  same("freeze", freeze, freezeOf(bundle), "list");
  if (announced.freeze) same("freeze", announced.freeze, freeze, "announced");
  step(45, "freeze", { value: freeze, applications: applications.length, programmes: programmes.length });
  if (secret !== null) same("commitment", commitment, hexOf(new Sha256().bytes(bytesOf(secret)).finish()), "secret");
  if (announced.commitment) same("commitment", announced.commitment, commitment, "announced");
  step(50, secret === null ? "lost" : "commitment", { value: commitment });
  step(52, "beacon", { value: bundle.beacon });
}
function checkDraw(bundle, result) {
  const { applications, programmes } = bundle, seed = seedOf(bundle);
  if (result.get("seed") !== seed) differs("seed", { published: result.get("seed"), computed: seed });
  step(55, "seed", { value: seed });
  const order = drawOrder(seed, applications);
  compareLists("order", result.get("order"), Array.from(order, (i) => applications[i].id));
  step(80, "order", { applications: order.length });
  const placed = places(bundle, order), ids = programmes.map((one) => one.id);
  const plain = (member) => (id, published, computed) => { if (published !== computed) differs(member, { id, published, computed }); };
  compareMaps("placements", result.get("placements"), applications.map((one) => one.id), Array.from(placed, (p) => (p < 0 ? null : ids[p])), plain("placements"));
  step(88, "placements", { placed: placed.reduce((sum, p) => sum + (p >= 0 ? 1 : 0), 0) });
  const waiting = waitingLists(bundle, order, placed);
  compareMaps("waiting", result.get("waiting"), ids, waiting, (id, published, computed) => compareLists("waiting", published, computed, { id }));
  step(95, "waiting", { entries: waiting.reduce((sum, list) => sum + list.length, 0) });
  const viable = viability(bundle, placed);
  compareMaps("viable", result.get("viable"), ids, viable, plain("viable"));
  step(100, "viable", { viable: viable.filter(Boolean).length, programmes: programmes.length });
}
async function check({ bundle: bundleUrl, result: resultUrl, announced }) {
  const [bundleFile, resultFile] = await Promise.all([download(bundleUrl, "bundle"), download(resultUrl, "result")]);
  const start = performance.now();
  step(10, "files", { bytes: bundleFile.byteLength + resultFile.byteLength });
  const bundle = bundleOf(bundleFile);
  postMessage({ progress: 35 });
  checkList(bundle, announced);
  checkDraw(bundle, resultOf(resultFile));
  return { verdict: "holds", applications: bundle.applications.length, programmes: bundle.programmes.length, seconds: (performance.now() - start) / 1000 };
}

self.addEventListener("message", (event) => {
  check(event.data).catch((error) => (error instanceof Verdict ? error.message_ : { verdict: "failed", reason: String(error) })).then((verdict) => postMessage(verdict));
});
