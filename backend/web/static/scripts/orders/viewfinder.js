/** The camera within the page, with the earlier photo over it as a guide. Where it is not to be had, the phone's own camera. */
import { byId, createElement, translate } from '../browser/dom.js';
import { captureTimeBlock } from '../photos/capture_time.js';
import { insertExif } from '../photos/exif.js';

const SHOT_QUALITY = 0.92;
/** Who said no is not asked again on this page: the phone's own camera opens at once. */
let isCameraRefused = false;

/** Whether a guide can be laid over the camera here. Inside WeChat the camera belongs to WeChat. */
function canShowGuide() {
  return !isCameraRefused && window.isSecureContext && !document.body.hasAttribute('data-wechat')
    && navigator.mediaDevices && 'getUserMedia' in navigator.mediaDevices && 'HTMLDialogElement' in window && 'DataTransfer' in window;
}

function startCamera() {
  const video = { facingMode: 'environment', width: { ideal: 1920 }, height: { ideal: 1440 } };
  return navigator.mediaDevices.getUserMedia({ audio: false, video: video });
}

/** What the camera shows, as the file of a photo taken now. @returns {Promise<File>} */
async function takeShot(video) {
  const canvas = document.createElement('canvas');
  canvas.width = video.videoWidth;
  canvas.height = video.videoHeight;
  /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).drawImage(video, 0, 0);
  const blob = await new Promise(function (resolve) { canvas.toBlob(resolve, 'image/jpeg', SHOT_QUALITY); });
  const bytes = await new Response(blob).arrayBuffer();
  return new File([insertExif(bytes, captureTimeBlock(new Date()))], 'photo.jpg', { type: 'image/jpeg' });
}

/** As if it had been chosen in this field. @param {string} inputId @param {File} file */
function putInto(inputId, file) {
  const input = byId(inputId);
  const transfer = new DataTransfer();
  transfer.items.add(file);
  input.files = transfer.files;
  input.dispatchEvent(new Event('change'));
}

/** The dialog of a running camera. @param {MediaStream} stream @param {string} guide @param {string} inputId */
function showViewfinder(stream, guide, inputId) {
  const video = createElement('video', { autoplay: true, muted: true, playsInline: true, srcObject: stream });
  const picture = createElement('img', { src: guide, alt: '', className: 'guide' });
  const strength = createElement('input', { type: 'range', min: '0', max: '90', value: '40' });
  const shutter = createElement('button', { type: 'button', className: 'btn main', disabled: true, textContent: translate('camera.take') });
  const other = createElement('button', { type: 'button', className: 'btn', textContent: translate('camera.other') });
  const close = createElement('button', { type: 'button', className: 'btn', textContent: translate('camera.close') });
  const dialog = createElement('dialog', { className: 'viewfinder' }, [
    createElement('div', { className: 'finder' }, [video, picture]),
    createElement('label', {}, [createElement('span', { textContent: translate('camera.guide') }), strength]),
    shutter, createElement('p', { className: 'row' }, [other, close]),
  ]);
  dialog.setAttribute('aria-label', translate('camera.title'));
  function end() { dialog.close(); }
  function openPhoneCamera() { end(); byId(inputId).click(); }
  function dim() { picture.style.opacity = String(Number(strength.value) / 100); }
  dialog.onclose = function () {
    stream.getTracks().forEach(function (track) { track.stop(); });
    document.removeEventListener('visibilitychange', end);
    dialog.remove();
  };
  strength.oninput = dim;
  video.onloadeddata = function () { shutter.disabled = false; };
  shutter.onclick = async function () {
    shutter.disabled = true;
    try {
      const file = await takeShot(video);
      end();
      putInto(inputId, file);
    } catch (error) { openPhoneCamera(); }
  };
  other.onclick = openPhoneCamera;
  close.onclick = end;
  document.addEventListener('visibilitychange', end);
  document.body.append(dialog);
  dim();
  dialog.showModal();
}

/**
 * Take a photo for this field. Only now, after the press, is the camera asked for, and only where there is a guide to show.
 * Where it is refused, the phone's own camera opens. Returns whether the press has to be repeated for that.
 * @param {string} inputId @param {string} guide address of the earlier photo, empty where there is none
 */
export async function openCamera(inputId, guide) {
  if (!guide || !canShowGuide()) { byId(inputId).click(); return false; }
  try {
    showViewfinder(await startCamera(), guide, inputId);
    return false;
  } catch (error) {
    isCameraRefused = true;
    byId(inputId).click();
    return Boolean(navigator.userActivation && !navigator.userActivation.isActive);
  }
}
