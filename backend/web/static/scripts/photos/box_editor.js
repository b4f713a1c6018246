/** Boxes drawn on a photo with a finger or a mouse, in percent of its sides. */
import { byId } from '../browser/dom.js';

const MIN_PERCENT = 1;

function clamp(value) {
  return Math.min(100, Math.max(0, value));
}

function boxOf(from, to) {
  return {
    left: Math.min(from.x, to.x), top: Math.min(from.y, to.y),
    width: Math.abs(from.x - to.x), height: Math.abs(from.y - to.y),
  };
}

/**
 * Wire the canvas over the photo. Returns its state: `boxes`, and `undo` and `preview` for buttons.
 * @param {(state: any) => void} onChange called with the state after every change
 */
export function createBoxEditor(onChange) {
  const canvas = byId('canvas');
  const photo = byId('photo');
  /** @type {any} */
  const state = { boxes: [], isPreview: false };
  let start = null;
  let now = null;

  function pointOfEvent(event) {
    const frame = canvas.getBoundingClientRect();
    return { x: clamp((event.clientX - frame.left) * 100 / frame.width), y: clamp((event.clientY - frame.top) * 100 / frame.height) };
  }

  function draw() {
    const scale = window.devicePixelRatio || 1;
    canvas.width = Math.round(canvas.clientWidth * scale);
    canvas.height = Math.round(canvas.clientHeight * scale);
    const context = canvas.getContext('2d');
    const shown = start ? state.boxes.concat([boxOf(start, now)]) : state.boxes;
    shown.forEach(function (box) {
      const frame = [box.left, box.top, box.width, box.height].map(function (part, side) {
        return part * (side % 2 ? canvas.height : canvas.width) / 100;
      });
      context.fillStyle = state.isPreview ? '#000' : 'rgba(0, 0, 0, .55)';
      context.fillRect.apply(context, frame);
      if (state.isPreview) return;
      context.lineWidth = 2 * scale;
      context.strokeStyle = '#ffd54a';
      context.strokeRect.apply(context, frame);
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
    start = now = pointOfEvent(event);
  });
  canvas.addEventListener('pointermove', function (event) {
    if (!start || !event.isPrimary) return;
    now = pointOfEvent(event);
    draw();
  });
  canvas.addEventListener('pointerup', function (event) {
    if (!start || !event.isPrimary) return;
    const box = boxOf(start, pointOfEvent(event));
    start = null;
    if (box.width >= MIN_PERCENT && box.height >= MIN_PERCENT) state.boxes.push(box);
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
