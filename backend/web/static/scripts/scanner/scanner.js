/** Point the camera at a plate: reads codes of ours, says what it sees, and is gone when it has read one. Fetched on the first press. */
import { closeCamera, torchOf, openRearCamera, troubleOf } from './camera.js';
import { frameOf, framesOfPhoto } from './frames.js';
import { ownCode } from './own_code.js';
import { createReader } from './reader.js';
import { openView } from './view.js';

/** No more tries than a hand moves, for the battery's sake. */
const APART_MS = 70;
/** After so long without a code it is said what helps. */
const FRUITLESS_MS = 7000;
const BUZZ_MS = 80;

function pause(milliseconds) {
  return new Promise(function (resolve) { setTimeout(resolve, Math.max(0, milliseconds)); });
}

/** @param {(code: string | null) => void} done once, with the code, or null where the person closed it */
function openScanner(done) {
  const reader = createReader();
  /** @type {MediaStream | null} */
  let stream = null;
  let round = 0;
  let found = '';
  const view = openView({ onPhoto: readPhoto, onType: end });

  function stop() {
    round += 1;
    closeCamera(stream);
    stream = null;
  }

  function end() {
    stop();
    document.removeEventListener('visibilitychange', followSight);
    reader.close();
    done(found || null);
  }

  /** Whether it was one of ours; then all is done. @param {string[]} texts */
  function take(texts) {
    found = texts.map(ownCode).find(Boolean) || '';
    if (found) {
      if (navigator.vibrate) navigator.vibrate(BUZZ_MS);
      view.close();
    } else if (texts.length) view.say('foreign');
    return Boolean(found);
  }

  /** @param {any} error of the reader */
  function sayUnread(error) {
    view.say(error.message === 'cannot_run' ? 'cannot_run' : 'no_decoder', true);
  }

  async function watch() {
    const own = round;
    const since = Date.now();
    for (let turn = 0; own === round; turn += 1) {
      const began = Date.now();
      const texts = view.video.videoWidth ? await reader.read(frameOf(view.video, turn)) : [];
      if (own !== round || take(texts)) return;
      if (!texts.length && Date.now() - since > FRUITLESS_MS) view.say('fruitless');
      await pause(APART_MS - (Date.now() - began));
    }
  }

  async function start() {
    const own = round += 1;
    let trouble = '';
    try {
      const opened = await openRearCamera();
      if (own !== round) { closeCamera(opened); return; }
      stream = opened;
      view.video.srcObject = opened;
      view.offerTorch(torchOf(opened));
    } catch (error) { trouble = troubleOf(error); }
    if (trouble) { view.say(trouble, true); return; }
    view.say('loading');
    try {
      await reader.ready;
      if (own !== round) return;
      view.say('aim');
      await watch();
    } catch (error) {
      if (own === round) sayUnread(error);
    }
  }

  /** Without the camera's moving picture: refused, busy, or a page that is not https. @param {File} file */
  async function readPhoto(file) {
    view.say('looking', !stream);
    try {
      for (const picture of await framesOfPhoto(file)) {
        if (take(await reader.read(picture))) return;
      }
      view.say('photo_none', !stream);
    } catch (error) { sayUnread(error); }
    view.emptyPhoto();
  }

  /** A page out of sight leaves the camera to others. */
  function followSight() {
    if (document.hidden) stop(); else start();
  }

  document.addEventListener('visibilitychange', followSight);
  start();
}

window.yimaScanPlate = function () {
  return new Promise(openScanner);
};
