/** Photo pickers: camera and album feed one list of thumbnails, each shrunk at once and removable. */
import { byId, make, speak, uuid } from './dom.js';
import { shrink } from './shrink.js';

/** Wire one picker. `photos` is its living list; `onChange` is told of every change. */
export function picker(box, onChange) {
  const name = box.getAttribute('data-shots');
  const max = Number(box.getAttribute('data-max'));
  const list = byId(name + '-thumbs');
  const state = { photos: [], busy: Promise.resolve() };

  function remove(photo, row) {
    state.photos = state.photos.filter(function (other) { return other !== photo; });
    row.remove();
    onChange(state);
  }

  function show(photo) {
    if (!photo.bytes) { list.append(make('li', { textContent: speak('photo.chosen') })); return; }
    const picture = make('img', { src: URL.createObjectURL(new Blob([photo.bytes], { type: photo.type })), alt: speak('photo.chosen') });
    picture.onload = function () { URL.revokeObjectURL(picture.src); };
    const button = make('button', { type: 'button', textContent: '✕' });
    button.setAttribute('aria-label', speak('photo.remove'));
    const row = make('li', {}, [picture, button]);
    button.onclick = function () { remove(photo, row); };
    list.append(row);
  }

  state.add = function (photo) {
    if (state.photos.length >= max) return;
    state.photos.push(photo);
    show(photo);
    onChange(state);
  };

  async function take(files) {
    for (const file of files.slice(0, max)) {
      const taken = new Date(file.lastModified || Date.now()).toISOString();
      state.add(Object.assign(await shrink(file), { key: uuid(), taken_at: taken }));
    }
  }

  state.clear = function () {
    state.photos = [];
    list.textContent = '';
    onChange(state);
  };

  Array.from(box.querySelectorAll('input')).forEach(function (input) {
    input.addEventListener('change', function () {
      const files = Array.from(input.files);
      input.value = '';
      state.busy = state.busy.then(function () { return take(files); });
    });
  });
  return state;
}
