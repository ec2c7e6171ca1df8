// Opens every page of book/ in Chromium, light and dark, wide and at 360 px, and checks what a
// reader would notice: errors, requests that leave the site, sideways scrolling, figures that are
// missing, cut off, or too small to read.
//
// node check.mjs [--screenshots FOLDER] [--only PART-OF-A-PATH]
import { createServer } from 'node:http';
import { mkdirSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { extname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const site = fileURLToPath(new URL('../../book/', import.meta.url));
const option = (name) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const screenshots = option('--screenshots');
const only = option('--only') ?? '';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript',
  '.svg': 'image/svg+xml', '.woff2': 'font/woff2', '.png': 'image/png', '.csv': 'text/csv',
};
const server = createServer(async (request, response) => {
  const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
  try {
    const body = await readFile(join(site, path));
    response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? 'application/octet-stream' });
    response.end(body);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
const origin = `http://127.0.0.1:${server.address().port}/`;

const pages = (await readdir(site, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
  .map((entry) => relative(site, join(entry.parentPath, entry.name)))
  .filter((page) => !['print.html', '404.html', 'toc.html', 'index.html'].includes(page))
  .filter((page) => page.includes(only))
  .sort();

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
    '--disable-background-networking', '--disable-component-update', '--disable-sync'],
});
const problems = [];
let checks = 0;

for (const theme of ['light', 'navy']) {
  for (const width of [360, 768, 1280]) {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    await context.addInitScript((name) => localStorage.setItem('mdbook-theme', name), theme);
    for (const page of pages) {
      const where = `${page} (${theme}, ${width} px)`;
      const tab = await context.newPage();
      tab.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) problems.push(`${where}: ${message.text()}`);
      });
      tab.on('pageerror', (error) => problems.push(`${where}: ${error}`));
      tab.on('request', (request) => {
        if (!request.url().startsWith(origin) && !request.url().startsWith('data:')) {
          problems.push(`${where}: loads ${request.url()}`);
        }
      });
      tab.on('response', (response) => {
        if (response.status() >= 400) problems.push(`${where}: ${response.status()} ${response.url()}`);
      });
      await tab.goto(origin + page, { waitUntil: 'networkidle' });
      await tab.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
      problems.push(...(await tab.evaluate(inspect)).map((problem) => `${where}: ${problem}`));
      if (screenshots) {
        mkdirSync(screenshots, { recursive: true });
        const name = `${page.replaceAll('/', '-').replace('.html', '')}-${theme}-${width}.png`;
        await tab.screenshot({ path: join(screenshots, name), fullPage: true });
      }
      checks += 1;
      await tab.close();
    }
    await context.close();
  }
}

// The site must also work when it is opened from disk.
if (pages.length > 0) {
  const tab = await browser.newPage();
  tab.on('pageerror', (error) => problems.push(`file://: ${error}`));
  await tab.goto(`file://${join(site, pages[0])}`);
  if (!(await tab.locator('main h1').first().isVisible())) problems.push('file://: no heading');
  checks += 1;
}

await browser.close();
server.close();
for (const problem of problems) console.error(problem);
console.log(`${checks - Math.min(checks, problems.length)} passed, ${problems.length} failed`);
process.exit(problems.length > 0 || checks === 0 ? 1 : 0);

// Runs in the page.
function inspect() {
  const found = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) found.push(`scrolls sideways: ${root.scrollWidth} > ${root.clientWidth}`);
  for (const picture of document.querySelectorAll('.gd-picture')) {
    const name = picture.closest('figure').id;
    const visible = [...picture.querySelectorAll('svg')].filter((svg) => svg.getBoundingClientRect().width > 0);
    if (visible.length !== 1) {
      found.push(`${name}: ${visible.length} forms visible`);
      continue;
    }
    const svg = visible[0];
    const box = svg.getBoundingClientRect();
    for (const text of svg.querySelectorAll('text')) {
      const inside = text.getBoundingClientRect();
      const size = parseFloat(getComputedStyle(text).fontSize) * box.width / svg.viewBox.baseVal.width;
      if (size < 10.9) found.push(`${name}: text of ${size.toFixed(1)} px: ${text.textContent}`);
      // upwards and downwards the box is that of the font, which is taller than its letters
      if (inside.left < box.left - 1.5 || inside.right > box.right + 1.5 || inside.top < box.top - 5 || inside.bottom > box.bottom + 5) {
        found.push(`${name}: cut off: ${text.textContent}`);
      }
    }
  }
  for (const formula of document.querySelectorAll('.katex-error')) found.push(`formula: ${formula.textContent}`);
  return found;
}
