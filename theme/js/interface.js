// The words that mdBook's own script shows in English.
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
})();
