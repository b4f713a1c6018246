/** An order's actions without leaving the page: position, photos, one message; what failed is said, what was made is kept. */
import { asAppeal, isAppealable, offerAppeal } from './appeal.js';
import { byId, speak, uuid } from './dom.js';
import { isWaiting, keepTap, letGo } from './kept.js';
import { letter } from './outbox.js';
import { isOvertaken, tellWhoWasFirst } from './overtaken.js';
import { sendPhotos, showProgress } from './progress.js';
import { pickersOf, wirePickers } from './refill.js';
import { bodyOf, position } from './said.js';
import { isLasting } from './store.js';
import { isPassing, postJson } from './wire.js';

let saying = null;

/** Say it beside the button that was pressed. */
function tell(text, isBad) {
  const line = saying && document.contains(saying) ? saying : byId('say');
  if (!line) return;
  line.textContent = text;
  line.hidden = !text;
  line.className = 'say ' + (isBad ? 'note bad' : 'quiet');
}

/** Where the tap was made; `perhaps`: what the form says may stand without it. */
async function pointOf(how) {
  tell(speak('act.locating'));
  try { return await position(); } catch (error) {
    if (how === 'perhaps') return null;
    throw error;
  }
}

async function itemOf(form) {
  const own = pickersOf(form);
  for (const state of own) await state.busy;
  return {
    id: form.elements.key.value, to: form.getAttribute('data-api'), order: form.getAttribute('data-order'),
    move: form.getAttribute('data-move'), name: form.getAttribute('data-name'), body: await bodyOf(form, pointOf),
    version: form.elements.version && form.elements.version.value,
    photos: own.reduce(function (all, state) {
      return all.concat(state.photos.map(function (photo) { photo.field = state.field; return photo; }));
    }, []),
  };
}

function explain(reply) {
  if (navigator.onLine === false) return speak('act.needs_network');
  if (reply.status === 401) return speak('act.signed_out');
  if (isPassing(reply.status)) return speak('act.busy');
  if (isAppealable(reply)) return reply.body.detail;
  return (reply.body.detail || reply.body.title || '') + ' ' + speak('act.kept');
}

async function perform(item) {
  tell(speak('act.working'));
  return await sendPhotos(item.photos) || postJson(item.to, asAppeal(letter(item)), item.id, item.version);
}

/** Keep the tap on the phone; the tray above tells what becomes of it. */
async function putAside(form, item, isOut) {
  await keepTap(item);
  pickersOf(form).forEach(function (state) { state.clear(); });
  tell(isOut ? speak('act.signed_out') : await isLasting() ? '' : speak('keep.stay'), true);
  window.scrollTo(0, 0);
}

async function attempt(form) {
  const item = await itemOf(form);
  const mayWait = form.hasAttribute('data-keep');
  if (mayWait && (navigator.onLine === false || await isWaiting(item.order))) return putAside(form, item);
  const reply = await perform(item);
  if (reply.ok) {
    await letGo(item);
    location.replace('/o/' + item.order + '?done=' + item.move.replace('-', '_'));
    return null;
  }
  const isOut = reply.status === 401;
  if (mayWait && isPassing(reply.status)) return putAside(form, item, isOut);
  if (isOut) return form.submit();
  if (isOvertaken(reply)) return tellWhoWasFirst(form, reply);
  if (reply.body.code === 'idempotency-key-used') form.elements.key.value = uuid();
  tell(explain(reply), true);
  return isAppealable(reply) ? offerAppeal() : null;
}

async function submit(event) {
  const form = event.target;
  const isHere = form.hasAttribute('data-api');
  if (!isHere && (navigator.onLine !== false || !form.hasAttribute('data-move'))) return;
  event.preventDefault();
  saying = form.querySelector('.say') || byId('say');
  if (!isHere) { tell(speak('act.offline'), true); return; }
  const button = form.querySelector('button[type=submit]');
  button.disabled = true;
  try {
    await attempt(form);
  } catch (error) {
    tell(speak('act.no_position'), true);
    offerAppeal();
  }
  showProgress(null);
  button.disabled = false;
}

/** Wire the page's forms and photo pickers, again after every refresh. */
export function act() {
  document.addEventListener('submit', submit);
  function wire() { wirePickers(function () { tell(''); }); }
  wire();
  document.addEventListener('refreshed', wire);
}
