/* Keeps a copy of the places and dates on the device, only when somebody taps, and takes it away again. */
"use strict";
(async () => {
  const keep = document.getElementById("keep");
  /* Browsers offer both only over HTTPS and on the own machine. */
  if (!keep || !navigator.serviceWorker || !window.caches) return;
  const NAME = "offline";
  const [save, remove] = keep.querySelectorAll("button");
  const said = keep.querySelector("[role=status]");
  const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")];

  const deleteAll = async () => {
    await caches.delete(NAME);
    const worker = await navigator.serviceWorker.getRegistration("/");
    await worker?.unregister();
  };

  const saveAll = async () => {
    const page = await fetch(keep.dataset.page, { cache: "no-store" });
    if (!page.ok) throw new Error(page.statusText);
    await deleteAll();
    const cache = await caches.open(NAME);
    await cache.addAll(parts.map(part => part.href || part.src));
    await cache.put("/offline", page);
    await navigator.serviceWorker.register(keep.dataset.worker);
    await navigator.serviceWorker.ready;
  };

  const show = async words => {
    remove.parentElement.hidden = !(await caches.has(NAME));
    said.textContent = said.dataset[words] || "";
  };

  save.addEventListener("click", async () => {
    try {
      await saveAll();
      await show("kept");
    } catch {
      await show("failed");
    }
  });
  remove.addEventListener("click", async () => {
    await deleteAll();
    await show("deleted");
    save.focus();
  });
  await show();
  keep.hidden = false;
})();
