/** Countdowns of orders, by the server's time: what is left in words, and a colour that only repeats the words. */
import { translate } from '../browser/dom.js';

const MINUTE_MS = 60000;
const offsetMs = Number(document.body.getAttribute('data-server-time')) - Date.now();

/** The instant that it is for the server, in milliseconds: a phone's clock may be wrong. */
export function serverNow() {
  return Date.now() + offsetMs;
}

/** Two units at most; seconds only in the last ten minutes. @param {number} ms */
export function duration(ms) {
  const minutes = Math.floor(ms / MINUTE_MS);
  if (minutes >= 1440) return translate('clock.days', { d: Math.floor(minutes / 1440), h: Math.floor(minutes % 1440 / 60) });
  if (minutes >= 60) return translate('clock.hours', { h: Math.floor(minutes / 60), m: minutes % 60 });
  if (minutes >= 10) return translate('clock.minutes', { m: minutes });
  return translate('clock.seconds', { m: minutes, s: ('0' + Math.floor(ms / 1000) % 60).slice(-2) });
}

function draw(element) {
  const now = serverNow();
  const until = Number(element.getAttribute('data-until'));
  const from = Number(element.getAttribute('data-from'));
  const left = until - now;
  const text = left >= 0 ? translate('clock.left', { span: duration(left) }) : translate('clock.over', { span: duration(-left) });
  const target = element.querySelector('.time-left') || element;
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

/** Start all countdowns of the page, those of a refresh included. */
export function startCountdowns() {
  drawAll();
  setInterval(drawAll, 1000);
  document.addEventListener('refreshed', drawAll);
}
