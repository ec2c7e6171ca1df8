// Reads two chapters, takes the network away and reads on; then the book changes.
//
// node offline.mjs
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch, serve, site } from './site.mjs';

const problems = [];
let checks = 0;
const expect = (holds, what) => {
  checks += 1;
  if (!holds) problems.push(what);
};

// A copy, so that the test can change the book.
const copy = await mkdtemp(join(tmpdir(), 'gd-offline-'));
await cp(site, copy, { recursive: true });
const { origin, stop, port } = await serve('/gd/', { folder: copy });
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 800, height: 900 } });
const tab = await context.newPage();
tab.on('pageerror', (error) => problems.push(`page: ${error}`));

const FIRST = 'algorithm/update-rule.html';
const SECOND = 'algorithm/learning-rate.html';
const THIRD = 'optimizers/momentum.html';
const kept = () => tab.evaluate(async () => {
  const names = await caches.keys();
  const lists = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  return { names, addresses: lists.flat().map((request) => request.url) };
});
const isStyled = () => tab.evaluate(() => (
  [...document.querySelectorAll('link[rel=stylesheet]:not([media=print])')]
    .every((link) => link.disabled || link.sheet?.cssRules.length > 0)
));
const until = async (what, holds) => {
  for (let tries = 0; tries < 100; tries += 1) {
    if (await holds()) return;
    await tab.waitForTimeout(100);
  }
  problems.push(`waited ten seconds in vain: ${what}`);
};

await tab.goto(origin + FIRST, { waitUntil: 'load' });
await until('the first page is kept', async () => (await kept()).addresses.includes(origin + FIRST));
await tab.goto(origin + SECOND, { waitUntil: 'load' });
await until('the second page is kept', async () => (await kept()).addresses.includes(origin + SECOND));
const loaded = (await kept()).addresses;
const pagesKept = loaded.filter((address) => address.endsWith('.html'));
expect(pagesKept.length === 3, `kept without being read: ${pagesKept}`);
expect(loaded.some((address) => address.endsWith('.css')), 'the style sheet is not kept');

stop();
await tab.reload({ waitUntil: 'load' });
expect(/^学习率/.test(await tab.title()), `offline, the second page is ${await tab.title()}`);
expect(await isStyled(), 'offline, the second page has no styles');
await tab.goto(`${origin}${FIRST}?highlight=x#top`, { waitUntil: 'load' });
expect(/^更新规则/.test(await tab.title()), `offline, the first page is ${await tab.title()}`);
const link = tab.locator(`main a[href*="learning-rate.html"]`).first();
await Promise.all([tab.waitForURL(/learning-rate/), link.click()]);
expect(/^学习率/.test(await tab.title()), 'offline, a link does not lead from page to page');

await tab.goto(origin + THIRD, { waitUntil: 'load' });
expect((await tab.textContent('h1')) === '现在读不到这一页', 'no page says that this one cannot be read');
const offered = await tab.$$eval('main li a', (links) => links.map((one) => [one.textContent, one.href]));
expect(
  JSON.stringify(offered) === JSON.stringify([['更新规则', origin + FIRST], ['学习率', origin + SECOND]]),
  `the page offers ${JSON.stringify(offered)}`,
);
await Promise.all([tab.waitForURL(/update-rule/), tab.locator('main li a').first().click()]);
expect(/^更新规则/.test(await tab.title()), 'the list of the page leads nowhere');

// A new edition: the pages come from it at once, what was read is renewed, the old is gone.
const before = (await kept()).names;
const edit = async (name, from, to) => {
  const path = join(copy, name);
  const text = await readFile(path, 'utf8');
  if (!text.includes(from)) problems.push(`${name} has no ${from}`);
  await writeFile(path, text.replace(from, to));
};
const version = /"version":"([0-9a-f]+)"/.exec(await readFile(join(copy, 'sw.js'), 'utf8'))[1];
await edit('sw.js', version, 'ffffffffffffffff');
await edit(FIRST, '<title>', '<title>新版');
await edit(SECOND, '<title>', '<title>新版');
const again = await serve('/gd/', { folder: copy, port });
await tab.reload({ waitUntil: 'load' });
expect(/^新版更新规则/.test(await tab.title()), `online, an old page is shown: ${await tab.title()}`);
await until('the new edition takes over', async () => {
  const { names } = await kept();
  return names.length === 1 && names[0] !== before[0];
});
again.stop();
await tab.goto(origin + SECOND, { waitUntil: 'load' });
expect(/^新版学习率/.test(await tab.title()), 'what was read before is not renewed');
expect(await isStyled(), 'after the new edition, the page has no styles');

await browser.close();
await rm(copy, { recursive: true });
for (const problem of problems) console.error(problem);
console.log(`${checks - Math.min(checks, problems.length)} passed, ${problems.length} failed`);
process.exit(problems.length > 0 ? 1 : 0);
