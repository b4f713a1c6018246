/** The page of one photo: what is drawn goes into the plain form. */
import { byId, make, speak } from './dom.js';
import { easel } from './paint.js';
import './leaving.js';
import './net.js';

const SIDES = ['left', 'top', 'width', 'height'];
const form = byId('redact');

function showState(state) {
  const count = state.boxes.length;
  byId('undo').disabled = byId('preview').disabled = !count;
  byId('preview').setAttribute('aria-pressed', String(state.isPreview));
  byId('count').textContent = count ? speak('redact.count', { n: count }) : '';
}

const drawing = easel(showState);
byId('undo').addEventListener('click', drawing.undo);
byId('preview').addEventListener('click', drawing.preview);

form.addEventListener('submit', function () {
  Array.from(form.querySelectorAll('input[type=hidden]')).forEach(function (field) { field.remove(); });
  drawing.boxes.forEach(function (box) {
    SIDES.forEach(function (side) { form.append(make('input', { type: 'hidden', name: side, value: box[side].toFixed(3) })); });
  });
});
