/** An order that changed while the reader acted on it: shown as it is now, with what happened on top. */
import { byId, createElement, translate } from '../browser/dom.js';
import { refresh } from '../frame/live_updates.js';

/** Remember the texts of a form. Returns what puts them back after a refresh, and says which have no field any more. */
function captureTexts(form) {
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

/** Refresh the order, and say on top who was first or what changed. @param {any} form @param {Reply} reply */
export async function showConflict(form, reply) {
  const restoreTexts = captureTexts(form);
  await refresh(true);
  const who = reply.body.extra.changed_by;
  const reason = who && !isOrderChanged(reply) ? translate('action.first', { who: who }) : reply.body.detail;
  const notice = createElement('div', { className: 'note bad', textContent: reason + restoreTexts() });
  notice.setAttribute('role', 'alert');
  byId('live').prepend(notice);
  window.scrollTo(0, 0);
}

/** The order is no longer what the verdict was about; it may be given again once the order was looked at. */
function isOrderChanged(reply) {
  return reply.body.code === 'order-changed';
}

/** Whether somebody else was first, so that this cannot be done any more. @param {Reply} reply */
export function isOvertaken(reply) {
  return reply.body.code === 'order-state-conflict';
}

/** Whether the order had changed before the action arrived. @param {Reply} reply */
export function isConflict(reply) {
  return isOrderChanged(reply) || isOvertaken(reply);
}
