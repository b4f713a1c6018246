/** What was tapped without network: kept on the phone, sent in order, or sent back with the reason. The page follows. */
import { byId, make, speak } from './dom.js';
import { refresh } from './live.js';
import { drop, enqueue, flush, listItems, note } from './outbox.js';

const onThisPage = {};

function isUnsent(item) {
  return item.state === 'queued' || item.state === 'uploading';
}

async function movesOf(order) {
  return (await listItems()).filter(function (item) { return item.to && (!order || item.order === order); });
}

/** Whether something of this order is still to be sent, which nothing may overtake. */
export async function isWaiting(order) {
  return (await movesOf(order)).some(isUnsent);
}

/** Let go what was sent back of this kind, once it was made again. */
export async function letGo(item) {
  for (const old of await movesOf(item.order)) if (old.move === item.move && old.state === 'rejected') await drop(old.id);
}

/** Keep a tap; an earlier one of the same kind that was sent back is let go. */
export async function keepTap(item) {
  await letGo(item);
  await enqueue(item);
}

async function retry(item) {
  await note(item, { state: 'queued', percent: 0, tries: 0, not_before: 0 });
  flush();
}

function wordsOf(item) {
  if (item.state === 'rejected') return item.reason;
  if (item.state === 'uploading') return speak('keep.sending', { n: item.percent });
  return speak(navigator.onLine === false ? 'keep.offline' : 'keep.waiting');
}

/** What is kept of a tap that was sent back, and what to do next. */
function keptOf(item, order, fix) {
  const next = fix ? 'keep.fix_next' : order ? '' : 'keep.open_next';
  return speak('keep.kept', { n: item.photos.length }) + (next && ' ' + speak(next));
}

function answers(item, order, fix) {
  const list = [];
  if (!order) list.push(make('a', { className: 'btn', href: '/o/' + item.order, textContent: speak('keep.open') }));
  if (fix) list.push(make('button', { type: 'button', className: 'btn', textContent: speak('keep.fix'), onclick: fix }));
  if (item.state === 'rejected') {
    list.push(make('button', { type: 'button', className: 'btn', textContent: speak('keep.again'), onclick: function () { retry(item); } }));
    list.push(make('button', { type: 'button', className: 'btn', textContent: speak('keep.delete'), onclick: function () { drop(item.id); } }));
  }
  return make('p', { className: 'row' }, list);
}

function tapLine(item, order, fix) {
  const key = item.state === 'sent' ? 'keep.sent' : item.state === 'rejected' ? 'keep.rejected' : 'keep.title';
  const tone = item.state === 'sent' ? 'good' : item.state === 'rejected' ? 'bad' : 'warn';
  const at = new Date(item.queued_at);
  const time = [at.getHours(), at.getMinutes()].map(function (n) { return ('0' + n).slice(-2); }).join(':');
  const element = make('div', { className: 'note ' + tone }, [make('div', {}, [
    make('strong', { textContent: speak(key, { name: item.name }) }),
    item.state === 'sent' ? null : make('p', { textContent: wordsOf(item) }),
    item.state === 'rejected' && item.photos.length ? make('p', { textContent: keptOf(item, order, fix) }) : null,
    make('p', { className: 'num', textContent: speak('keep.at', { at: time }) }),
    answers(item, order, fix),
  ])]);
  element.setAttribute('data-state', item.state);
  return element;
}

/** Whether a tap was made or waits to be, and the page does not tell of it yet: it may have been read before. */
function isAhead(item) {
  const live = byId('live');
  const told = live && Number(live.getAttribute('data-version'));
  return isUnsent(item) || Boolean(item.state === 'sent' && told && item.made > told);
}

/** Hide what was tapped already; after a check-in on the phone the next step is offered at once, until the page offers it. */
function follow(items) {
  const waiting = items.filter(isAhead).map(function (item) { return item.move; });
  Array.from(document.querySelectorAll('[data-with]')).forEach(function (/** @type {HTMLElement} */ element) {
    element.hidden = waiting.indexOf(element.getAttribute('data-with')) >= 0;
  });
  const then = byId('then');
  if (!then) return;
  then.hidden = waiting.indexOf('check-in') < 0 || waiting.indexOf('finish') >= 0;
  const bar = byId(then.hidden ? 'act' : 'then-act');
  ['percent', 'progress', 'say'].forEach(function (id) { bar.prepend(byId(id)); });
}

/** Keep the tray of this page in step with the outbox: of one order, or on a list of all. `refillOf`: what puts an item back into its form. */
export function showKept(refillOf) {
  const tray = byId('kept');
  if (!tray) return;
  const order = tray.getAttribute('data-order');
  async function draw(event) {
    const items = await movesOf(order);
    tray.textContent = '';
    items.forEach(function (item) {
      if (item.state !== 'sent') onThisPage[item.id] = true;
      const fix = refillOf && item.state === 'rejected' ? refillOf(item) : null;
      if (onThisPage[item.id]) tray.append(tapLine(item, order, fix));
    });
    tray.hidden = !tray.firstChild;
    follow(items);
    const item = event && event.detail;
    if (item && item.state === 'sent' && item.order && byId('live')) refresh();
  }
  ['outbox', 'refreshed'].forEach(function (name) { document.addEventListener(name, draw); });
  ['online', 'offline'].forEach(function (name) { window.addEventListener(name, draw); });
  draw();
}
