/** What became of each report, on the page of its form: saved, sending, received with its number, or sent back and why. */
import { byId, make, speak } from './dom.js';
import { drop, listItems } from './outbox.js';

const FRESH_MS = 86400000;

function headline(item) {
  if (item.state === 'sent') return speak('send.received', { number: item.number });
  if (item.state === 'rejected') return speak('send.rejected');
  if (navigator.onLine === false) return speak('send.saved_offline');
  if (item.state === 'uploading') return speak('send.sending', { n: item.percent });
  return speak('send.saved_waiting');
}

function details(item) {
  if (item.state === 'sent') return speak('send.follow_hint');
  if (item.state === 'rejected') return item.reason;
  return speak('send.by_itself');
}

function button(words, act) {
  return make('button', { type: 'button', className: 'btn', textContent: words, onclick: act });
}

/** Go to the page on which a report was written: corrected anywhere else it would be told of another place. */
function goToForm(item) {
  if (item.point) sessionStorage.around = JSON.stringify(item.point);
  location.assign(item.point ? '/here' : '/q/' + item.code);
}

function actions(item, hooks) {
  const anew = hooks.again && button(speak('send.again'), hooks.again);
  if (item.state === 'sent') return [make('a', { className: 'btn', href: item.url, textContent: speak('send.follow') }), anew];
  if (item.state !== 'rejected') return [anew];
  return [
    button(speak('send.fix'), function () {
      if (!hooks.isHere(item)) { goToForm(item); return; }
      drop(item.id);
      hooks.fix(item);
    }),
    button(speak('send.delete'), function () { drop(item.id); }),
  ];
}

function row(item, hooks) {
  const tone = item.state === 'sent' ? 'good' : item.state === 'rejected' ? 'bad' : navigator.onLine === false ? 'warn' : '';
  const bar = item.state === 'uploading' ? make('progress', { max: 100, value: item.percent }) : null;
  if (bar) bar.setAttribute('aria-label', speak('send.sending', { n: item.percent }));
  const parts = [
    make('strong', { textContent: headline(item) }),
    make('p', { textContent: item.name + ' · ' + item.place }),
    bar,
    make('p', { textContent: details(item) }),
    make('p', { className: 'row' }, actions(item, hooks)),
  ];
  const element = make('div', { className: 'note ' + tone }, [make('div', {}, parts)]);
  element.setAttribute('data-state', item.state);
  return element;
}

/** Keep the tray in step with the outbox. `again` opens an empty form, where there is one, `fix` one filled with a rejected report that `isHere`. */
export function showOutbox(hooks) {
  const tray = byId('outbox');
  async function draw() {
    const recent = (await listItems()).filter(function (item) {
      return !item.to && (item.state !== 'sent' || Date.now() - Date.parse(item.queued_at) < FRESH_MS);
    });
    tray.textContent = '';
    recent.reverse().forEach(function (item) { tray.append(row(item, hooks)); });
    tray.hidden = !recent.length;
  }
  document.addEventListener('outbox', draw);
  ['online', 'offline'].forEach(function (name) { window.addEventListener(name, draw); });
  draw();
}
