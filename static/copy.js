/* Shows the buttons that copy the text they name. Without this file people select it with a tap, as the page says. */
"use strict";
if (navigator.clipboard) {
  for (const box of document.querySelectorAll("[data-copies]")) {
    const text = document.getElementById(box.dataset.copies);
    const said = box.querySelector("[role=status]");
    box.querySelector("button").addEventListener("click", async () => {
      said.textContent = "";
      try {
        await navigator.clipboard.writeText(text.innerText.trim());
        said.textContent = said.dataset.done;
      } catch {
        getSelection().selectAllChildren(text);
      }
    });
    box.hidden = false;
  }
}
