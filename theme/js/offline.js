// What was read stays readable without a network: sw.js at the root of the site keeps it. A book
// opened from disk needs no such thing.
'use strict';

if ('serviceWorker' in navigator && location.protocol.startsWith('http')) {
  const worker = navigator.serviceWorker;
  const isFirstVisit = !worker.controller;
  window.addEventListener('load', async () => {
    try {
      await worker.register(`${path_to_root}sw.js`);
      if (!isFirstVisit) return;
      const { active } = await worker.ready;
      const loaded = performance.getEntriesByType('resource').map((one) => one.name);
      active.postMessage([location.href, ...loaded]);
    } catch {
      // Private windows and old browsers refuse; the page works without.
    }
  });
}
