/** An order's actions without leaving the page: position, photos, one request. What fails is explained and nothing is lost. */
import { byId, translate, uuid } from '../browser/dom.js';
import { isRetryable, postJson } from '../browser/http.js';
import { requestBody } from '../outbox/outbox.js';
import { discardRejected, hasPending, queueAction } from '../outbox/queued_actions.js';
import { isPersistent } from '../outbox/store.js';
import { showProgress, uploadPhotos } from '../photos/upload_progress.js';
import { appealBody, isAppealable, offerAppeal } from './appeal.js';
import { isConflict, isOvertaken, showConflict } from './conflict.js';
import { clearMarks, markRefused } from './field_marks.js';
import { currentPoint, formBody } from './form_body.js';
import { formPickers, wirePickers } from './form_photos.js';
import { showNextStep, wireCameraButtons } from './next_step.js';

/** Where messages of the form that was sent go. @type {HTMLElement | null} */
let messageLine = null;

/** Beside the button that was pressed. @param {string} text @param {boolean} [isBad] */
function showMessage(text, isBad) {
  const line = messageLine && document.contains(messageLine) ? messageLine : byId('form-message');
  if (!line) return;
  line.textContent = text;
  line.hidden = !text;
  line.className = 'form-message ' + (isBad ? 'note bad' : 'quiet');
}

/**
 * The phone's position; null where there is none and the form is `optional` about it. Whoever walks from door to door
 * needs a `fresh` one.
 * @param {string} need
 */
async function requestPoint(need) {
  showMessage(translate('action.locating'));
  try { return await currentPoint(need === 'fresh' ? 0 : 30000); } catch (error) {
    if (need === 'optional') return null;
    throw error;
  }
}

/** What the form says, as an item of the outbox. @returns {Promise<NewItem & {to: string, order: string, move: string}>} */
async function buildAction(form) {
  const pickers = formPickers(form);
  for (const state of pickers) await state.busy;
  return {
    id: form.elements.key.value, to: form.getAttribute('data-api'), order: form.getAttribute('data-order'),
    move: form.getAttribute('data-transition'), name: form.getAttribute('data-name'), body: await formBody(form, requestPoint),
    version: form.elements.version && form.elements.version.value, page: form.getAttribute('data-page') || '/o/' + form.getAttribute('data-order'),
    replaces: form.hasAttribute('data-again') ? form.getAttribute('data-restored') || 'nothing' : undefined,
    photos: pickers.reduce(function (all, state) {
      return all.concat(state.photos.map(function (photo) { photo.field = state.field; return photo; }));
    }, []),
  };
}

function errorText(reply) {
  if (navigator.onLine === false) return translate('action.needs_network');
  if (reply.status === 401) return translate('action.signed_out');
  if (!reply.status) return translate('action.offline');
  if (isRetryable(reply.status)) return translate('action.busy');
  if (isAppealable(reply)) return reply.body.detail;
  return (reply.body.detail || reply.body.title || '') + ' ' + translate('action.kept');
}

/** @param {NewItem & {to: string}} item */
async function sendAction(item) {
  showMessage(translate('action.working'));
  return await uploadPhotos(item.photos) || postJson(item.to, appealBody(requestBody(item)), item.id, item.version);
}

/**
 * What was handed over is no longer being written: a page waits for whoever writes before it shows what the server has.
 * What may be said again, of something else, begins anew under a key of its own.
 * @param {any} form
 */
function emptyForm(form) {
  formPickers(form).forEach(function (state) { state.clear(); });
  form.reset();
  /** @type {HTMLElement} */ (document.activeElement || form).blur();
  if (!form.hasAttribute('data-again')) return;
  form.elements.key.value = uuid();
  form.removeAttribute('data-restored');
}

/** Put the action into the outbox; the list above shows what becomes of it. @param {any} form @param {NewItem} item @param {boolean} isSignedOut */
async function queueForLater(form, item, isSignedOut) {
  await queueAction(item);
  emptyForm(form);
  showMessage(isSignedOut ? translate('action.signed_out') : await isPersistent() ? '' : translate('queue.stay'), true);
  window.scrollTo(0, 0);
}

async function attemptAction(form) {
  clearMarks(form);
  const item = await buildAction(form);
  const mayWait = form.hasAttribute('data-may-queue');
  if (mayWait && (navigator.onLine === false || await hasPending(item.order))) return queueForLater(form, item, false);
  const reply = await sendAction(item);
  if (reply.ok) {
    await discardRejected(item);
    const page = String(item.page);
    location.replace(page + (page.indexOf('?') < 0 ? '?' : '&') + 'done=' + (form.getAttribute('data-done') || item.move.replace('-', '_')));
    return null;
  }
  const isSignedOut = reply.status === 401;
  if (mayWait && isRetryable(reply.status)) return queueForLater(form, item, isSignedOut);
  if (isSignedOut) return form.submit();
  if (isOvertaken(reply) && form.hasAttribute('data-next')) { location.replace(form.getAttribute('data-next')); return null; }
  if (isConflict(reply)) return showConflict(form, reply);
  if (reply.body.code === 'idempotency-key-used') form.elements.key.value = uuid();
  showMessage(errorText(reply), true);
  markRefused(form, reply, reply.body.detail);
  return isAppealable(reply) ? offerAppeal() : null;
}

async function submitAction(event) {
  const form = event.target;
  const isScripted = form.hasAttribute('data-api');
  if (!isScripted && (navigator.onLine !== false || !form.hasAttribute('data-transition'))) return;
  event.preventDefault();
  messageLine = form.querySelector('.form-message') || byId('form-message');
  if (!isScripted) { showMessage(translate('action.offline'), true); return; }
  const button = form.querySelector('button[type=submit]');
  button.disabled = true;
  try {
    await attemptAction(form);
  } catch (error) {
    showMessage(translate(byId('appeal') ? 'action.no_position' : 'action.no_position_here'), true);
    offerAppeal();
  }
  showProgress(null);
  button.disabled = false;
}

/** Wire the page's forms and photo pickers, again after every refresh. */
export function wireActions() {
  document.addEventListener('submit', submitAction);
  wireCameraButtons(function () { messageLine = byId('form-message'); showMessage(translate('camera.refused')); });
  function wire() {
    wirePickers(function () { showMessage(''); showNextStep(); });
    showNextStep();
  }
  wire();
  document.addEventListener('refreshed', wire);
}
