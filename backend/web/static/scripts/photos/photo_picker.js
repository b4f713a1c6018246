/** Photo pickers: camera and album feed one list of thumbnails, each photo made smaller at once and removable. */
import { byId, createElement, translate, uuid } from '../browser/dom.js';
import { downscale } from './downscale.js';

/**
 * Wire one picker. Returns its state: `photos` that were chosen, `busy` until the last is read, `add` and `clear`.
 * @param {any} box @param {(state: any) => void} onChange called with the state after every change
 */
export function createPhotoPicker(box, onChange) {
  const name = box.getAttribute('data-photo-picker');
  const max = Number(box.getAttribute('data-max-photos'));
  const list = byId(name + '-thumbs');
  /** @type {any} */
  const state = { photos: [], busy: Promise.resolve(), inputs: Array.from(box.querySelectorAll('input')) };
  /** What says how many were left out. @type {any} */
  let surplus = null;

  function showSurplus(count) {
    if (surplus) surplus.remove();
    surplus = count > 0 ? createElement('li', { textContent: translate('photo.too_many', { n: count, max: max }) }) : null;
    if (surplus) list.append(surplus);
  }

  function remove(photo, row) {
    showSurplus(0);
    state.photos = state.photos.filter(function (other) { return other !== photo; });
    row.remove();
    onChange(state);
  }

  function show(photo) {
    if (!photo.bytes) { list.append(createElement('li', { textContent: translate('photo.chosen') })); return; }
    const url = URL.createObjectURL(new Blob([photo.bytes], { type: photo.type }));
    const picture = createElement('img', { src: url, alt: translate('photo.chosen') });
    picture.onload = function () { URL.revokeObjectURL(url); };
    const button = createElement('button', { type: 'button', textContent: '✕' });
    button.setAttribute('aria-label', translate('photo.remove'));
    const row = createElement('li', {}, [picture, button]);
    button.onclick = function () { remove(photo, row); };
    list.append(row);
  }

  state.add = function (photo) {
    if (state.photos.length >= max) return;
    state.photos.push(photo);
    show(photo);
    onChange(state);
  };

  async function addFiles(files) {
    const room = max - state.photos.length;
    for (const file of files.slice(0, room)) {
      const taken = new Date(file.lastModified || Date.now()).toISOString();
      state.add(Object.assign(await downscale(file), { key: uuid(), taken_at: taken }));
    }
    showSurplus(files.length - room);
  }

  state.clear = function () {
    state.photos = [];
    list.textContent = '';
    onChange(state);
  };

  state.inputs.forEach(function (input) {
    input.addEventListener('change', function () {
      const files = Array.from(input.files);
      input.value = '';
      state.busy = state.busy.then(function () { return addFiles(files); });
    });
  });
  return state;
}
