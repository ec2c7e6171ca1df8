// Checks the built book against WCAG 2.2 AA: axe-core on every page, in every theme, at 360 and
// 1280 px; then what axe cannot see: the skip link, the focus ring, the keyboard, a page without
// scripts, reduced motion, the reader's colour scheme.
//
// node axe.mjs [--only PART-OF-A-PATH]
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { everyPage, launch, serve } from './site.mjs';

const THEMES = ['light', 'rust', 'coal', 'navy', 'ayu'];
const WIDTHS = [360, 1280];
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** The rules whose answer changes with the theme. */
const COLOURS = ['color-contrast', 'link-in-text-block'];

const at = process.argv.indexOf('--only');
const only = at < 0 ? '' : process.argv[at + 1];
const all = await everyPage();
const chosen = all.filter((page) => page.includes(only));
const chapters = chosen.filter((page) => !['404.html', 'index.html', 'print.html', 'toc.html'].includes(page));

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const { origin, stop } = await serve();
const browser = await launch();
const findings = new Set();
let checks = 0;
const report = (page, where, rule, selector) => findings.add([page, where, rule, selector].join('  '));
const expect = (true_, page, where, rule, selector = '') => {
  checks += 1;
  if (!true_) report(page, where, rule, selector);
};

await eachPage(chosen, { reducedMotion: 'reduce' }, async (tab, page) => {
  // The printed book is all chapters once more: once is enough.
  for (const width of page === 'print.html' ? [1280] : WIDTHS) {
    await tab.setViewportSize({ width, height: 900 });
    await tab.goto(origin + page);
    await tab.evaluate(() => document.querySelectorAll('details').forEach((one) => { one.open = true; }));
    await tab.evaluate(axe);
    for (const theme of THEMES) {
      await wear(tab, theme);
      const rules = theme === THEMES[0]
        ? { runOnly: TAGS, rules: { 'target-size': { enabled: true } } } : { runOnly: { type: 'rule', values: COLOURS } };
      const violations = await tab.evaluate(async (options) => {
        // A formula has the colour of its text, and a picture is one image; `inspect` looks at both.
        const { violations } = await axe.run({ exclude: ['iframe', '.katex', '.gd-picture svg'] }, { ...options, resultTypes: ['violations'] });
        // axe does not read MathML: a column named by a formula looks unnamed to it.
        const formula = (id, selector) => id === 'empty-table-header' && document.querySelector(selector).querySelector('math');
        return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => [id, target.join(' ')]))
          .filter(([id, selector]) => !formula(id, selector));
      }, rules);
      for (const [rule, selector] of violations) report(page, `${theme} ${width} px`, rule, selector);
      checks += 1;
    }
    for (const [rule, selector] of await tab.evaluate(inspect, page)) report(page, `${width} px`, rule, selector);
    checks += 1;
  }
});

await keyboard();
await withoutScripts();
await preferences();

await browser.close();
stop();
for (const finding of findings) console.error(finding);
console.log(`${checks} accessibility checks, ${findings.size} findings`);
process.exit(findings.size > 0 || chosen.length === 0 ? 1 : 0);

/** Runs `look` on each page, two tabs at a time. */
async function eachPage(names, options, look) {
  const queue = [...names];
  await Promise.all([0, 1].map(async () => {
    const context = await browser.newContext(options);
    context.setDefaultTimeout(10_000);
    for (let page = queue.shift(); page; page = queue.shift()) {
      const tab = await context.newPage();
      await look(tab, page);
      await tab.close();
    }
    await context.close();
  }));
}

/** Changes the theme as a click in the menu does. */
function wear(tab, theme) {
  return tab.evaluate((name) => document.getElementById(`mdbook-theme-${name}`)?.click(), theme);
}

