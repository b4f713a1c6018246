/** An order that somebody else moved meanwhile, or that is no longer what was judged: shown as it is now, with the news on top. */
import { byId, make, speak } from './dom.js';
import { refresh } from './live.js';

/** What was written in a form, to be put back after the page was read again; returns what found no place any more. */
function writtenIn(form) {
  const action = form.getAttribute('action');
  const written = Array.from(form.querySelectorAll('textarea')).filter(function (field) { return field.value.trim(); });
  return function () {
    return written.filter(function (field) {
      const same = /** @type {any} */ (document.querySelector('form[action="' + action + '"] textarea[name="' + field.name + '"]'));
      if (same) same.value = field.value;
      return !same;
    }).map(function (field) { return ' “' + field.value.trim() + '”'; }).join('');
  };
}

/** Somebody else moved the order meanwhile: show its present state, with the news on top. */
export async function tellWhoWasFirst(form, reply) {
  const putBack = writtenIn(form);
  await refresh(true);
  const who = reply.body.extra.changed_by;
  const said = who && !isOrderChanged(reply) ? speak('act.first', { who: who }) : reply.body.detail;
  const news = make('div', { className: 'note bad', textContent: said + putBack() });
  news.setAttribute('role', 'alert');
  byId('live').prepend(news);
  window.scrollTo(0, 0);
}

/** The order is no longer what was judged: it may be judged again once it was looked at. */
function isOrderChanged(reply) {
  return reply.body.code === 'order-changed';
}

/** Whether a tap came too late for what it was about. */
export function isOvertaken(reply) {
  return isOrderChanged(reply) || reply.body.code === 'order-state-conflict';
}
