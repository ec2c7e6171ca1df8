// What a first visit to a page costs: every byte that comes over the wire, packed as web servers
// pack it, before the reader asks for more. And that nothing on the page moves while it loads.
//
// node weight.mjs [PART-OF-A-PATH]
import { launch, pages, serve } from './site.mjs';

const MOST_KILOBYTES = 120;
// The bound of what web.dev calls good. Formulas, figures and listings keep still; a long table at the
// head of a page may settle its columns while its rows come in.
const MOST_SHIFT = 0.1;

const { origin, stop } = await serve();
const browser = await launch();
const rows = [];
const problems = [];
for (const page of (await pages()).filter((path) => path.includes(process.argv[2] ?? ''))) {
  for (const width of [360, 1280]) {
    // A new context has an empty cache; what a service worker fetches, it fetches after the visit.
    const context = await browser.newContext({ viewport: { width, height: 800 }, serviceWorkers: 'block' });
    const tab = await context.newPage();
    const wire = await context.newCDPSession(tab);
    await wire.send('Network.enable');
    let bytes = 0;
    let requests = 0;
    // What the style sheet holds as data has come over the wire with it. The icon of the tab does not
    // count: a browser fetches it when it has nothing else to do.
    const fetched = new Set();
    wire.on('Network.requestWillBeSent', ({ requestId, request }) => {
      if (request.url.startsWith(origin) && !/\/(favicon|icon)[^/]*$/.test(request.url)) fetched.add(requestId);
    });
    wire.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      if (!fetched.has(requestId)) return;
      bytes += encodedDataLength;
      requests += 1;
    });
    await tab.addInitScript(watchShifts);
    await tab.goto(origin + page, { waitUntil: 'networkidle' });
    const shift = await tab.evaluate(() => window.shifted);
    await context.close();
    const kilobytes = bytes / 1000;
    if (kilobytes > MOST_KILOBYTES) {
      problems.push(`${page} (${width} px): ${kilobytes.toFixed(1)} kB, more than ${MOST_KILOBYTES}`);
    }
    if (shift > MOST_SHIFT) problems.push(`${page} (${width} px): moves while it loads, by ${shift.toFixed(3)}`);
    if (width === 360) rows.push({ page, kilobytes, requests });
  }
}
await browser.close();
stop();
rows.sort((a, b) => b.kilobytes - a.kilobytes);
for (const { page, kilobytes, requests } of rows) {
  console.log(`${kilobytes.toFixed(1).padStart(6)} kB  ${requests} requests  ${page}`);
}
for (const problem of problems) console.error(problem);
console.log(`${rows.length} pages, ${problems.length} problems`);
process.exit(problems.length > 0 || rows.length === 0 ? 1 : 0);

// Runs in the page, before its own scripts.
function watchShifts() {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) window.shifted += value;
  }).observe({ type: 'layout-shift', buffered: true });
}
