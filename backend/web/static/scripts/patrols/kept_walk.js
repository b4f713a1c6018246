/** The walk that this reader is on, kept on this phone until it is over: it goes on without network, also where its page was closed. */
import { byId, translate, uuid } from '../browser/dom.js';
import { duration } from '../frame/countdowns.js';
import { listItems } from '../outbox/outbox.js';

/** A name that phones remember; erased when somebody signs out. */
const WALK_KEPT_AS = 'walk:' + document.body.getAttribute('data-owner');

/** What is kept, or null: a walk whose day is over can be walked no more. */
function findWalk() {
  try {
    const kept = JSON.parse(localStorage.getItem(WALK_KEPT_AS) || 'null');
    if (kept && kept.until > Date.now()) return kept;
    localStorage.removeItem(WALK_KEPT_AS);
  } catch (error) { /* then not */ }
  return null;
}

/** The address of the page that stands in for a walk: another one for each reader, language, size and version. */
function standIn() {
  const script = /** @type {HTMLScriptElement} */ (document.querySelector('script[src]')).src;
  const reader = [document.body.getAttribute('data-owner'), document.documentElement.lang, document.documentElement.className];
  return '/patrols/kept?for=' + encodeURIComponent(reader.concat(script.split('/').pop() || '').join('.'));
}

/** The walk as the server wrote it, without its news. */
function walkOf(live) {
  const walk = live.cloneNode(true);
  Array.from(walk.children).forEach(function (part) { if (part.classList.contains('note')) part.remove(); });
  return walk.innerHTML;
}

/** Keep the walk while it is the reader's to walk, and the page that stands in for it; what is over is kept no longer. */
export function keepWalk() {
  const live = byId('live');
  const until = Number(live.getAttribute('data-walk-until'));
  const before = findWalk();
  if (!until && !(before && before.page === location.pathname)) return;
  try {
    if (!until) { localStorage.removeItem(WALK_KEPT_AS); return; }
    const kept = { at: Date.now(), until: until, page: location.pathname, title: document.title, stand_in: standIn(), order: byId('queued-actions').getAttribute('data-order'), html: walkOf(live) };
    localStorage.setItem(WALK_KEPT_AS, JSON.stringify(kept));
  } catch (error) { return; }
  if ('serviceWorker' in navigator) {
    navigator.serviceWorker.ready.then(function (registration) {
      if (registration.active) registration.active.postMessage({ keep: [standIn()] });
    });
  }
}

/** Where the kept walk goes on without network; empty without one. */
export function keptWalkPage() {
  const kept = findWalk();
  return kept ? kept.stand_in : '';
}

/** Nothing that is being written, or waits to be sent, is left. */
async function isLeft() {
  const items = await listItems();
  const isWaiting = items.some(function (item) { return item.state === 'queued' || item.state === 'uploading'; });
  return isWaiting || document.querySelector('#kept-walk .thumbs li') || Array.from(document.querySelectorAll('#kept-walk textarea')).some(function (/** @type {any} */ field) { return field.value; });
}

/** Put the kept walk on this page, each thing to be said again under a key of its own; with network, back to its page. */
export function showKeptWalk() {
  const kept = findWalk();
  byId('no-walk').hidden = Boolean(kept);
  if (!kept) return;
  byId('walk-kept').hidden = false;
  byId('walk-kept-age').textContent = translate('patrol.kept_age', { span: duration(Math.max(0, Date.now() - kept.at)) });
  byId('walk-page').href = kept.page;
  document.title = kept.title;
  byId('queued-actions').setAttribute('data-order', kept.order);
  const walk = new DOMParser().parseFromString(kept.html, 'text/html');
  Array.from(walk.querySelectorAll('form[data-again]')).forEach(function (/** @type {any} */ form) { form.elements.key.value = uuid(); });
  Array.from(walk.body.childNodes).forEach(function (part) { byId('kept-walk').append(document.importNode(part, true)); });

  async function goBack() {
    if (navigator.onLine !== false && !(await isLeft())) location.replace(kept.page);
  }
  window.addEventListener('online', goBack);
  document.addEventListener('outbox', function (event) { if (event.detail && event.detail.state === 'sent') goBack(); });
}
