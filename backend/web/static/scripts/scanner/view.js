/** The scanner's screen: the camera's picture with a frame to aim by, a line that says what happens, and the other ways. */
import { createElement, translate } from '../browser/dom.js';

function button(words, onclick) {
  return createElement('button', { type: 'button', className: 'btn', textContent: words, onclick: onclick });
}

/**
 * Open it over the page. `onPhoto` gets a photo that was taken instead; `onType`: the person would rather type.
 * @param {{ onPhoto: (file: File) => void, onType: () => void }} wired
 */
export function openView(wired) {
  const video = createElement('video', { autoplay: true, muted: true, playsInline: true });
  const line = createElement('p', { className: 'scanner-line', textContent: translate('scan.starting') });
  line.setAttribute('role', 'status');
  line.setAttribute('aria-live', 'polite');
  const torch = button(translate('scan.torch'), null);
  torch.hidden = true;
  const photo = createElement('input', { type: 'file', accept: 'image/*', id: 'scanner-photo' });
  photo.setAttribute('capture', 'environment');
  photo.onchange = function () { if (photo.files.length) wired.onPhoto(photo.files[0]); };
  const photoLabel = createElement('label', { className: 'btn', htmlFor: 'scanner-photo', textContent: translate('scan.photo') });
  const type = button(translate('scan.type'), function () { dialog.close(); });
  const dialog = createElement('dialog', { className: 'scanner' }, [
    createElement('div', { className: 'scanner-picture' }, [video, createElement('div', { className: 'scanner-aim' })]),
    line,
    createElement('div', { className: 'scanner-ways' }, [torch, createElement('div', { className: 'photo-input' }, [photo, photoLabel]), type]),
  ]);
  dialog.setAttribute('aria-label', translate('scan.title'));
  dialog.onclose = function () { dialog.remove(); wired.onType(); };
  document.body.append(dialog);
  dialog.showModal();
  type.focus();

  /** @param {string} name of the text `scan.<name>` @param {boolean} [isBad] */
  function say(name, isBad) {
    const text = translate('scan.' + name);
    if (line.textContent !== text) line.textContent = text;
    dialog.classList.toggle('is-blind', Boolean(isBad));
  }

  /** @param {((isOn: boolean) => Promise<void>) | null} turn */
  function offerTorch(turn) {
    torch.hidden = !turn;
    torch.setAttribute('aria-pressed', 'false');
    torch.onclick = async function () {
      const isOn = torch.getAttribute('aria-pressed') !== 'true';
      try {
        if (turn) await turn(isOn);
        torch.setAttribute('aria-pressed', String(isOn));
      } catch (error) { torch.hidden = true; }
    };
  }

  return {
    video: /** @type {HTMLVideoElement} */ (video), say: say, offerTorch: offerTorch,
    close: function () { dialog.close(); },
    emptyPhoto: function () { photo.value = ''; },
  };
}
