// What mdBook's own script leaves in English, or out of reach of the keyboard and of screen readers.
'use strict';

(() => {
  const CHINESE = {
    'Copy to clipboard': '复制',
    'Copied!': '已复制',
    'Clipboard error!': '没有复制成',
    'Show hidden lines': '显示省略的行',
    'Hide lines': '收起省略的行',
    'Run this code': '运行',
    'Undo changes': '撤销修改',
  };

  const translate = (element) => {
    for (const name of ['title', 'aria-label']) {
      const chinese = CHINESE[element.getAttribute(name)];
      if (chinese) element.setAttribute(name, chinese);
    }
    if (element.classList.contains('tooltiptext') && CHINESE[element.textContent]) {
      element.textContent = CHINESE[element.textContent];
    }
  };

  // mdBook's script reads back the title it gave to this button: it must find what it wrote.
  const keepTitle = (button) => {
    let english = button.title;
    Object.defineProperty(button, 'title', {
      get: () => english,
      set: (title) => {
        english = title;
        button.setAttribute('title', CHINESE[title] ?? title);
      },
    });
  };

  // The buttons that are there, and what a click changes on them later.
  document.querySelectorAll('.buttons button, .tooltiptext').forEach((button) => {
    if (button.title === 'Show hidden lines') keepTitle(button);
    translate(button);
    button.querySelectorAll('*').forEach(translate);
  });
  new MutationObserver((changes) => changes.forEach(({ target }) => translate(target)))
    .observe(document.querySelector('main'), {
      subtree: true, childList: true, attributeFilter: ['title', 'aria-label'],
    });

  // The table of contents is shown by a checkbox; the button works it.
  const sidebar = document.getElementById('mdbook-sidebar-toggle-anchor');
  document.getElementById('mdbook-sidebar-toggle').addEventListener('click', () => sidebar.click());

  // Which theme the menu says is chosen.
  const themes = document.querySelectorAll('#mdbook-theme-list .theme');
  const check = () => themes.forEach((theme) => {
    theme.setAttribute('aria-checked', theme.classList.contains('theme-selected'));
  });
  check();
  themes.forEach((theme) => new MutationObserver(check).observe(theme, { attributeFilter: ['class'] }));

  // What is wider than its place scrolls inside itself: by the arrow keys too, once it has the focus.
  const SCROLLING = { '.gd-table, .table-wrapper': '表格', 'pre > code': '代码', '.katex-display': '公式' };
  const name = new Map(Object.entries(SCROLLING).flatMap(([selector, word]) =>
    [...document.querySelectorAll(`main :is(${selector})`)].map((element) => [element, word])));
  const observer = new ResizeObserver((entries) => entries.forEach(({ target }) => {
    const scrolls = target.scrollWidth > target.clientWidth;
    for (const [attribute, value] of [
      ['tabindex', '0'], ['role', 'group'], ['aria-label', `${name.get(target)}，可以左右滚动`],
    ]) {
      if (scrolls) target.setAttribute(attribute, value);
      else target.removeAttribute(attribute);
    }
  }));
  name.forEach((_, element) => observer.observe(element));
})();
