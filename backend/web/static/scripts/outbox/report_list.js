/** The reports of the outbox, above the form: saved, sending, received with the number, or refused and why. */
import { byId, createElement, translate } from '../browser/dom.js';
import { isServerTrouble, retryTime } from '../browser/http.js';
import { removeItem, listItems } from './outbox.js';
import { isPersistent } from './store.js';

/** So long a receipt stays on top of the form that it came from, and no longer: the camera belongs there. */
const FRESH_MS = 3600000;

function reportStatus(item) {
  if (item.state === 'sent') return translate('report.received', { number: item.number });
  if (item.state === 'rejected') return translate('report.rejected');
  if (navigator.onLine === false) return translate('report.saved_offline');
  if (item.state === 'uploading') return translate('report.sending', { n: item.percent });
  return translate('report.saved_waiting');
}

/** By when the work is to be done, day and time. */
function promise(item) {
  /** @type {Intl.DateTimeFormatOptions} */
  const how = { month: 'long', day: 'numeric', hour: '2-digit', minute: '2-digit' };
  return item.resolve_by && translate('report.promise', { at: new Date(item.resolve_by).toLocaleString(document.documentElement.lang, how) });
}

function reportHint(item, isKept) {
  if (item.state === 'sent') return promise(item);
  if (item.state === 'rejected') return item.reason;
  if (!isKept) return translate('report.stay');
  if (navigator.onLine !== false && isServerTrouble(item.reply_status)) return translate('report.server', { at: retryTime(item) });
  return translate('report.by_itself');
}

function button(label, onclick) {
  return createElement('button', { type: 'button', className: 'btn', textContent: label, onclick: onclick });
}

/** Go to the page on which a report was written: corrected anywhere else it would name another place. @param {OutboxItem} item */
function openFormPage(item) {
  if (item.point && !item.page) sessionStorage.reportPoint = JSON.stringify(item.point);
  location.assign(item.page || (item.then ? '/self-handling' : item.point ? '/here' : '/q/' + item.code));
}

/** @param {OutboxItem} item @param {any} form see `showReports` */
function reportButtons(item, form) {
  const another = form.reset && button(translate('report.again'), form.reset);
  if (item.state === 'sent') return [createElement('a', { className: 'btn', href: item.url, textContent: translate('report.follow') }), another];
  if (item.state !== 'rejected') return [another];
  return [
    button(translate('report.fix'), function () {
      if (item.page && item.page !== location.pathname || !form.isOwn(item)) { openFormPage(item); return; }
      removeItem(item.id);
      form.restore(item);
    }),
    button(translate('report.delete'), function () { removeItem(item.id); }),
  ];
}

function reportRow(item, form, isKept) {
  const tone = item.state === 'sent' ? 'good' : item.state === 'rejected' ? 'bad' : navigator.onLine === false ? 'warn' : '';
  const bar = item.state === 'uploading' ? createElement('progress', { max: 100, value: item.percent }) : null;
  if (bar) bar.setAttribute('aria-label', translate('report.sending', { n: item.percent }));
  const parts = [
    createElement('strong', { textContent: reportStatus(item) }),
    createElement('p', { textContent: (item.then ? item.then.name + ' · ' : '') + item.name + ' · ' + item.place }),
    bar,
    createElement('p', { textContent: reportHint(item, isKept) }),
    createElement('p', { className: 'row' }, reportButtons(item, form)),
  ];
  const element = createElement('div', { className: 'note ' + tone }, [createElement('div', {}, parts)]);
  element.setAttribute('data-state', item.state);
  return element;
}

/**
 * Keep the list in step with the outbox. Of the form: `reset` empties it (missing where the page has none), `isOwn` says
 * whether an item was written in it, `restore` fills it with one that was refused.
 */
export function showReports(form) {
  const list = byId('outbox');
  /** Ids of reports that this page has seen waiting: they stay until it is left, sent ones too. */
  const isSeen = {};
  function isListed(item) {
    if (item.to || item.state === 'draft') return false;
    if (item.state !== 'sent') isSeen[item.id] = true;
    return isSeen[item.id] || form.isOwn(item) && Date.now() - Date.parse(item.queued_at) < FRESH_MS;
  }
  async function draw() {
    const isKept = await isPersistent();
    const listed = (await listItems()).filter(isListed);
    list.textContent = '';
    listed.reverse().forEach(function (item) { list.append(reportRow(item, form, isKept)); });
    list.hidden = !listed.length;
  }
  document.addEventListener('outbox', draw);
  ['online', 'offline'].forEach(function (name) { window.addEventListener(name, draw); });
  draw();
}
