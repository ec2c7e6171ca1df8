// How far the reader has come, kept in this browser: the table of contents marks what was read, and
// the first page offers to go on where it was left.
'use strict';

(() => {
  const KEY = 'gd-reading';
  const main = document.querySelector('#mdbook-content main');
  const root = new URL(path_to_root || './', window.location.href);
  const here = decodeURIComponent(window.location.pathname.slice(root.pathname.length)) || 'index.html';
  const isFirst = ['index.html', 'preface.html'].includes(here);

  // { done: [page, …], last: { page, title, section, anchor } }
  const load = () => {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY));
      const text = (value) => typeof value === 'string';
      const { page, title, section, anchor } = kept?.last ?? {};
      return {
        done: Array.isArray(kept?.done) ? kept.done.filter(text) : [],
        last: [page, title, section, anchor].every(text) ? kept.last : null,
      };
    } catch {
      return { done: [], last: null };
    }
  };
  const save = (kept) => {
    try {
      localStorage.setItem(KEY, JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing: the book reads just as well.
    }
  };

  const links = () => [...document.querySelectorAll('#mdbook-sidebar a[href]:not(.on-this-page a)')];
  const pageOf = (link) => decodeURIComponent(new URL(link.href).pathname.slice(root.pathname.length));

  const showDone = () => {
    const { done } = load();
    for (const link of links()) {
      if (done.includes(pageOf(link)) && !link.querySelector('.gd-done')) {
        const sign = document.createElement('span');
        sign.className = 'gd-done';
        sign.setAttribute('role', 'img');
        sign.setAttribute('aria-label', '读过了');
        sign.textContent = '✓';
        link.append(' ', sign);
      }
    }
  };

  const offer = () => {
    const { last } = load();
    // Only a page that the book has: what is kept may be older than the book, or not ours.
    const link = last && links().find((one) => pageOf(one) === last.page);
    if (!link) return;
    const offered = document.createElement('p');
    offered.className = 'gd-resume';
    const to = document.createElement('a');
    to.href = link.href + (last.anchor ? `#${encodeURIComponent(last.anchor)}` : '');
    to.textContent = last.section ? `${last.title}：${last.section}` : last.title;
    offered.append('接着读 ', to);
    main.querySelector('h1').after(offered);
  };

  // The section at the top of the window is where the reader is; the end of the page in sight is done.
  const note = () => {
    const headings = [...main.querySelectorAll('h2[id], h3[id]')];
    const at = headings.findLast((one) => one.getBoundingClientRect().top < window.innerHeight / 2);
    const kept = load();
    kept.last = {
      page: here,
      title: main.querySelector('h1')?.textContent.trim() ?? document.title,
      section: at?.textContent.trim() ?? '',
      anchor: at?.id ?? '',
    };
    if (main.getBoundingClientRect().bottom < window.innerHeight + 100 && !kept.done.includes(here)) {
      kept.done.push(here);
    }
    save(kept);
    showDone();
  };

  showDone();
  if (isFirst) {
    offer();
  } else if (links().some((link) => pageOf(link) === here)) {
    let waiting = null;
    window.addEventListener('scroll', () => {
      clearTimeout(waiting);
      waiting = setTimeout(note, 300);
    }, { passive: true });
  }
})();
