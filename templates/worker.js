/* Answers without network for visitors who have kept a copy; with network it changes nothing. Staff pages are left alone. */
"use strict";
self.addEventListener("fetch", event => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin || pathname.startsWith("/admin/")) return;
  /* caches.match never makes a cache: what was deleted stays away. */
  const kept = () => caches.match(request.mode === "navigate" ? "/offline" : request);
  event.respondWith(fetch(request).catch(async fault => (await kept()) ?? Promise.reject(fault)));
});
