// The fonts of the formulas, cut down to the glyphs that the book uses: theme/css/formula-fonts.css
// holds them as data, so that a formula is never drawn twice, in a makeshift font and in its own.
//
// node fonts.mjs           fails if a page uses a glyph that is not in there, and names it
// node fonts.mjs --write   cuts the fonts of theme/fonts/ again, from what book/ uses now
//
// A glyph that is missing costs its readers a download of the whole font, but is never drawn wrong:
// the style sheet has the whole fonts, too, and a browser takes them where the cut ones end.
import { readFile, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import subsetFont from 'subset-font';
import { launch, pages, serve } from './site.mjs';

const theme = fileURLToPath(new URL('../../theme/', import.meta.url));
const sheet = `${theme}css/formula-fonts.css`;

// Which characters each font draws, on which page first: { 'KaTeX_Main-Regular': Map(code → page) }.
const { origin, stop } = await serve();
const browser = await launch();
const used = new Map();
for (const page of await pages()) {
  const tab = await browser.newPage();
  await tab.goto(origin + page, { waitUntil: 'load' });
  for (const [face, text] of await tab.evaluate(collect)) {
    const font = existsSync(`${theme}fonts/${face}.woff2`) ? face : face.replace(/-.*/, '-Regular');
    if (!used.has(font)) used.set(font, new Map());
    for (const character of text) {
      const code = character.codePointAt(0);
      // Han characters are drawn in the fonts of the system.
      if (code < 0x2e80 && !used.get(font).has(code)) used.get(font).set(code, page);
    }
  }
  await tab.close();
}
await browser.close();
stop();

if (process.argv.includes('--write')) {
  const rules = [];
  for (const font of [...used.keys()].sort()) {
    const codes = [...used.get(font).keys()].sort((a, b) => a - b);
    const whole = await readFile(`${theme}fonts/${font}.woff2`);
    const cut = await subsetFont(whole, String.fromCodePoint(...codes), { targetFormat: 'woff2', noHinting: true });
    const [family, style] = font.split('-');
    rules.push(`@font-face{font-family:${family};`
      + `font-style:${style.includes('Italic') ? 'italic' : 'normal'};`
      + `font-weight:${style.includes('Bold') ? 700 : 400};`
      + `unicode-range:${ranges(codes)};`
      + `src:url(data:font/woff2;base64,${cut.toString('base64')}) format("woff2")}`);
    console.log(`${font}: ${codes.length} glyphs, ${cut.length} of ${whole.length} bytes`);
  }
  await writeFile(sheet, '/* Made by `node fonts.mjs --write` in tests/browser from fonts/*.woff2: only the glyphs that'
    + ` the book uses.\n   KaTeX 0.16.4, MIT licence, see fonts/KATEX-LICENSE.txt. */\n${rules.join('\n')}\n`);
  process.exit(0);
}

const have = new Map();
for (const [, family, style, weight, list] of (await readFile(sheet, 'utf8')).matchAll(
  /font-family:(\w+);font-style:(\w+);font-weight:(\d+);unicode-range:([^;]+);/g,
)) {
  have.set(faceOf(family, weight, style), list.split(',').map((range) => {
    const [from, to] = range.slice(2).split('-').map((code) => parseInt(code, 16));
    return [from, to ?? from];
  }));
}
let missing = 0;
for (const [font, codes] of used) {
  for (const [code, page] of codes) {
    if ((have.get(font) ?? []).some(([from, to]) => from <= code && code <= to)) continue;
    missing += 1;
    console.error(`${page}: ${font} lacks “${String.fromCodePoint(code)}” (U+${code.toString(16).toUpperCase()})`);
  }
}
if (missing > 0) console.error('node fonts.mjs --write cuts the fonts again; commit theme/css/formula-fonts.css');
console.log(`${used.size} fonts, ${missing} glyphs missing`);
process.exit(missing > 0 || used.size === 0 ? 1 : 0);

/** KaTeX's name of a face: KaTeX_Math-BoldItalic. */
function faceOf(family, weight, style) {
  const name = (Number(weight) >= 600 ? 'Bold' : '') + (style === 'italic' ? 'Italic' : '');
  return `${family}-${name || 'Regular'}`;
}

/** U+28-29,U+2B */
function ranges(codes) {
  const runs = [];
  for (const code of codes) {
    const last = runs.at(-1);
    if (last && code === last[1] + 1) last[1] = code;
    else runs.push([code, code]);
  }
  const hex = (code) => code.toString(16).toUpperCase();
  return runs.map(([from, to]) => `U+${hex(from)}${to > from ? `-${hex(to)}` : ''}`).join(',');
}

// Runs in the page: what text stands in which of KaTeX's faces.
function collect() {
  const texts = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (element.closest('.katex-mathml')) continue;
    const { fontFamily, fontWeight, fontStyle } = getComputedStyle(element);
    const family = fontFamily.split(',')[0].trim();
    if (!family.startsWith('KaTeX_')) continue;
    const name = (Number(fontWeight) >= 600 ? 'Bold' : '') + (fontStyle === 'italic' ? 'Italic' : '');
    const face = `${family}-${name || 'Regular'}`;
    texts.set(face, (texts.get(face) ?? '') + walker.currentNode.data);
  }
  return [...texts];
}
