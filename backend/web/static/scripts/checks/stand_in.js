/** Without network: the kept list of targets, and the form of one of them, which goes through the outbox. */
import { byId, createElement, translate } from '../browser/dom.js';
import { wireScanButtons } from '../codes/scan_buttons.js';
import { duration } from '../frame/countdowns.js';
import { listItems, removeItem } from '../outbox/outbox.js';
import { showQueuedActions } from '../outbox/queued_actions.js';
import { wireCheck } from './check_form.js';
import { findKeptChecks } from './kept_checks.js';
import { wirePositionFields } from './position_fields.js';

/** The list as the server wrote it: what is over is gone, what was filled in says so, and each row leads to its form here. */
async function showList(kept) {
  const filled = (await listItems()).filter(function (item) { return item.move === 'check' && item.state !== 'draft'; });
  const list = new DOMParser().parseFromString(kept.html, 'text/html');
  Array.from(list.querySelectorAll('[data-check-task]')).forEach(function (/** @type {any} */ row) {
    const task = kept.tasks.find(function (each) { return each.id === row.getAttribute('data-check-task'); });
    if (!task || !kept.forms[task.form]) { row.remove(); return; }
    row.querySelector('a').setAttribute('href', '#' + task.id);
    if (filled.some(function (item) { return item.page === '/checks/' + task.id; })) row.querySelector('h3').append(' ', createElement('span', { className: 'tag good', textContent: translate('check.filled') }));
  });
  Array.from(list.body.childNodes).forEach(function (part) { byId('kept-list').append(document.importNode(part, true)); });
}

/** The form of a task as the server wrote it. @returns {Promise<any>} what puts a refused item back into it */
function showForm(kept, task) {
  const written = /** @type {HTMLFormElement} */ (new DOMParser().parseFromString(kept.forms[task.form], 'text/html').querySelector('form'));
  const form = /** @type {any} */ (document.importNode(written, true));
  form.setAttribute('action', '/checks/' + task.id);
  form.setAttribute('data-check', task.id);
  form.setAttribute('data-name', task.name);
  byId('kept-title').textContent = task.name;
  byId('kept-form').append(form);
  wirePositionFields(form);
  wireScanButtons();
  return wireCheck(form);
}

/** Drafts of what is over are nobody's to send. */
async function dropOver(kept) {
  const open = kept ? kept.tasks.map(function (task) { return '/checks/' + task.id; }) : [];
  for (const item of await listItems()) if (item.move === 'check' && item.state === 'draft' && open.indexOf(item.page || '') < 0) await removeItem(item.id);
}

async function isAtWork() {
  const items = await listItems();
  return items.some(function (item) { return item.state === 'queued' || item.state === 'uploading' || item.state === 'draft' && location.hash && item.page === '/checks/' + location.hash.slice(1); });
}

/** Show what is kept of the page that was asked for; with network, back to that page. */
export async function showKeptChecks() {
  const kept = findKeptChecks();
  await dropOver(kept);
  const task = kept && kept.tasks.find(function (each) { return '#' + each.id === location.hash && Boolean(kept.forms[each.form]); });
  byId('no-checks').hidden = Boolean(kept);
  byId('checks-kept').hidden = !kept;
  let restorerOf;
  if (kept) {
    byId('checks-age').textContent = translate('check.kept_age', { span: duration(Math.max(0, Date.now() - kept.at)) });
    byId('all-checks').hidden = !task;
    if (task) restorerOf = await showForm(kept, task); else await showList(kept);
  }
  showQueuedActions(restorerOf);
  window.addEventListener('hashchange', function () { location.reload(); });
  async function goBack() {
    if (navigator.onLine !== false && !(await isAtWork())) location.replace('/checks' + (task ? '/' + task.id : ''));
  }
  window.addEventListener('online', goBack);
  document.addEventListener('outbox', function (event) { if (event.detail && event.detail.state === 'sent') goBack(); });
}
