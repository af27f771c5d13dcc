// Nothing here is needed to use a page. A form marked data-unsaved warns before what was typed in it is lost.
"use strict";

for (const form of document.querySelectorAll("form[data-unsaved]")) {
  let changed = false;
  form.addEventListener("input", () => { changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

const wrong = document.getElementById("errors");
if (wrong) wrong.focus();
