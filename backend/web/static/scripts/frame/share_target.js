/** A phone that has the app may share photos with it: what takes them is set up, and the pages are kept that go on with them. */
import { byId } from '../browser/dom.js';
import { sharedItems } from '../outbox/shared_items.js';

/** The shortcut to scan is kept under the address with which the app opens it. */
const PAGES = ['/share', '/scan?from=app'];

/** What the page cannot be shown without: what it fetches later on, such as the scanner's decoder, is not among it. */
function assetsOf(text) {
  return (text.match(/(?:src|href)="\/static\/[\w.-]+/g) || []).map(function (found) { return found.replace(/^.*"/, ''); });
}

/** Whether the page is kept already with all that it is made of, for this reader, in this language and version. */
async function isPageKept(path) {
  const stored = await caches.match(path, { ignoreVary: true });
  const text = stored ? await stored.text() : '';
  for (const asset of assetsOf(text)) if (!(await caches.match(asset, { ignoreVary: true }))) return false;
  const script = /** @type {HTMLScriptElement} */ (document.querySelector('script[src*=installed_app]')).getAttribute('src');
  const marks = ['lang="' + document.documentElement.lang + '"', 'data-owner="' + document.body.getAttribute('data-owner') + '"', script];
  return marks.every(function (mark) { return text.indexOf(String(mark)) >= 0; });
}

async function keepPage(registration, path) {
  if (await isPageKept(path)) return;
  const reply = await fetch(path, { credentials: 'same-origin' });
  if (!reply.ok) return;
  registration.active.postMessage({ keep: [path].concat(assetsOf(await reply.text())) });
}

/** Photos that were shared and wait for their reader are never out of sight. */
async function showWaiting() {
  const reader = document.body.getAttribute('data-owner');
  const items = await sharedItems();
  byId('shared-waiting').hidden = !items.some(function (item) { return item.owner === reader; });
}

/** To be called on pages of an installed app, but the one on which shared photos are shown. */
export async function setUpSharing() {
  if (!('serviceWorker' in navigator) || location.pathname === '/share') return;
  try {
    await navigator.serviceWorker.register('/share-worker.js', { scope: '/share' });
    const registration = await navigator.serviceWorker.ready;
    for (const path of PAGES) await keepPage(registration, path);
    await showWaiting();
  } catch (error) { /* without it the server takes what is shared */ }
}
