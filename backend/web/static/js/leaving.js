/** Whoever signs out, or has the phone forget, leaves nothing behind, and loses nothing unsent unknowingly. */
import { speak } from './dom.js';
import { allKept, ask, left, memory, open } from './store.js';

/** How much would be lost, whoever wrote it. */
async function unsentCount() {
  return (await allKept()).filter(function (item) { return item.state !== 'sent'; }).length;
}

/** Leave nothing on this phone: no words, no photos, no kept pages, no marks. What is being sent just now writes no more. */
async function forgetAll() {
  const database = await open();
  left.yes = true;
  memory.clear();
  if (database) await ask(database, 'readwrite', function (shelf) { return shelf.clear(); });
  try {
    localStorage.clear();
    sessionStorage.clear();
    for (const name of await caches.keys()) await caches.delete(name);
  } catch (error) { /* a browser that keeps none of these */ }
}

async function leave(form) {
  const unsent = await unsentCount();
  if (navigator.onLine === false) { window.alert(speak('leave.later')); return; }
  if (unsent && !window.confirm(speak('leave.unsent', { n: unsent }))) return;
  await forgetAll();
  form.submit();
}

document.addEventListener('submit', function (event) {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (!/^\/(sign-out|forget)$/.test(form.getAttribute('action'))) return;
  event.preventDefault();
  leave(form);
});