/** Runs in the page: what holds for a page at one width, whatever its colours. */
function inspect(page) {
  const found = [];
  const name = (element) => element.id ? `#${element.id}`
    : `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} “${element.textContent.trim().slice(0, 20)}”`;
  const shown = (element) => element.checkVisibility({ visibilityProperty: true });

  if (!['print.html', 'toc.html'].includes(page)) {
    const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(shown);
    let level = 0;
    for (const heading of headings) {
      const next = Number(heading.tagName[1]);
      if (next > level + 1) found.push([`heading h${next} after h${level}`, name(heading)]);
      level = next;
    }
    const first = headings.filter((heading) => heading.tagName === 'H1').length;
    if (first !== 1) found.push([`${first} headings h1`, 'main']);
  }
  for (const formula of document.querySelectorAll('.katex')) {
    if (!formula.querySelector('math annotation')) found.push(['formula without MathML', name(formula)]);
    if (!formula.querySelector('.katex-html[aria-hidden=true]')) found.push(['formula read twice', name(formula)]);
  }
  for (const chart of document.querySelectorAll('.gd-flowchart')) {
    const text = chart.getAttribute('aria-label') ?? '';
    if (chart.getAttribute('role') !== 'img' || text.length < 8) found.push(['flowchart without a text', name(chart)]);
  }
  for (const figure of document.querySelectorAll('figure.gd-figure')) {
    const text = figure.querySelector('.gd-picture[role=img]')?.getAttribute('aria-label') ?? '';
    if (text.trim().length < 8) found.push(['figure without a text', name(figure)]);
    if (!figure.querySelector('a.gd-data[href], table')) found.push(['figure without its data', name(figure)]);
  }

  // Every target is at least 24 px high and wide; a link in a line of text need not be (WCAG 2.5.8).
  const FOCUSABLE = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
  const interactive = [...document.querySelectorAll(FOCUSABLE)].filter(shown);
  for (const target of interactive) {
    if (target.matches('main p a, main li a, main td a, main figcaption a, main h1 a, main h2 a, main h3 a, .gd-skip')) continue;
    const { width, height } = target.getBoundingClientRect();
    if (width < 23.9 || height < 23.9) found.push([`target of ${width.toFixed(0)} × ${height.toFixed(0)} px`, name(target)]);
  }

  // Whatever takes the focus by the keyboard looks different with it.
  const look = (element) => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    return `${outlineStyle === 'none' ? 0 : outlineWidth} ${boxShadow}`;
  };
  for (const element of interactive) {
    if (element.tabIndex < 0) continue;
    const before = look(element);
    element.focus({ focusVisible: true, preventScroll: true });
    if (document.activeElement !== element || look(element) === before) found.push(['focus cannot be seen', name(element)]);
    element.blur();
  }
  return found;
}

