/** The report form of a code: saved on the phone first, then sent; the number appears where the form stood. */
import { byId, speak, uuid } from './dom.js';
import { drop, enqueue } from './outbox.js';
import { isLasting } from './store.js';
import { picker } from './shots.js';
import { showOutbox } from './tray.js';
import { noteScan } from './whereabouts.js';
import './net.js';
import './worker.js';

const form = byId('report');

function chosenOption() {
  const other = form.elements.other;
  if (other.value) return other.options[other.selectedIndex];
  return form.querySelector('input[name=item]:checked');
}

function photosNeeded() {
  const option = chosenOption();
  return option && option.hasAttribute('data-photos') ? Number(option.getAttribute('data-photos')) : 1;
}

function nameOf(option) {
  return option.tagName === 'OPTION' ? option.text : option.parentNode.textContent.trim();
}

function complain(text) {
  byId('say').textContent = text;
  byId('say').hidden = !text;
}

const shots = picker(form.querySelector('[data-shots]'), function () { complain(''); });

function showNeed() {
  const needed = photosNeeded();
  byId('photo-need').textContent = needed === 1 ? '' : speak(needed ? 'send.need' : 'send.optional', { n: needed });
}

function startAnew() {
  form.hidden = !form.getAttribute('data-code');
  shots.clear();
  form.reset();
  showNeed();
}

/** A rejected report is corrected at its own door. True where that is another one: the phone goes there. */
export function leadsElsewhere(item) {
  if (item.code === form.getAttribute('data-code')) return false;
  location.assign('/q/' + item.code);
  return true;
}

/** Put a rejected report back into the form, photos and all. */
function takeUp(item) {
  if (leadsElsewhere(item)) return;
  drop(item.id);
  startAnew();
  const chip = form.querySelector('input[name=item][value="' + item.item + '"]');
  if (chip) chip.checked = true; else form.elements.other.value = item.item;
  form.elements.description.value = item.description;
  item.photos.forEach(shots.add);
  showNeed();
}

export const trayHooks = { again: startAnew, fix: takeUp };

async function submit(event) {
  event.preventDefault();
  await shots.busy;
  const option = chosenOption();
  const missing = photosNeeded() - shots.photos.length;
  if (missing > 0) { complain(speak('send.missing', { n: missing })); return; }
  const item = {
    id: uuid(), code: form.getAttribute('data-code'), nonce: form.elements.nonce.value, place: form.getAttribute('data-place'), item: option.value,
    name: nameOf(option), description: form.elements.description.value.trim(), photos: shots.photos,
    captured_at: shots.photos.length ? shots.photos[0].taken_at : new Date().toISOString(),
  };
  form.hidden = true;
  if (!(await isLasting())) complain(speak('send.stay'));
  await enqueue(item);
  window.scrollTo(0, 0);
}

form.addEventListener('submit', submit);
form.addEventListener('change', function (event) {
  if (event.target.name === 'item') form.elements.other.value = '';
  if (event.target.name === 'other' && event.target.value) {
    Array.from(form.querySelectorAll('input[name=item]')).forEach(function (input) { input.checked = false; });
  }
  showNeed();
});
showNeed();
showOutbox(trayHooks);
noteScan(form.getAttribute('data-code'));
