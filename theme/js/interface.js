// What the page does besides showing its text: colours, sidebar, menu bar, keys, copying of code,
// what scrolls by keyboard.
// It stands for mdBook's own book.js, most of which serves an editor and a playground.
'use strict';

(() => {
  const byId = (id) => document.getElementById(id);
  const root = document.documentElement;

  // What the reader chose last time; a browser may forbid keeping it.
  const recall = (key) => {
    try { return localStorage.getItem(key); } catch { return null; }
  };
  const remember = (key, value) => {
    try {
      if (value === null) localStorage.removeItem(key);
      else localStorage.setItem(key, value);
    } catch { /* then it lasts as long as the page */ }
  };

  // --- Colours: the inline script of the page has put on the first theme.
  const themeButton = byId('mdbook-theme-toggle');
  const themeList = byId('mdbook-theme-list');
  const themes = [...themeList.querySelectorAll('button.theme')];
  const PREFIX = 'mdbook-theme-';
  const dark = window.matchMedia('(prefers-color-scheme: dark)');

  const chosenTheme = () => {
    const name = recall('mdbook-theme');
    return themes.some((button) => button.id === PREFIX + name) ? name : null;
  };
  const showTheme = () => {
    const chosen = chosenTheme();
    root.classList.remove(...themes.map((button) => button.id.slice(PREFIX.length)));
    root.classList.add(chosen ?? (dark.matches ? default_dark_theme : default_light_theme));
    themes.forEach((button) => {
      const selected = button.id === PREFIX + (chosen ?? 'default_theme');
      button.classList.toggle('theme-selected', selected);
      if (button.hasAttribute('aria-checked')) button.setAttribute('aria-checked', String(selected));
    });
    document.querySelector('meta[name="theme-color"]').content = getComputedStyle(root).backgroundColor;
  };
  const openThemes = (open) => {
    themeList.style.display = open ? 'block' : 'none';
    themeButton.setAttribute('aria-expanded', String(open));
    (open ? themeList.querySelector('.theme-selected') : themeButton).focus();
  };
  const themesAreOpen = () => themeList.style.display === 'block';

  showTheme();
  dark.addEventListener('change', showTheme);
  themeButton.addEventListener('click', () => openThemes(!themesAreOpen()));
  themeList.addEventListener('click', (event) => {
    const button = event.target.closest('button.theme');
    if (!button) return;
    const name = button.id.slice(PREFIX.length);
    remember('mdbook-theme', name === 'default_theme' ? null : name);
    showTheme();
  });
  document.addEventListener('click', (event) => {
    if (themesAreOpen() && !event.target.closest('#mdbook-theme-toggle, #mdbook-theme-list')) {
      openThemes(false);
    }
  });
  themeList.addEventListener('keydown', (event) => {
    const at = themes.indexOf(event.target);
    const next = {
      ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: themes.length - 1,
    }[event.key];
    if (event.key === 'Escape') openThemes(false);
    else if (event.key === 'Tab') openThemes(false);
    else if (next !== undefined) themes[Math.max(0, Math.min(next, themes.length - 1))].focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // --- Sidebar: a checkbox opens it, so that it also opens without this script.
  const sidebar = byId('mdbook-sidebar');
  const sidebarToggle = byId('mdbook-sidebar-toggle');
  const sidebarBox = byId('mdbook-sidebar-toggle-anchor');

  const showSidebar = () => {
    root.classList.toggle('sidebar-visible', sidebarBox.checked);
    sidebarToggle.setAttribute('aria-expanded', String(sidebarBox.checked));
  };
  const openSidebar = (open) => {
    sidebarBox.checked = open;
    showSidebar();
    remember('mdbook-sidebar', open ? 'visible' : 'hidden');
  };
  showSidebar();
  sidebarBox.addEventListener('change', () => openSidebar(sidebarBox.checked));
  // A label works the checkbox by itself.
  if (sidebarToggle.tagName === 'BUTTON') {
    sidebarToggle.addEventListener('click', () => openSidebar(!sidebarBox.checked));
  }

  const handle = byId('mdbook-sidebar-resize-handle');
  const resize = (event) => {
    const width = event.clientX - sidebar.offsetLeft;
    openSidebar(width >= 20);
    const kept = Math.max(150, Math.min(width, window.innerWidth - 100));
    root.style.setProperty('--sidebar-target-width', `${kept}px`);
  };
  handle.addEventListener('pointerdown', (event) => {
    handle.setPointerCapture(event.pointerId);
    handle.addEventListener('pointermove', resize);
    root.classList.add('sidebar-resizing');
  });
  handle.addEventListener('lostpointercapture', () => {
    handle.removeEventListener('pointermove', resize);
    root.classList.remove('sidebar-resizing');
  });

  // A quick swipe from the left edge opens it, one back closes it.
  let touch = null;
  document.addEventListener('touchstart', ({ touches }) => {
    touch = { x: touches[0].clientX, time: Date.now() };
  }, { passive: true });
  document.addEventListener('touchmove', ({ touches }) => {
    const way = touch ? touches[0].clientX - touch.x : 0;
    if (Math.abs(way) < 150 || Date.now() - touch.time > 250) return;
    if (way > 0 && touch.x < Math.min(root.clientWidth * 0.25, 300)) openSidebar(true);
    if (way < 0 && touches[0].clientX < 300) openSidebar(false);
    touch = null;
  }, { passive: true });

  // --- Menu bar: out of the way while the reader goes down the page, back on the way up.
  const menu = byId('mdbook-menu-bar');
  let before = window.scrollY;
  document.addEventListener('scroll', () => {
    const now = Math.max(0, window.scrollY);
    if (now !== before) menu.classList.toggle('away', now > before && now > menu.clientHeight);
    menu.classList.toggle('bordered', now > 0);
    before = now;
  }, { passive: true });
  document.querySelector('.menu-title').addEventListener('click', () => {
    window.scrollTo({ top: 0, behavior: 'smooth' });
  });

  // --- Keys.
  const help = byId('mdbook-help-container');
  const showHelp = (show) => { help.style.display = show ? 'flex' : 'none'; };
  help.addEventListener('mousedown', (event) => {
    if (event.target === help) showHelp(false);
  });
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey
      || event.target.closest('input, select, textarea')) return;
    const turn = { ArrowRight: '.nav-chapters.next', ArrowLeft: '.nav-chapters.previous' }[event.key];
    if (event.key === '?') showHelp(true);
    else if (event.key === 'Escape') showHelp(false);
    else if (turn && !event.shiftKey && !event.target.closest('pre, .katex-display, .gd-table, .table-wrapper')) {
      document.querySelector(turn)?.click();
    }
  });

  // --- Code: a button that copies it, and one for the lines that the book leaves out.
  const button = (title, icon) => {
    const made = document.createElement('button');
    made.type = 'button';
    made.title = title;
    made.setAttribute('aria-label', title);
    made.append(byId(icon).content.cloneNode(true));
    return made;
  };
  document.querySelectorAll('main pre > code').forEach((code) => {
    const buttons = document.createElement('div');
    buttons.className = 'buttons';
    const said = document.createElement('span');
    said.className = 'gd-said';
    said.setAttribute('role', 'status');
    const copy = button('复制', 'fa-copy');
    copy.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(code.innerText);
        said.textContent = '已复制';
      } catch {
        // Pages that did not come over HTTPS may not write to the clipboard.
        window.getSelection().selectAllChildren(code);
        said.textContent = '已选中，按 Ctrl+C 复制';
      }
      setTimeout(() => { said.textContent = ''; }, 2000);
    });
    buttons.append(said, copy);
    if (code.classList.contains('hide-boring')) {
      const reveal = button('显示省略的行', 'fa-eye');
      reveal.setAttribute('aria-pressed', 'false');
      reveal.addEventListener('click', () => {
        const hidden = code.classList.toggle('hide-boring');
        reveal.setAttribute('aria-pressed', String(!hidden));
        reveal.replaceChildren(byId(hidden ? 'fa-eye' : 'fa-eye-slash').content.cloneNode(true));
      });
      buttons.append(reveal);
    }
    code.parentElement.prepend(buttons);
  });

  // --- What is wider than its place scrolls inside itself: by the arrow keys too, once it has the focus.
  const SCROLLING = { '.gd-table, .table-wrapper': '表格', 'pre > code': '代码', '.katex-display': '公式' };
  const names = new Map(Object.entries(SCROLLING).flatMap(([selector, word]) =>
    [...document.querySelectorAll(`main :is(${selector})`)].map((element) => [element, word])));
  const widths = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const scrolls = target.scrollWidth > target.clientWidth;
    for (const [attribute, value] of [
      ['tabindex', '0'], ['role', 'group'], ['aria-label', `${names.get(target)}，可以左右滚动`],
    ]) {
      if (scrolls) target.setAttribute(attribute, value);
      else target.removeAttribute(attribute);
    }
  }));
  names.forEach((_, element) => widths.observe(element));
})();
