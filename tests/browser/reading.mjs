// Reads as a reader does: the sections in the sidebar, the way to the next page, a figure enlarged,
// the place kept and offered again.
//
// node reading.mjs
import { launch, serve, site } from './site.mjs';

const problems = [];
let checks = 0;
const expect = (holds, what) => {
  checks += 1;
  if (!holds) problems.push(what);
};

const { origin, stop } = await serve('/gd/');
const browser = await launch();

for (const start of [origin, `file://${site}`]) {
  for (const width of [360, 1280]) {
    const where = `${start.startsWith('file') ? 'from disk' : 'served'}, ${width} px`;
    const context = await browser.newContext({ viewport: { width, height: 800 } });
    const tab = await context.newPage();
    tab.on('pageerror', (error) => problems.push(`${where}: ${error}`));

    await tab.goto(`${start}preface.html`);
    expect((await tab.$$('.gd-resume')).length === 0, `${where}: a place is offered to a new reader`);

    await tab.goto(`${start}algorithm/learning-rate.html`);
    const sections = await tab.$$eval('#mdbook-sidebar .on-this-page a', (all) => all.map((one) => one.textContent.trim()));
    const headings = await tab.$$eval('main h2', (all) => all.map((one) => one.textContent.trim()));
    expect(headings.length > 2 && headings.every((one) => sections.includes(one)), `${where}: the sidebar has ${sections}, the page ${headings}`);

    // a figure over the window, by mouse and by keyboard
    const shown = () => tab.$eval('dialog.gd-enlarged', (dialog) => dialog.open && dialog.querySelectorAll('svg').length === 1
      && dialog.querySelector('svg').getBoundingClientRect().width >= 600);
    await tab.click('#figure-learning-rate-three-rates .gd-picture');
    expect(await shown(), `${where}: a click on a figure does not enlarge it`);
    await tab.keyboard.press('Escape');
    expect(!(await shown()), `${where}: Esc leaves the figure enlarged`);
    await tab.focus('#figure-learning-rate-three-rates .gd-enlarge');
    await tab.keyboard.press('Enter');
    expect(await shown(), `${where}: Enter does not enlarge a figure`);
    await tab.click('.gd-close');
    expect(!(await shown()), `${where}: the button does not close the figure`);
    expect(await tab.evaluate(() => document.activeElement.className === 'gd-enlarge'), `${where}: the focus is lost after closing`);

    // reading on to a section keeps the place, to the end marks the page as read
    const place = headings[1];
    await tab.evaluate((text) => [...document.querySelectorAll('main h2')].find((one) => one.textContent.trim() === text).scrollIntoView(), place);
    await tab.waitForFunction((text) => JSON.parse(localStorage.getItem('gd-reading'))?.last.section === text, place);
    expect(await tab.evaluate(() => JSON.parse(localStorage.getItem('gd-reading')).done.length) === 0, `${where}: read before its end`);

    await tab.goto(`${start}preface.html`);
    const offered = await tab.textContent('.gd-resume');
    expect(offered.includes(place) && offered.includes('学习率'), `${where}: offers ${offered}`);
    await Promise.all([tab.waitForNavigation(), tab.click('.gd-resume a')]);
    expect(decodeURIComponent(tab.url()).includes('algorithm/learning-rate.html#'), `${where}: goes on at ${tab.url()}`);

    await tab.evaluate(() => { window.scrollTo(0, document.documentElement.scrollHeight); });
    await tab.waitForSelector('#mdbook-sidebar .gd-done', { state: 'attached' });
    const done = await tab.$$eval('#mdbook-sidebar .gd-done', (all) => all.map((one) => one.closest('a').textContent));
    expect(done.length === 1 && done[0].includes('学习率'), `${where}: marked as read: ${done}`);

    // on to the next page, by its title
    const next = await tab.textContent('.gd-turn a[rel=next]');
    await Promise.all([tab.waitForNavigation(), tab.click('.gd-turn a[rel=next]')]);
    const title = await tab.textContent('main h1');
    expect(next.includes(title.trim()), `${where}: “${next}” leads to “${title}”`);

    // whatever is kept by another hand, the page shows
    for (const kept of ['{', 'null', '[]', '{"done":3,"last":{"page":"../x","title":"<img>","section":"","anchor":""}}']) {
      await tab.evaluate((text) => localStorage.setItem('gd-reading', text), kept);
      await tab.goto(`${start}preface.html`);
      expect((await tab.$$('.gd-resume')).length === 0, `${where}: offers a page that the book has not: ${kept}`);
    }
    await context.close();
  }
}

await browser.close();
stop();
for (const problem of problems) console.error(problem);
console.log(`${checks - Math.min(checks, problems.length)} passed, ${problems.length} failed`);
process.exit(problems.length > 0 ? 1 : 0);
