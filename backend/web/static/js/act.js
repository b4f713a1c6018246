/** An order's actions without leaving the page: position, photos, one message; what failed is said, what was made is kept. */
import { asAppeal, isAppealable, offerAppeal } from './appeal.js';
import { byId, speak, uuid } from './dom.js';
import { isWaiting, keepTap, letGo } from './kept.js';
import { letter } from './outbox.js';
import { isOvertaken, tellWhoWasFirst } from './overtaken.js';
import { sendPhotos, showProgress } from './progress.js';
import { pickersOf, wirePickers } from './refill.js';
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

function position() {
  return new Promise(function (resolve, reject) {
    if (!navigator.geolocation) { reject(new Error('none')); return; }
    navigator.geolocation.getCurrentPosition(function (fix) {
      const age = Math.min(86400, Math.max(0, (Date.now() - fix.timestamp) / 1000));
      resolve({ lng: fix.coords.longitude, lat: fix.coords.latitude, accuracy_m: fix.coords.accuracy, datum: 'wgs84', age_s: age });
    }, reject, { enableHighAccuracy: true, timeout: 8000, maximumAge: 30000 });
  });
}

/** Where the tap was made; `perhaps`: what the form says may stand without it. */
async function pointOf(how) {
  tell(speak('act.locating'));
  try { return await position(); } catch (error) {
    if (how === 'perhaps') return null;
    throw error;
  }
}

/** What the form says, as the API reads it: every field that is not empty, and when the tap was made. */
async function bodyOf(form) {
  const body = {};
  Array.from(form.elements).forEach(function (field) {
    const isChosen = field.type !== 'radio' && field.type !== 'checkbox' || field.checked;
    if (!field.name || field.name === 'key' || field.name === 'version' || field.type === 'file' || !isChosen || !field.value.trim()) return;
    if (/_ids$/.test(field.name)) body[field.name] = (body[field.name] || []).concat(field.value);
    else body[field.name] = field.value.trim();
  });
  if (form.elements.captured_at) body.captured_at = new Date().toISOString();
  const gps = form.hasAttribute('data-gps') ? form : form.querySelector('[data-gps]');
  if (gps) body.point = await pointOf(gps.getAttribute('data-gps'));
  return body;
}

async function itemOf(form) {
  const own = pickersOf(form);
  for (const state of own) await state.busy;
  return {
    id: form.elements.key.value, to: form.getAttribute('data-api'), order: form.getAttribute('data-order'),
    move: form.getAttribute('data-move'), name: form.getAttribute('data-name'), body: await bodyOf(form),
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
async function putAside(form, item) {
  await keepTap(item);
  pickersOf(form).forEach(function (state) { state.clear(); });
  tell(await isLasting() ? '' : speak('keep.stay'), true);
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
  if (mayWait && isPassing(reply.status)) return putAside(form, item);
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
