/** The list of what is to be checked, while there is network: kept with its forms, and drafts of what is no more the reader's go. */
import { byId } from '../browser/dom.js';
import { listItems, removeItem } from '../outbox/outbox.js';
import { findKeptChecks, replaceKeptChecks } from './kept_checks.js';

const REFUSED_STAYS_MS = 86400000;
const TASK_PAGE = /^\/checks\/(\d+)$/;

/** The address of the page that stands in: another one for each reader, language, size and version. */
function checksStandIn() {
  const script = /** @type {HTMLScriptElement} */ (document.querySelector('script[src]')).src;
  const reader = [document.body.getAttribute('data-owner'), document.documentElement.lang, document.documentElement.className];
  return '/checks/kept?for=' + encodeURIComponent(reader.concat(script.split('/').pop() || '').join('.'));
}

/** @param {Element} row */
function readTask(row) {
  const said = /** @type {(name: string) => string} */ (function (name) { return row.getAttribute('data-' + name) || ''; });
  return { id: said('check-task'), form: said('form'), name: said('name'), until: Number(said('until')) };
}

/** The forms that the tasks need: those that are kept already, and the others from the server, all in one answer. */
async function formsFor(tasks, before) {
  const needed = tasks.map(function (task) { return task.form; });
  /** @type {Record<string, string>} */
  const forms = {};
  needed.forEach(function (name) { if (before[name]) forms[name] = before[name]; });
  if (needed.every(function (name) { return forms[name]; })) return forms;
  const reply = await fetch('/checks/forms', { credentials: 'same-origin' });
  if (!reply.ok) return forms;
  const page = new DOMParser().parseFromString(await reply.text(), 'text/html');
  Array.from(page.querySelectorAll('template[data-check-form]')).forEach(function (/** @type {any} */ template) {
    forms[template.getAttribute('data-check-form')] = template.innerHTML;
  });
  return forms;
}

/** What was begun for a target that is this reader's no more goes; what was refused for one stays a day, to be read. */
async function dropLost(tasks) {
  const open = tasks.map(function (task) { return task.id; });
  for (const item of await listItems()) {
    const task = item.move === 'check' && TASK_PAGE.exec(item.page || '');
    if (!task || open.indexOf(task[1]) >= 0) continue;
    const isOld = Date.now() - Date.parse(item.queued_at) > REFUSED_STAYS_MS;
    if (item.state === 'draft' || item.state === 'rejected' && isOld) await removeItem(item.id);
  }
}

/** Keep the list of this page: all that the reader has to do now. A part of it, such as one plate's, changes nothing. */
export async function keepChecks() {
  const list = byId('check-list');
  if (!list || !list.hasAttribute('data-whole')) return;
  const tasks = Array.from(list.querySelectorAll('[data-check-task]'), readTask);
  if (!list.hasAttribute('data-cut')) await dropLost(tasks);
  const before = findKeptChecks();
  if (!tasks.length) { replaceKeptChecks(null); return; }
  try {
    const forms = await formsFor(tasks, before ? before.forms : {});
    replaceKeptChecks({ at: Date.now(), stand_in: checksStandIn(), tasks: tasks, html: list.innerHTML, forms: forms });
  } catch (error) { return; }
  list.setAttribute('data-kept', '');
  if (!('serviceWorker' in navigator)) return;
  const registration = await navigator.serviceWorker.ready;
  if (registration.active) registration.active.postMessage({ keep: [checksStandIn()] });
}
