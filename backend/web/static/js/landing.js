/** The report form of a code: saved on the phone first, then sent; the number appears where the form stood. */
import { byId, speak, uuid } from './dom.js';
import { enqueue } from './outbox.js';
import { isLasting } from './store.js';
import { picker } from './shots.js';
import { showOutbox } from './tray.js';
import { noteScan } from './whereabouts.js';
import './net.js';
import './worker.js';

const form = byId('report');
const here = { code: form.getAttribute('data-code'), place: form.getAttribute('data-place'), nonce: form.elements.nonce.value };
/** The door that the form speaks of: this one, or that of a rejected report that is being corrected here. */
let door = here;

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

function speakOf(other) {
  door = other;
  byId('elsewhere').textContent = speak('send.for', { place: door.place });
  byId('elsewhere').hidden = door.code === here.code;
}

function startAnew() {
  speakOf(here);
  form.hidden = !door.code;
  shots.clear();
  form.reset();
  showNeed();
}

/** Put a rejected report back into the form, photos and all. */
function takeUp(item) {
  startAnew();
  form.hidden = false;
  speakOf({ code: item.code, place: item.place, nonce: item.nonce });
  const chip = form.querySelector('input[name=item][value="' + item.item + '"]');
  if (chip) chip.checked = true; else form.elements.other.value = item.item;
  form.elements.description.value = item.description;
  item.photos.forEach(shots.add);
  showNeed();
}

async function submit(event) {
  event.preventDefault();
  await shots.busy;
  const option = chosenOption();
  const missing = photosNeeded() - shots.photos.length;
  if (missing > 0) { complain(speak('send.missing', { n: missing })); return; }
  const item = {
    id: uuid(), code: door.code, nonce: door.nonce, place: door.place, item: option.value,
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
showOutbox({ again: startAnew, fix: takeUp });
noteScan(here.code);
