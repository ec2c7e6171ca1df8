// Opens every page of book/ in Chromium, light and dark, wide and at 360 px, and checks what a
// reader would notice: errors, requests that leave the site, sideways scrolling, figures and
// flowcharts that are missing, cut off, or too small to read.
//
// node check.mjs [--screenshots FOLDER] [--only PART-OF-A-PATH]
import { mkdirSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { launch, serve, site } from './site.mjs';

const option = (name) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
};
const screenshots = option('--screenshots');
const only = option('--only') ?? '';

const { origin, stop } = await serve();

const pages = (await readdir(site, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
  .map((entry) => relative(site, join(entry.parentPath, entry.name)))
  .filter((page) => !['print.html', '404.html', 'toc.html', 'index.html'].includes(page))
  .filter((page) => page.includes(only))
  .sort();

const browser = await launch();
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
stop();
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
      const { top, bottom } = ink(text);
      const size = parseFloat(getComputedStyle(text).fontSize) * box.width / svg.viewBox.baseVal.width;
      if (size < 10.9) found.push(`${name}: text of ${size.toFixed(1)} px: ${text.textContent}`);
      if (inside.left < box.left - 1.5 || inside.right > box.right + 1.5 || top < box.top - 1.5 || bottom > box.bottom + 1.5) {
        found.push(`${name}: cut off: ${text.textContent}`);
      }
    }
  }
  for (const svg of document.querySelectorAll('.gd-flowchart svg')) {
    const chart = svg.getBoundingClientRect();
    const scale = chart.width / svg.viewBox.baseVal.width;
    for (const label of svg.querySelectorAll('.node p, .edgeLabel p')) {
      const size = parseFloat(getComputedStyle(label).fontSize) * scale;
      if (size < 10.9) found.push(`${svg.id}: text of ${size.toFixed(1)} px: ${label.textContent}`);
      const range = document.createRange();
      range.selectNodeContents(label);
      const inside = range.getBoundingClientRect();
      const node = label.closest('.node');
      if (!node) {
        if (inside.left < chart.left - 1.5 || inside.right > chart.right + 1.5) {
          found.push(`${svg.id}: cut off: ${label.textContent}`);
        }
        continue;
      }
      const box = node.querySelector('.label-container').getBoundingClientRect();
      const [left, right] = [inside.left - box.left, box.right - inside.right];
      if (left < 2 || right < 2 || inside.top < box.top || inside.bottom > box.bottom) {
        found.push(`${svg.id}: out of its box: ${label.textContent}`);
      } else if (Math.abs(left - right) > 4) {
        found.push(`${svg.id}: off the middle of its box: ${label.textContent}`);
      }
    }
  }
  for (const formula of document.querySelectorAll('.katex-error')) found.push(`formula: ${formula.textContent}`);
  return found;

  // Where the letters of a text begin and end: its box is that of the font, which is taller.
  function ink(text) {
    const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(text);
    const canvas = document.createElement('canvas').getContext('2d');
    canvas.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    const { actualBoundingBoxAscent, actualBoundingBoxDescent } = canvas.measureText(text.textContent);
    const screen = text.getScreenCTM();
    const baseline = text.getStartPositionOfChar(0).matrixTransform(screen).y;
    return {
      top: baseline - screen.d * actualBoundingBoxAscent,
      bottom: baseline + screen.d * actualBoundingBoxDescent,
    };
  }
}