/** Skip link, sidebar, theme menu, search, by keys alone. */
async function keyboard() {
  const page = chapters[0];
  for (const width of WIDTHS) {
    const where = `keyboard ${width} px`;
    const tab = await browser.newPage({ viewport: { width, height: 900 }, reducedMotion: 'reduce' });
    await tab.goto(origin + page);
    const focus = () => tab.evaluate(() => {
      const { id, className, textContent } = document.activeElement;
      return id || className || textContent;
    });
    const press = async (...keys) => {
      for (const key of keys) await tab.keyboard.press(key);
    };

    await press('Tab');
    expect(await focus() === 'gd-skip', page, where, 'the skip link is not first', await focus());
    const skip = await tab.locator('#gd-skip').boundingBox();
    expect(skip && skip.x >= 0 && skip.y >= 0, page, where, 'the skip link cannot be seen');
    await press('Enter', 'Tab');
    expect(await tab.evaluate(() => document.activeElement.closest('main') !== null), page, where,
      'the skip link does not lead to the text', await focus());

    const open = () => tab.evaluate(() => document.documentElement.classList.contains('sidebar-visible'));
    const reachable = () => tab.evaluate(() => {
      const link = document.querySelector('#mdbook-sidebar a');
      link.focus();
      return document.activeElement === link;
    });
    expect(await reachable() === await open(), page, where, 'a hidden table of contents takes the focus');
    for (const key of ['Enter', 'Space']) {
      const was = await open();
      await tab.focus('#mdbook-sidebar-toggle');
      await press(key);
      expect(await open() !== was, page, where, `${key} does not switch the table of contents`);
      expect(await tab.getAttribute('#mdbook-sidebar-toggle', 'aria-expanded') === String(!was), page, where,
        'the button does not say whether the table of contents is open');
      expect(await reachable() === !was, page, where, 'table of contents and focus disagree');
    }
    await tab.evaluate(() => document.documentElement.classList.contains('sidebar-visible')
      && document.getElementById('mdbook-sidebar-toggle').click());

    await tab.focus('#mdbook-theme-toggle');
    await press('Enter');
    const menu = tab.locator('#mdbook-theme-list');
    expect(await menu.isVisible(), page, where, 'Enter does not open the themes');
    expect((await focus()).startsWith('mdbook-theme-'), page, where, 'the open menu does not take the focus', await focus());
    await press('Home');
    const first = await focus();
    await press('ArrowDown');
    expect(await focus() !== first, page, where, 'the down arrow does not move', first);
    await press('ArrowUp');
    expect(await focus() === first, page, where, 'the up arrow does not move back', await focus());
    await press('End');
    expect(await focus() === 'mdbook-theme-ayu', page, where, 'End does not reach the last theme', await focus());
    await press('Enter');
    expect(await tab.evaluate(() => document.documentElement.classList.contains('ayu')), page, where, 'Enter does not choose a theme');
    expect(await tab.getAttribute('#mdbook-theme-ayu', 'aria-checked') === 'true', page, where, 'the menu does not say which theme is chosen');
    await press('Escape');
    expect(!(await menu.isVisible()) && await focus() === 'mdbook-theme-toggle', page, where, 'Esc does not close the menu', await focus());

    await press('/');
    expect(await focus() === 'mdbook-searchbar', page, where, '/ does not open the search', await focus());
    await press('Escape');
    expect(!(await tab.locator('#mdbook-searchbar').isVisible()), page, where, 'Esc does not close the search');
    await tab.close();
  }
}

/** Without scripts every chapter shows its text, its formulas, its pictures and a way around. */
async function withoutScripts() {
  await eachPage(chapters, { javaScriptEnabled: false, viewport: { width: 1280, height: 900 } }, async (tab, page) => {
    const missing = [];
    await tab.goto(origin + page);
    const count = (selector) => tab.locator(selector).count();
    if (!(await tab.locator('main h1').isVisible())) missing.push('the text');
    for (const kind of ['.katex-html', '.gd-picture', '.gd-flowchart svg']) {
      if (await count(`main ${kind}`) > 0 && await count(`main ${kind}:visible`) === 0) missing.push(kind);
    }
    const contents = tab.frameLocator('#mdbook-sidebar iframe').locator('a').first();
    if (!(await contents.isVisible())) missing.push('the table of contents');
    if (await count('a[rel~=next]:visible, a[rel~=prev]:visible') === 0) missing.push('the next page');
    expect(missing.length === 0, page, 'without scripts', 'does not show', missing.join(', '));
  });
}

/** A reader who wants no motion gets none; who prefers dark gets dark. */
async function preferences() {
  const page = chapters[0];
  const still = await browser.newPage({ reducedMotion: 'reduce', viewport: { width: 1280, height: 900 } });
  await still.goto(origin + page);
  const moving = await still.evaluate(() => [...document.querySelectorAll('*')].filter((element) =>
    ['', '::before', '::after'].some((part) => {
      const { transitionDuration, animationName, animationDuration, scrollBehavior } = getComputedStyle(element, part || null);
      const long = (times) => times.split(',').some((time) => parseFloat(time) > 0.001);
      return long(transitionDuration) || (animationName !== 'none' && long(animationDuration)) || scrollBehavior === 'smooth';
    })).map((element) => element.id || element.tagName + '.' + element.classList).slice(0, 5));
  expect(moving.length === 0, page, 'reduced motion', 'moves', moving.join(', '));
  await still.close();
  for (const [colorScheme, theme] of [['light', 'light'], ['dark', 'navy']]) {
    const tab = await browser.newPage({ colorScheme });
    await tab.goto(origin + page);
    const worn = await tab.evaluate(() => document.documentElement.className);
    expect(worn.split(' ').includes(theme), page, `prefers ${colorScheme}`, 'wears', worn);
    await tab.close();
  }
}
