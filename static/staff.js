/* Shows the dates of what is typed by itself. Without this file the button "show the dates" does the same. */
"use strict";
(() => {
  const form = document.getElementById("sprechstunde_form");
  const section = document.getElementById("vorschau");
  if (!form || !section) return;
  const typed = () => new URLSearchParams(new FormData(form)).toString();
  let shown = typed();
  let waiting;
  let asking;

  async function show() {
    const now = typed();
    if (now === shown) return;
    shown = now;
    asking?.abort();
    asking = new AbortController();
    try {
      const data = new FormData(form);
      data.append("_preview", "1");
      const answer = await fetch(location.href, { method: "POST", body: data, signal: asking.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById("vorschau");
      if (fresh) section.replaceChildren(...fresh.childNodes);
    } catch {
      /* Another one is on its way, or there is no network: the button stays. */
    }
  }

  /* The calendar and the search for an office set values without an event of their own, but after a click. */
  for (const kind of ["input", "change", "click", "keyup"]) {
    document.addEventListener(kind, () => {
      clearTimeout(waiting);
      waiting = setTimeout(show, 600);
    });
  }
})();
