/** A report form: its photos made small, all of it saved on the phone first, then sent; the receipt appears above it. */
import { byId, speak, uuid } from './dom.js';
import { enqueue } from './outbox.js';
import { isLasting } from './store.js';
import { picker } from './shots.js';
import { showOutbox } from './tray.js';

function nameOf(option) {
  return option.tagName === 'OPTION' ? option.text : option.parentNode.textContent.trim();
}

/** `ways`: the chosen `option`; `choose` one by code; `where` the report goes; whether an item `isHere`; the line to `say` things on. Returns the tray's hooks. */
export function fileBy(form, ways) {
  const shots = picker(form.querySelector('[data-shots]'), function () { complain(''); });

  function complain(text) {
    ways.say.textContent = text;
    ways.say.hidden = !text;
  }

  /** Photos that the server kept when it refused the form before. */
  function keptPhotos() {
    return Array.from(form.querySelectorAll('[name=photo_ids]:checked')).map(function (box) { return { id: box.value }; });
  }

  function photosNeeded() {
    const option = ways.option();
    return option && option.hasAttribute('data-photos') ? Number(option.getAttribute('data-photos')) : 1;
  }

  function showNeed() {
    const needed = photosNeeded();
    byId('photo-need').textContent = needed === 1 ? '' : speak(needed ? 'send.need' : 'send.optional', { n: needed });
  }

  function startAnew() {
    form.hidden = false;
    shots.clear();
    form.reset();
    showNeed();
  }

  /** Put a rejected report back into the form, photos and all. */
  function takeUp(item) {
    startAnew();
    ways.choose(item.item);
    form.elements.description.value = item.description;
    item.photos.forEach(shots.add);
    showNeed();
  }

  async function submit(event) {
    event.preventDefault();
    await shots.busy;
    const option = ways.option();
    const photos = keptPhotos().concat(shots.photos);
    const missing = photosNeeded() - photos.length;
    if (missing > 0) { complain(speak('send.missing', { n: missing })); return; }
    const item = Object.assign(ways.where(), {
      id: uuid(), item: option.value, name: nameOf(option), description: form.elements.description.value.trim(), photos: photos,
      captured_at: shots.photos.length ? shots.photos[0].taken_at : new Date().toISOString(),
    });
    form.hidden = true;
    if (!(await isLasting())) complain(speak('send.stay'));
    await enqueue(item);
    window.scrollTo(0, 0);
  }

  form.addEventListener('submit', submit);
  form.addEventListener('change', showNeed);
  showNeed();
  const hooks = { again: startAnew, fix: takeUp, isHere: ways.isHere };
  showOutbox(hooks);
  return hooks;
}
