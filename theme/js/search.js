// Search in the text of the book: exact pieces of Chinese, Latin and digits, in the sections that
// hold all the words. The index, search.js at the root of the site, is loaded when it is needed.
'use strict';

(() => {
  const FIRST_RESULTS = 8;
  const MOST_RESULTS = 40;
  const LONGEST_QUERY = 100;
  const TEASER = 90;

  const byId = (id) => document.getElementById(id);
  const wrapper = byId('mdbook-search-wrapper');
  const toggle = byId('mdbook-search-toggle');
  const outer = byId('mdbook-searchbar-outer');
  const bar = byId('mdbook-searchbar');
  const box = byId('mdbook-searchresults-outer');
  const header = byId('mdbook-searchresults-header');
  const list = byId('mdbook-searchresults');

  // Full-width and half-width letters, x² and x2, upper and lower case count as the same. Every
  // character keeps its place.
  const fold = (text) => text.toLowerCase().replace(/[^\0-\x7f\u3001-\u9fff]/gu, (character) => {
    const plain = character.normalize('NFKC');
    return plain.length === character.length ? plain : character;
  });

  // Each word with what else it may be called: [['动量', 'momentum'], …].
  const parse = (query, terms) => {
    const text = fold(query.slice(0, LONGEST_QUERY)).trim().replace(/\s+/g, ' ');
    const others = (word) => terms.filter((names) => names.includes(word)).flat();
    const all = others(text);
    const words = all.length > 0 ? [text] : text.split(' ');
    return words
      .filter((word) => /[\p{L}\p{N}\p{S}]/u.test(word))
      .map((word) => [...new Set([word, ...others(word)])]);
  };

  // The same for the glossary: names shorter than two letters would be found everywhere.
  const usable = (terms) => terms
    .map((names) => names.map(fold).filter((name) => name.length > 1))
    .filter((names) => names.length > 1);

  const load = (index) => ({
    terms: usable(index.terms),
    sections: index.pages.flatMap(([address, page, sections]) => sections.map(
      ([anchor, title, text]) => ({
        address, page, anchor, title, text,
        foldedTitle: fold(title), foldedPage: fold(page), foldedText: fold(text),
      }),
    )),
  });

  const count = (text, word) => {
    let found = 0;
    for (let at = text.indexOf(word); at >= 0 && found < 9; at = text.indexOf(word, at + word.length)) {
      found += 1;
    }
    return found;
  };

  // Titles before text, the word itself before its other names, more before fewer; 0 is no match.
  const score = (section, words) => {
    let total = 0;
    for (const names of words) {
      let best = 0;
      names.forEach((name, i) => {
        const value = (section.foldedTitle === name ? 400 : 0)
          + (section.foldedTitle.includes(name) ? 200 : 0)
          + (section.foldedPage.includes(name) ? 50 : 0)
          + count(section.foldedText, name);
        best = Math.max(best, i === 0 ? value : value / 2);
      });
      if (best === 0) return 0;
      total += best;
    }
    return total;
  };

  const search = (book, words) => book.sections
    .map((section, order) => ({ section, order, score: score(section, words) }))
    .filter((result) => result.score > 0)
    .sort((a, b) => b.score - a.score || a.order - b.order);

  // Where the names stand in a text: [[from, to], …] without overlaps.
  const places = (text, names) => {
    const folded = fold(text);
    const found = [];
    for (const name of names) {
      for (let at = folded.indexOf(name); at >= 0; at = folded.indexOf(name, at + name.length)) {
        found.push([at, at + name.length]);
      }
    }
    found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
    return found.filter(([from], i) => found.slice(0, i).every(([, to]) => to <= from));
  };

  // Appends the text with its hits in an element of their own; never as HTML.
  const append = (parent, text, names, tag) => {
    let done = 0;
    for (const [from, to] of places(text, names)) {
      parent.append(text.slice(done, from));
      const hit = document.createElement(tag);
      hit.textContent = text.slice(from, to);
      parent.append(hit);
      done = to;
    }
    parent.append(text.slice(done));
  };

  const teaser = ({ text, foldedText }, names) => {
    const hits = names.map((name) => foldedText.indexOf(name)).filter((at) => at >= 0);
    const middle = hits.length > 0 ? Math.min(...hits) : 0;
    let from = Math.max(0, middle - TEASER / 3);
    // from the start of a sentence if there is one near
    const sentence = Math.max(text.lastIndexOf('。', middle), text.lastIndexOf('？', middle)) + 1;
    if (sentence > from || middle - sentence < TEASER / 2) from = sentence;
    const to = Math.min(text.length, from + TEASER);
    return `${from > 0 ? '…' : ''}${text.slice(from, to).trim()}${to < text.length ? '…' : ''}`;
  };

  let book = null;
  let shown = null;
  let rest = null;

  const select = (item) => {
    list.querySelectorAll('.focus').forEach((other) => other.classList.remove('focus'));
    if (item) {
      item.classList.add('focus');
      item.querySelector('a').focus({ preventScroll: true });
      item.scrollIntoView({ block: 'nearest' });
    }
  };

  const show = (query) => {
    const words = parse(query, book.terms);
    clearTimeout(rest);
    list.replaceChildren();
    box.classList.toggle('hidden', query.trim() === '');
    if (query.trim() === '') {
      header.textContent = '';
      return;
    }
    const results = words.length > 0 ? search(book, words) : [];
    const more = results.length > MOST_RESULTS ? `，先列前 ${MOST_RESULTS} 处` : '';
    header.textContent = results.length > 0
      ? `找到 ${results.length} 处${more}`
      : '没有找到。换个说法，或者少写几个字试试。';
    const names = words.flat();
    const wanted = names.slice(0, 6).map((name) => `highlight=${encodeURIComponent(name)}`).join('&');
    const add = ({ section }) => {
      const item = document.createElement('li');
      const link = document.createElement('a');
      const hash = section.anchor ? `#${encodeURIComponent(section.anchor)}` : '';
      link.href = `${path_to_root}${section.address}?${wanted}${hash}`;
      const title = section.title && section.title !== section.page
        ? `${section.page} » ${section.title}` : section.page;
      append(link, title, names, 'em');
      const snippet = document.createElement('span');
      snippet.className = 'teaser';
      append(snippet, teaser(section, names), names, 'em');
      item.append(link, snippet);
      list.append(item);
    };
    // What is in sight at once; the rest when the browser has drawn that.
    results.slice(0, FIRST_RESULTS).forEach(add);
    rest = setTimeout(() => results.slice(FIRST_RESULTS, MOST_RESULTS).forEach(add));
  };

  const update = () => {
    if (!book || shown === bar.value) return;
    shown = bar.value;
    show(shown);
    const address = new URL(window.location.href);
    address.searchParams.delete('highlight');
    if (shown.trim() === '') address.searchParams.delete('search');
    else address.searchParams.set('search', shown.trim());
    try {
      window.history.replaceState(null, '', address);
    } catch {
      // Too many changes in a short time: the address is a convenience only.
    }
  };

  const withIndex = (then) => {
    if (book) {
      then();
      return;
    }
    const given = () => {
      outer.classList.remove('searching');
      book = load(window.gdSearch);
      then();
    };
    if (window.gdSearch) {
      given();
      return;
    }
    if (byId('gd-search-index')) return;
    outer.classList.add('searching');
    const script = document.createElement('script');
    script.id = 'gd-search-index';
    script.src = `${path_to_root}search.js`;
    script.onload = given;
    script.onerror = () => {
      script.remove();
      outer.classList.remove('searching');
      box.classList.remove('hidden');
      header.textContent = '搜索要用的文件没有取到，连上网络再试一次。';
    };
    document.head.append(script);
  };

  const open = (yes) => {
    wrapper.classList.toggle('hidden', !yes);
    toggle.setAttribute('aria-expanded', String(yes));
    if (yes) {
      withIndex(update);
      window.scrollTo(0, 0);
      bar.focus();
      bar.select();
    } else {
      select(null);
    }
  };

  const close = () => {
    open(false);
    bar.value = '';
    if (book) update();
    toggle.focus();
  };

  toggle.addEventListener('click', () => open(wrapper.classList.contains('hidden')));
  bar.addEventListener('input', (event) => { if (!event.isComposing) withIndex(update); });
  bar.addEventListener('compositionend', () => withIndex(update));
  outer.addEventListener('submit', (event) => event.preventDefault());

  const typing = (element) => element.isContentEditable
    || ['INPUT', 'TEXTAREA', 'SELECT'].includes(element.tagName);

  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    const inBar = event.target === bar;
    const item = event.target.closest ? event.target.closest('#mdbook-searchresults li') : null;
    if ((event.key === 's' || event.key === '/') && !event.shiftKey && !typing(event.target)) {
      event.preventDefault();
      open(true);
    } else if (event.key === 'Escape' && (inBar || item)) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (inBar && ['ArrowDown', 'Enter'].includes(event.key)) {
      const first = list.firstElementChild;
      if (!first) return;
      event.preventDefault();
      if (event.key === 'Enter') first.querySelector('a').click();
      else select(first);
    } else if (item && ['ArrowDown', 'ArrowUp'].includes(event.key)) {
      event.preventDefault();
      event.stopPropagation();
      const next = event.key === 'ArrowDown' ? item.nextElementSibling : item.previousElementSibling;
      if (next) {
        select(next);
      } else if (event.key === 'ArrowUp') {
        select(null);
        bar.focus();
      }
    }
  }, true);

  // Marks the words on the page that was opened from a result.
  const mark = (words) => {
    const main = document.querySelector('#mdbook-content main');
    const names = words.filter((word) => word !== '');
    if (names.length === 0 || !main) return;
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT, {
      acceptNode: (node) => (node.parentElement.closest('svg, .katex, pre, button')
        ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT),
    });
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    for (const node of nodes) {
      if (places(node.data, names).length > 0) {
        const marked = document.createElement('span');
        append(marked, node.data, names, 'mark');
        node.replaceWith(...marked.childNodes);
      }
    }
    const marks = [...main.querySelectorAll('mark')];
    const id = decodeURIComponent(window.location.hash.slice(1));
    const heading = id ? byId(id) : null;
    const follows = (element) => !heading
      || heading.contains(element)
      || heading.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING;
    const first = marks.find(follows);
    if (first) {
      for (let at = first; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
      // after the browser's own jump to the section
      const jump = () => requestAnimationFrame(() => first.scrollIntoView({ block: 'center' }));
      if (document.readyState === 'complete') jump();
      else window.addEventListener('load', jump, { once: true });
    }
    const clear = (event) => {
      if (event.key !== 'Escape') return;
      document.removeEventListener('keydown', clear);
      marks.forEach((one) => one.replaceWith(...one.childNodes));
      main.normalize();
    };
    document.addEventListener('keydown', clear);
  };

  const parameters = new URL(window.location.href).searchParams;
  const wanted = parameters.get('search');
  if (wanted) {
    bar.value = wanted.slice(0, LONGEST_QUERY);
    open(true);
  }
  mark(parameters.getAll('highlight').slice(0, 6).map((word) => fold(word.slice(0, LONGEST_QUERY))));
})();
