/** Boxes drawn on a photo with a finger or a mouse, in percent of its sides. */
import { byId } from './dom.js';

const LEAST_PERCENT = 1;

function clamp(value) {
  return Math.min(100, Math.max(0, value));
}

function boxOf(from, to) {
  return {
    left: Math.min(from.x, to.x), top: Math.min(from.y, to.y),
    width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y),
  };
}

/** Wire the canvas over the photo. `onChange` is told of every change; `boxes`, `undo` and `preview` are for buttons. */
export function easel(onChange) {
  const canvas = byId('canvas');
  const photo = byId('photo');
  const state = { boxes: [], isPreview: false };
  let start = null;
  let now = null;

  function at(event) {
    const frame = canvas.getBoundingClientRect();
    return { x: clamp((event.clientX - frame.left) * 100 / frame.width), y: clamp((event.clientY - frame.top) * 100 / frame.height) };
  }

  function draw() {
    const sharp = window.devicePixelRatio || 1;
    canvas.width = Math.round(canvas.clientWidth * sharp);
    canvas.height = Math.round(canvas.clientHeight * sharp);
    const pen = canvas.getContext('2d');
    const shown = start ? state.boxes.concat([boxOf(start, now)]) : state.boxes;
    shown.forEach(function (box) {
      const frame = [box.left, box.top, box.width, box.height].map(function (part, side) {
        return part * (side % 2 ? canvas.height : canvas.width) / 100;
      });
      pen.fillStyle = state.isPreview ? '#000' : 'rgba(0, 0, 0, .55)';
      pen.fillRect.apply(pen, frame);
      if (state.isPreview) return;
      pen.lineWidth = 2 * sharp;
      pen.strokeStyle = '#ffd54a';
      pen.strokeRect.apply(pen, frame);
    });
  }

  function changed() {
    draw();
    onChange(state);
  }

  canvas.addEventListener('pointerdown', function (event) {
    if (!event.isPrimary || event.button > 0) return;
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    start = now = at(event);
  });
  canvas.addEventListener('pointermove', function (event) {
    if (!start || !event.isPrimary) return;
    now = at(event);
    draw();
  });
  canvas.addEventListener('pointerup', function (event) {
    if (!start || !event.isPrimary) return;
    const box = boxOf(start, at(event));
    start = null;
    if (box.width >= LEAST_PERCENT && box.height >= LEAST_PERCENT) state.boxes.push(box);
    changed();
  });
  canvas.addEventListener('pointercancel', function () { start = null; draw(); });

  state.undo = function () { state.boxes.pop(); changed(); };
  state.preview = function () { state.isPreview = !state.isPreview; changed(); };
  window.addEventListener('resize', draw);
  photo.addEventListener('load', draw);
  changed();
  return state;
}
