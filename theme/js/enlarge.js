// A figure opens over the whole window, in its wide form; Esc or a click outside closes it.
'use strict';

(() => {
  const dialog = document.createElement('dialog');
  dialog.className = 'gd-enlarged';
  dialog.innerHTML = '<button type="button" class="gd-close" aria-label="关上">×</button>'
    + '<div class="gd-scroll" tabindex="0" role="region"></div>';
  document.body.append(dialog);
  const inside = dialog.querySelector('.gd-scroll');
  dialog.querySelector('.gd-close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener('close', () => inside.replaceChildren());

  document.querySelectorAll('figure.gd-figure').forEach((figure) => {
    const picture = figure.querySelector('.gd-picture');
    const name = figure.querySelector('.gd-number')?.textContent ?? '图';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'gd-enlarge';
    button.textContent = '放大';
    button.setAttribute('aria-label', `放大${name}`);
    const open = () => {
      const copy = picture.cloneNode(true);
      copy.querySelector('.gd-narrow')?.remove();
      inside.replaceChildren(copy);
      inside.setAttribute('aria-label', name);
      dialog.setAttribute('aria-label', name);
      dialog.showModal();
      inside.scrollTo(0, 0);
    };
    button.addEventListener('click', open);
    picture.addEventListener('click', open);
    const data = figure.querySelector('.gd-data');
    if (data) data.after(' ', button);
    else figure.querySelector('figcaption').append(button);
  });
})();
