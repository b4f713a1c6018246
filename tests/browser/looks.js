// Faults that a page can be asked about by itself; the answer is a list of sentences. `tap`: least side of a target in px.
tap => {
  const faults = [];
  const isShown = e => e.getClientRects().length && getComputedStyle(e).visibility !== 'hidden'
    && !e.closest('.sr') && !e.closest('details:not([open]) > :not(summary)');
  const all = selector => Array.from(document.querySelectorAll(selector)).filter(isShown);
  const name = e => `<${e.tagName.toLowerCase()} ${e.className || e.name || ''}> ${(e.textContent || '').trim().slice(0, 24)}`;

  for (const tag of ['main', 'header', 'h1', 'head title']) {
    if (document.querySelectorAll(tag).length !== 1) faults.push(`not one <${tag}>`);
  }
  if (!document.documentElement.lang) faults.push('no language');

  for (const e of all('input:not([type=hidden]), select, textarea')) {
    if (!e.labels.length && !e.getAttribute('aria-label')) faults.push('no label: ' + name(e));
  }
  for (const e of all('a[href], button')) {
    const picture = e.querySelector('img[alt]');
    if (!(e.textContent.trim() || e.getAttribute('aria-label') || (picture && picture.alt))) faults.push('no words: ' + name(e));
  }
  for (const e of document.images) if (!e.hasAttribute('alt')) faults.push('no alt: ' + e.src);
  const ids = Array.from(document.querySelectorAll('[id]'), e => e.id);
  for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push('id twice: ' + id);

  const inText = e => e.tagName === 'A' && getComputedStyle(e).display === 'inline';
  for (const e of all('a[href], button, select, textarea, summary, .chip, .shot > label, input[type=text], input[type=password]')) {
    const box = e.getBoundingClientRect();
    if (!inText(e) && (box.height < tap - 0.5 || box.width < 44 - 0.5)) {
      faults.push(`small target ${Math.round(box.width)}x${Math.round(box.height)}: ` + name(e));
    }
  }

  const rgb = text => (text.match(/[\d.]+/g) || []).map(Number);
  const light = c => c.slice(0, 3).map(v => v / 255).map(v => v <= .03928 ? v / 12.92 : Math.pow((v + .055) / 1.055, 2.4))
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const ground = e => {
    for (; e; e = e.parentElement) {
      const c = rgb(getComputedStyle(e).backgroundColor);
      if (c.length === 3 || c[3] > .5) return c;
    }
    return [255, 255, 255];
  };
  for (const e of all('body *')) {
    const own = Array.from(e.childNodes).some(n => n.nodeType === 3 && n.textContent.trim());
    if (!own) continue;
    const pair = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((a, b) => b - a);
    const ratio = (pair[0] + .05) / (pair[1] + .05);
    if (ratio < 4.5) faults.push(`contrast ${ratio.toFixed(1)}: ` + name(e));
    if (parseFloat(getComputedStyle(e).fontSize) < (tap === 60 ? 18 : 13)) faults.push('small letters: ' + name(e));
  }
  return faults;
}
