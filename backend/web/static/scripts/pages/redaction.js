/** The page on which a photo is redacted: the boxes that were drawn go into the plain form. */
import { byId, createElement, translate } from '../browser/dom.js';
import '../frame/connection.js';
import '../frame/leaving.js';
import '../frame/text_limits.js';
import { createBoxEditor } from '../photos/box_editor.js';

const SIDES = ['left', 'top', 'width', 'height'];
const form = byId('redact');

function showState(state) {
  const count = state.boxes.length;
  byId('undo').disabled = byId('preview').disabled = !count;
  byId('preview').setAttribute('aria-pressed', String(state.isPreview));
  byId('count').textContent = count ? translate('redact.count', { n: count }) : '';
}

const editor = createBoxEditor(showState);
byId('undo').addEventListener('click', editor.undo);
byId('preview').addEventListener('click', editor.preview);

form.addEventListener('submit', function () {
  Array.from(form.querySelectorAll('input[type=hidden]')).forEach(function (field) { field.remove(); });
  editor.boxes.forEach(function (box) {
    SIDES.forEach(function (side) { form.append(createElement('input', { type: 'hidden', name: side, value: box[side].toFixed(3) })); });
  });
});
