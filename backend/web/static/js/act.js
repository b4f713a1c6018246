/** An order's actions without leaving the page: position, photos, one message; what failed is said, what was made is kept. */
import { byId, make, speak } from './dom.js';
import { refresh } from './live.js';
import { inSteps, isPassing, postJson, postPhoto } from './wire.js';
import { picker } from './shots.js';

let pickers = [];

function tell(text, isBad) {
  const line = byId('say');
  line.textContent = text;
  line.hidden = !text;
  line.className = isBad ? 'note bad' : 'quiet';
}

function position() {
  return new Promise(function (resolve, reject) {
    if (!navigator.geolocation) { reject(new Error('none')); return; }
    navigator.geolocation.getCurrentPosition(function (fix) {
      resolve({ lng: fix.coords.longitude, lat: fix.coords.latitude, accuracy_m: fix.coords.accuracy, datum: 'wgs84' });
    }, reject, { enableHighAccuracy: true, timeout: 8000, maximumAge: 30000 });
  });
}

/** How much of all photos was sent, as a bar and in words. A page that was read again meanwhile has new ones. */
function showProgress(percent) {
  const step = inSteps(percent);
  const words = percent === null ? '' : speak('act.sending', { n: step });
  byId('progress').hidden = byId('percent').hidden = percent === null;
  byId('progress').value = step;
  if (byId('percent').textContent !== words) byId('percent').textContent = words;
}

async function sendPhotos() {
  for (const state of pickers) await state.busy;
  const photos = pickers.reduce(function (all, state) { return all.concat(state.photos); }, []);
  for (let i = 0; i < photos.length; i += 1) {
    const photo = photos[i];
    if (photo.id) continue;
    const reply = await postPhoto(photo.bytes, photo.type, photo.key, function (part) {
      showProgress((i + part) * 100 / photos.length);
    });
    if (!reply.ok) return reply;
    photo.id = reply.body.id;
  }
  return null;
}

function idsOf(name) {
  const state = pickers.find(function (one) { return one.name === name; });
  return state ? state.photos.map(function (photo) { return photo.id; }) : [];
}

async function bodyOf(form) {
  const move = form.getAttribute('data-move');
  const captured = new Date().toISOString();
  const note = byId('note') ? byId('note').value.trim() : '';
  if (move === 'check-in' && form.querySelector('[data-gps]')) {
    tell(speak('act.locating'));
    return { point: await position(), captured_at: captured };
  }
  if (move === 'check-in') return { code: form.elements.code.value, nonce: form.elements.nonce.value, captured_at: captured };
  if (move === 'finish') return { photo_ids: idsOf('after'), before_photo_ids: idsOf('before'), note: note, captured_at: captured };
  if (move === 'verify') return { result: form.elements.result.value, note: form.elements.note ? note : '' };
  return { captured_at: captured };
}

function explain(reply) {
  if (navigator.onLine === false) return speak('act.offline');
  if (reply.status === 401) return speak('act.signed_out');
  if (isPassing(reply.status)) return speak('act.busy');
  return (reply.body.detail || reply.body.title || '') + ' ' + speak('act.kept');
}

/** Somebody else moved the order meanwhile: show its present state, with the news on top. */
async function tellWhoWasFirst(who) {
  await refresh(true);
  const news = make('div', { className: 'note bad', textContent: speak('act.first', { who: who }) });
  news.setAttribute('role', 'alert');
  byId('live').prepend(news);
  window.scrollTo(0, 0);
}

async function perform(form) {
  tell(speak('act.working'));
  const failure = form.getAttribute('data-move') === 'finish' ? await sendPhotos() : null;
  if (failure) return failure;
  const url = '/api/v1/orders/' + form.getAttribute('data-order') + '/' + form.getAttribute('data-move');
  return postJson(url, await bodyOf(form), form.elements.key.value);
}

async function submit(event) {
  const form = event.target;
  if (!form.hasAttribute('data-move')) return;
  event.preventDefault();
  const button = form.querySelector('button[type=submit]');
  button.disabled = true;
  try {
    const reply = await perform(form);
    if (reply.ok) {
      location.replace('/o/' + form.getAttribute('data-order') + '?done=' + form.getAttribute('data-move').replace('-', '_'));
      return;
    }
    if (reply.body.code === 'order-state-conflict') { await tellWhoWasFirst(reply.body.extra.changed_by); return; }
    tell(explain(reply), true);
  } catch (error) {
    tell(speak('act.no_position'), true);
  }
  showProgress(null);
  button.disabled = false;
}

/** Wire the page's forms and photo pickers, again after every refresh. */
export function act() {
  document.addEventListener('submit', submit);
  function wire() {
    pickers = Array.from(document.querySelectorAll('[data-shots]')).map(function (box) {
      return picker(box, function () { tell(''); });
    });
  }
  wire();
  document.addEventListener('refreshed', wire);
}
