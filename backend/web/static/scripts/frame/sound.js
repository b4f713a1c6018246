/** What a phone rings with while a page is open: asked once by a button, made in code, and shown in words beside it. */
import { byId, createElement } from '../browser/dom.js';

const CHOICE = 'sound:' + document.body.getAttribute('data-owner');
const HEARD = 'heard:' + document.body.getAttribute('data-owner');
/** Each note: its pitch in Hz, when it begins and how long it is, in seconds. */
const NEW_ORDER = [[784, 0, 0.16], [1047, 0.2, 0.3]];
const URGENT = [[1175, 0, 0.14], [880, 0.16, 0.14], [1175, 0.4, 0.14], [880, 0.56, 0.14], [1175, 0.8, 0.14], [880, 0.96, 0.3]];
/** @type {any} */
let soundContext = null;

function readSound(key) {
  try { return localStorage.getItem(key); } catch (error) { return null; }
}

function storeSound(key, value) {
  try { localStorage.setItem(key, value); } catch (error) { /* without a memory nothing rings: see readSound */ }
}

/** Whether this person wants this phone to ring. */
export function hasSound() {
  return readSound(CHOICE) === 'on';
}

/** The highest number of a message that this phone has rung for. */
export function heardUpTo() {
  return Number(readSound(HEARD)) || 0;
}

/** Null where the browser makes no sounds. */
function audio() {
  const Context = window.AudioContext || /** @type {any} */ (window).webkitAudioContext;
  if (!soundContext && Context) soundContext = new Context();
  return soundContext;
}

/** A browser lets a page sound only after a touch of it. */
function unlock() {
  const made = hasSound() && audio();
  if (made && made.state === 'suspended') made.resume();
}

/** @param {number} pitch @param {number} at @param {number} length @param {boolean} isUrgent */
function playNote(pitch, at, length, isUrgent) {
  const oscillator = soundContext.createOscillator();
  const volume = soundContext.createGain();
  const begin = soundContext.currentTime + at;
  oscillator.type = isUrgent ? 'square' : 'sine';
  oscillator.frequency.value = pitch;
  volume.gain.setValueAtTime(isUrgent ? 0.25 : 0.4, begin);
  volume.gain.linearRampToValueAtTime(0.001, begin + length);
  oscillator.connect(volume);
  volume.connect(soundContext.destination);
  oscillator.start(begin);
  oscillator.stop(begin + length);
}

/** Sound and shake. @returns {boolean} whether the browser let it sound */
function play(isUrgent) {
  if (navigator.vibrate && (!navigator.userActivation || navigator.userActivation.hasBeenActive)) navigator.vibrate(isUrgent ? [400, 150, 400, 150, 400] : [200, 100, 200]);
  const made = audio();
  if (!made || made.state !== 'running') return false;
  (isUrgent ? URGENT : NEW_ORDER).forEach(function (note) { playNote(note[0], note[1], note[2], isUrgent); });
  return true;
}

/** The same in words, with the way to what it is about. */
function showRing(ring, isHeard) {
  const link = byId('inbox-link');
  const title = document.documentElement.lang === 'en' ? ring.title_en : ring.title_zh;
  const words = link.getAttribute(isHeard ? (ring.is_urgent ? 'data-urgent' : 'data-new') : 'data-silent');
  const line = byId('sound-line') || createElement('p', { id: 'sound-line' });
  const close = createElement('button', { className: 'btn', type: 'button', textContent: link.getAttribute('data-close') });
  close.addEventListener('click', function () { line.remove(); });
  line.className = 'note ' + (ring.is_urgent ? 'bad' : 'warn');
  line.setAttribute('role', 'status');
  line.replaceChildren(createElement('a', { className: 'grow', href: '/inbox/' + ring.message_id, textContent: words.replace('{title}', title) }), close);
  if (!line.parentNode) document.body.append(line);
}

/** Ring once for what came, in whichever tab is first. @param {any} ring as the inbox's state says it */
export function ringFor(ring) {
  if (!ring || !hasSound() || ring.message_id <= heardUpTo()) return;
  storeSound(HEARD, String(ring.message_id));
  showRing(ring, play(ring.is_urgent));
}

function showChoice() {
  const choice = hasSound() ? 'on' : 'off';
  document.body.toggleAttribute('data-rings', hasSound());
  if (byId('sound-ask')) byId('sound-ask').hidden = readSound(CHOICE) !== null;
  Array.from(document.querySelectorAll('[data-sound-is]')).forEach(function (/** @type {any} */ element) {
    element.hidden = element.getAttribute('data-sound-is') !== choice;
  });
}

async function choose(choice) {
  if (choice === 'on' || choice === 'off') storeSound(CHOICE, choice);
  showChoice();
  if (choice === 'off') return;
  const made = audio();
  if (made && made.state === 'suspended') await made.resume();
  play(choice === 'try-urgent');
}

/** Show what was chosen on this phone, and hear what is chosen. */
export function wireSound() {
  showChoice();
  document.addEventListener('click', function (event) {
    const button = /** @type {Element} */ (event.target).closest('[data-sound]');
    if (button) choose(button.getAttribute('data-sound'));
  });
  ['pointerdown', 'keydown'].forEach(function (touch) { document.addEventListener(touch, unlock); });
}
