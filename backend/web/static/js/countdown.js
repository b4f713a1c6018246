/** Clocks of orders, by the server's time: what is left in words, and a colour that only repeats the words. */
import { speak } from './dom.js';

let offsetMs = Number(document.body.getAttribute('data-now')) - Date.now();
const MINUTE = 60000;

/** Two units at most; seconds only in the last ten minutes. */
function span(ms) {
  const minutes = Math.floor(ms / MINUTE);
  if (minutes >= 1440) return speak('clock.days', { d: Math.floor(minutes / 1440), h: Math.floor(minutes % 1440 / 60) });
  if (minutes >= 60) return speak('clock.hours', { h: Math.floor(minutes / 60), m: minutes % 60 });
  if (minutes >= 10) return speak('clock.minutes', { m: minutes });
  return speak('clock.seconds', { m: minutes, s: ('0' + Math.floor(ms / 1000) % 60).slice(-2) });
}

function draw(element) {
  const now = Date.now() + offsetMs;
  const until = Number(element.getAttribute('data-until'));
  const from = Number(element.getAttribute('data-from'));
  const left = until - now;
  const text = left >= 0 ? speak('clock.left', { span: span(left) }) : speak('clock.over', { span: span(-left) });
  const target = element.querySelector('.left') || element;
  if (target.textContent !== text) target.textContent = text;
  const tone = left < 0 ? 'bad' : left < (until - from) / 2 ? 'warn' : '';
  [element, element.closest('.order')].forEach(function (toned) {
    if (!toned) return;
    toned.classList.remove('bad', 'warn');
    if (tone) toned.classList.add(tone);
  });
}

function drawAll() {
  Array.from(document.querySelectorAll('[data-until]')).forEach(draw);
}

/** Start all clocks of the page. */
export function countdown() {
  drawAll();
  setInterval(drawAll, 1000);
  document.addEventListener('refreshed', drawAll);
}
