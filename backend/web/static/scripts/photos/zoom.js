/** Pictures that are zoomed and moved together, so that the same spot of both is compared: wheel, pinch, double tap, keys. */

const MOST = 8;
const DOUBLE_TAP = 2.5;
const DOUBLE_TAP_MS = 300;
const SLIP_PX = 12;
const SWIPE_PX = 60;

function middleOf(points) {
  return { x: (points[0].x + points[1].x) / 2, y: (points[0].y + points[1].y) / 2 };
}

function apart(points) {
  return Math.hypot(points[0].x - points[1].x, points[0].y - points[1].y);
}

/**
 * Wire the panes of a frame. Returns `by` to zoom around the middle, `move`, `reset`, and `isZoomed`.
 * @param {HTMLElement} frame @param {(step: number) => void} onSwipe called with 1 or -1 for a swipe over a whole picture
 */
export function createZoom(frame, onSwipe) {
  let scale = 1;
  let x = 0;
  let y = 0;
  let tapAt = 0;
  let start = null;
  /** @type {Map<number, {x: number, y: number}>} */
  const fingers = new Map();

  function draw() {
    Array.from(frame.querySelectorAll('img')).forEach(function (picture) {
      picture.style.transform = 'translate(' + x + 'px, ' + y + 'px) scale(' + scale + ')';
    });
    frame.classList.toggle('is-zoomed', scale > 1);
  }

  function paneAt(point) {
    return Array.from(frame.children).map(function (pane) { return pane.getBoundingClientRect(); }).find(function (box) {
      return point.x >= box.left && point.x <= box.right && point.y >= box.top && point.y <= box.bottom;
    }) || frame.children[0].getBoundingClientRect();
  }

  /** No picture leaves its pane. @param {DOMRect} pane */
  function hold(pane) {
    const wide = (scale - 1) * pane.width / 2;
    const high = (scale - 1) * pane.height / 2;
    x = Math.min(wide, Math.max(-wide, x));
    y = Math.min(high, Math.max(-high, y));
    draw();
  }

  function zoom(factor, point) {
    const pane = paneAt(point);
    const next = Math.min(MOST, Math.max(1, scale * factor));
    const fromX = point.x - pane.left - pane.width / 2;
    const fromY = point.y - pane.top - pane.height / 2;
    x = fromX - (fromX - x) * next / scale;
    y = fromY - (fromY - y) * next / scale;
    scale = next;
    hold(pane);
  }

  function move(dx, dy) {
    x += dx;
    y += dy;
    hold(frame.children[0].getBoundingClientRect());
  }

  function reset() {
    scale = 1;
    x = y = 0;
    draw();
  }

  function drag(event) {
    if (!fingers.has(event.pointerId)) return;
    const before = Array.from(fingers.values());
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    const now = Array.from(fingers.values());
    if (now.length === 2) {
      zoom(apart(now) / (apart(before) || 1), middleOf(now));
      move(middleOf(now).x - middleOf(before).x, middleOf(now).y - middleOf(before).y);
    } else if (scale > 1) move(now[0].x - before[0].x, now[0].y - before[0].y);
  }

  function lift(event) {
    if (!fingers.delete(event.pointerId) || !start || fingers.size) return;
    const dx = event.clientX - start.x;
    const dy = event.clientY - start.y;
    const isTap = Math.hypot(dx, dy) < SLIP_PX && !start.isPinch;
    if (isTap && event.timeStamp - tapAt < DOUBLE_TAP_MS) {
      if (scale > 1) reset(); else zoom(DOUBLE_TAP, start);
      tapAt = 0;
    } else if (isTap) tapAt = event.timeStamp;
    else if (scale === 1 && !start.isPinch && Math.abs(dx) > SWIPE_PX && Math.abs(dx) > 2 * Math.abs(dy)) onSwipe(dx < 0 ? 1 : -1);
    start = null;
  }

  frame.addEventListener('pointerdown', function (event) {
    if (event.button > 0) return;
    frame.setPointerCapture(event.pointerId);
    fingers.set(event.pointerId, { x: event.clientX, y: event.clientY });
    if (fingers.size === 1) start = { x: event.clientX, y: event.clientY, isPinch: false };
    else if (start) start.isPinch = true;
  });
  frame.addEventListener('pointermove', drag);
  frame.addEventListener('pointerup', lift);
  frame.addEventListener('pointercancel', function (event) { fingers.delete(event.pointerId); start = null; });
  frame.addEventListener('wheel', function (event) {
    event.preventDefault();
    zoom(Math.exp(-event.deltaY / 400), { x: event.clientX, y: event.clientY });
  }, { passive: false });

  return {
    by: function (factor) {
      const pane = frame.children[0].getBoundingClientRect();
      zoom(factor, { x: pane.left + pane.width / 2, y: pane.top + pane.height / 2 });
    },
    move: move,
    reset: reset,
    isZoomed: function () { return scale > 1; },
  };
}
