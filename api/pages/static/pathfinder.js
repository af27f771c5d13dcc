// Nothing here is needed to use a page. A form marked data-unsaved warns before what was typed in it is lost.
"use strict";

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  for (const end of ["submit", "kept"]) form.addEventListener(end, () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

const wrong = document.getElementById("errors");
if (wrong) wrong.focus();

// What could not be saved stays in this browser, for whoever typed it and for nobody else, until they sign out.
const owner = document.querySelector("form[data-owner]")?.dataset.owner ?? "";
const KEPT = "draft ", MINE = `${KEPT}${owner} `, LONGEST = 30 * 24 * 3600 * 1000;

function forget(which) {
  for (const key of Object.keys(localStorage)) if (which(key)) localStorage.removeItem(key);
}

function tooOld(key) {
  if (!key.startsWith(KEPT)) return key.startsWith("/api/v1/");
  try { return !(JSON.parse(localStorage.getItem(key)).at > Date.now() - LONGEST); } catch { return true; }
}

forget(tooOld);
for (const form of document.querySelectorAll("form[data-leaves]")) {
  form.addEventListener("submit", () => forget((key) => key.startsWith(MINE)));
}

// Forms marked data-draft are saved as one types, section by section.
const pathOf = (name) => name.replace(/\[(\d+)\]/g, ".$1").split(".");

function typedIn(form) {
  const tree = {};
  for (const one of form.elements) {
    if (!one.name || one.disabled || /^(act|based-on)$/.test(one.name) || /^(button|submit|file|fieldset)$/.test(one.type)) continue;
    const off = (one.type === "checkbox" || one.type === "radio") && !one.checked;
    if (off && (one.type === "radio" || !("many" in one.dataset))) continue;
    const path = pathOf(one.name);
    let branch = tree;
    path.forEach((part, at) => {
      if (at < path.length - 1) branch = branch[part] ??= /^\d+$/.test(path[at + 1]) ? [] : {};
    });
    const last = path[path.length - 1];
    if ("many" in one.dataset) branch[last] = (branch[last] ?? []).concat(off ? [] : [one.value]);
    else branch[last] = one.value.replace(/\r\n/g, "\n");
  }
  return tree;
}

function putBack(form, kept) {
  for (const one of form.elements) {
    if (!(one.name in kept) || /^(button|submit|file|fieldset|hidden)$/.test(one.type)) continue;
    if (one.type === "checkbox" || one.type === "radio") one.checked = kept[one.name].includes(one.value);
    else one.value = kept[one.name][0] ?? "";
  }
}

function namesIn(form) {
  const kept = {};
  for (const one of form.elements) {
    if (!one.name || one.name === "based-on" || /^(button|submit|file|fieldset)$/.test(one.type)) continue;
    kept[one.name] ??= [];
    if (!/^(checkbox|radio)$/.test(one.type) || one.checked) kept[one.name].push(one.value);
  }
  return kept;
}

for (const form of document.querySelectorAll("form[data-draft]")) {
  const { dataset: say } = form, status = form.querySelector("[data-status]"), here = say.draft, kept = MINE + here;
  if (!status) continue;
  const based = form.elements["based-on"];
  let timer, busy = false, again = false, wait = 2000, typed = 0;

  const tell = (text, trouble, link) => {
    status.textContent = text;
    status.classList.toggle("trouble", Boolean(trouble));
    if (link) {
      const to = Object.assign(document.createElement("a"), { href: link, textContent: say.compare });
      status.append(" ", to);
    }
  };
  const keep = (posted = false) => {
    try { localStorage.setItem(kept, JSON.stringify({ at: Date.now(), version: based.value, posted, fields: namesIn(form) })); } catch { /* full */ }
  };
  const later = (milliseconds) => { clearTimeout(timer); timer = setTimeout(save, milliseconds); };

  async function save() {
    if (busy) { again = true; return; }
    busy = true;
    const at = typed;
    try {
      const answer = await fetch(here, {
        method: "PUT",
        headers: { "Content-Type": "application/json", "If-Match": `"${based.value}"` },
        body: JSON.stringify({ content: typedIn(form) }),
      });
      if (answer.ok) {
        const saved = await answer.json();
        based.value = saved.version;
        wait = 2000;
        if (at === typed) {
          localStorage.removeItem(kept);
          form.dispatchEvent(new Event("kept"));
          const time = new Date(saved.saved_at).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
          tell(`${say.saved} ${time}`);
        } else later(500);
      } else if (answer.status === 409) {
        localStorage.removeItem(kept);
        tell(say.both, true, say.clash);
      }
      else if (answer.status === 401) { tell(say.ended, true); later(30000); }
      else { tell(say.away, true); later(wait); }
    } catch {
      tell(say.away, true);
      wait = Math.min(wait * 2, 60000);
      later(wait);
    }
    busy = false;
    if (again) { again = false; later(500); }
  }

  form.addEventListener("input", (event) => {
    if (event.target.type === "file") return;
    typed += 1;
    keep();
    tell(say.waiting);
    later(1500);
  });
  form.addEventListener("submit", () => { clearTimeout(timer); keep(true); });
  window.addEventListener("online", () => { if (localStorage.getItem(kept)) later(100); });

  const left = JSON.parse(localStorage.getItem(kept) ?? "null");
  const taken = left && left.posted && left.version !== based.value;
  if (left && !taken && JSON.stringify(left.fields) !== JSON.stringify(namesIn(form))) {
    putBack(form, left.fields);
    based.value = left.version;
    tell(say.found, true);
    later(1000);
  } else localStorage.removeItem(kept);

  for (const input of form.querySelectorAll("input[data-upload]")) {
    input.addEventListener("change", () => {
      const [file] = input.files, bar = input.parentElement.querySelector("progress"), request = new XMLHttpRequest();
      if (!file) return;
      const data = new FormData();
      data.append("file", file);
      data.append("country", say.country);
      bar.hidden = false;
      request.upload.addEventListener("progress", (event) => { bar.value = (100 * event.loaded) / event.total; });
      request.addEventListener("loadend", () => {
        bar.hidden = true;
        if (request.status !== 201) { tell(say.refused, true); return; }
        const stored = JSON.parse(request.responseText);
        form.elements[`${input.dataset.upload}.id`].value = stored.id;
        form.elements[`${input.dataset.upload}.name`].value = stored.name;
        input.parentElement.querySelector("[data-name]").textContent = stored.name;
        input.value = "";
        typed += 1;
        later(0);
      });
      request.open("POST", "/api/v1/documents");
      request.send(data);
    });
  }
}
