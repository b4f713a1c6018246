/** Signing out, or having the phone forget, leaves nothing of anybody on the phone, and warns before something unsent is lost. */
import { translate } from '../browser/dom.js';
import { allItems, eraseItems } from '../outbox/store.js';

/** How many items would be lost, whoever wrote them. */
async function unsentCount() {
  return (await allItems()).filter(function (item) { return item.state !== 'sent'; }).length;
}

/** The number on the icon of the app is its reader's. */
function clearAppBadge() {
  if ('clearAppBadge' in navigator) Promise.resolve(navigator.clearAppBadge()).catch(function () { /* there was none */ });
}

/** Erase the outbox, the cached pages and everything remembered. */
async function erasePhone() {
  clearAppBadge();
  await eraseItems();
  try {
    localStorage.clear();
    sessionStorage.clear();
    for (const name of await caches.keys()) await caches.delete(name);
  } catch (error) { /* a browser that has none of these */ }
}

async function leave(form) {
  const unsent = await unsentCount();
  if (navigator.onLine === false) { window.alert(translate('leave.later')); return; }
  if (unsent && !window.confirm(translate('leave.unsent', { n: unsent }))) return;
  await erasePhone();
  form.submit();
}

if (document.body.getAttribute('data-owner') === 'device') clearAppBadge();
document.addEventListener('submit', function (event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!/^\/(sign-out|forget)$/.test(String(form.getAttribute('action')))) return;
  event.preventDefault();
  leave(form);
});
