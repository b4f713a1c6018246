/** Where a report lies that was not begun at a plate: the server finds places by a plate's photo, a position or words; without network the phone takes its own position, or a code. */
import { byId, createElement, translate } from '../browser/dom.js';
import { locate, toFix } from '../browser/geolocation.js';
import { keepScanner, presenceOf, scanPlate } from '../codes/scan_plate.js';
import { downscale } from '../photos/downscale.js';
import { forgetPlace, lastPlace, rememberPlace } from './last_place.js';

const TYPED_CODE = /^[0-9a-z]{4}-?[0-9a-z]{4}-?[0-9a-z]{4}$/i;

function showPlaceMessage(text) {
  byId('place-message').textContent = text;
  byId('place-message').hidden = !text;
}

/** @param {HTMLInputElement} radio @returns {ChosenPlace} */
function placeOf(radio) {
  const said = radio.dataset;
  const how = said.accuracy ? { accuracy_m: Number(said.accuracy) } : /^spot:/.test(radio.value) ? {} : { source: 'manual' };
  return {
    value: radio.value, label: said.label || '', code: said.code,
    point: said.lng ? Object.assign({ lng: Number(said.lng), lat: Number(said.lat) }, how) : undefined,
  };
}

/** Offer a place that the phone knows by itself, chosen already. @param {ChosenPlace} place */
function addPlace(place) {
  const radio = createElement('input', { type: 'radio', name: 'where', value: place.value, checked: true });
  const facts = Object.assign({ label: place.label, code: place.code }, place.point && { lng: place.point.lng, lat: place.point.lat, accuracy: place.point.accuracy_m });
  Object.keys(facts).forEach(function (name) { if (facts[name] !== undefined) radio.setAttribute('data-' + name, facts[name]); });
  byId('place-list').textContent = '';
  byId('place-list').append(createElement('label', { className: 'chip' }, [radio, createElement('span', { textContent: place.label })]));
  byId('place-ways').open = false;
}

/** Ask the server for places to choose from. False without an answer. @param {string} url @param {Record<string, any>} values */
async function lookUp(url, values) {
  const body = new FormData();
  Object.keys(values).forEach(function (name) {
    if (values[name] instanceof Blob) body.append(name, values[name], 'plate.jpg'); else body.append(name, values[name]);
  });
  showPlaceMessage(translate('where.looking'));
  try {
    const reply = await fetch(url, { method: 'POST', body: body, credentials: 'same-origin', headers: { Accept: 'text/html' } });
    const found = new DOMParser().parseFromString(await reply.text(), 'text/html').getElementById('place-options');
    if (!found) return false;
    byId('place-options').replaceWith(document.importNode(found, true));
    showPlaceMessage('');
    byId('place-ways').open = !found.querySelector('input[type=radio]');
    return true;
  } catch (error) { return false; }
}

/** Wire the choice of a form. Returns what is chosen, and how to choose. @param {any} form */
export function wirePlaceChoice(form) {
  const url = byId('place-search').getAttribute('formaction');

  /** @returns {ChosenPlace | null} */
  function current() {
    const radio = form.querySelector('input[name=where]:checked');
    return radio ? placeOf(radio) : null;
  }

  function remember() {
    const place = current();
    if (place) rememberPlace(place);
  }

  async function readPlate(input) {
    const photo = await downscale(input.files[0]);
    input.value = '';
    const isRead = await lookUp(url, { plate: new Blob([/** @type {ArrayBuffer} */ (photo.bytes)], { type: photo.type }) });
    if (!isRead) showPlaceMessage(translate('where.plate_offline'));
  }

  /** @param {string} typed a code, its address, or words */
  async function search(typed) {
    if (!typed || await lookUp(url, { place_words: typed })) return;
    if (!TYPED_CODE.test(typed)) { showPlaceMessage(translate('where.words_offline')); return; }
    const code = typed.replace(/-/g, '').toUpperCase();
    addPlace({ value: 'code:' + code, label: code.replace(/(.{4})(?=.)/g, '$1-'), code: code });
    showPlaceMessage('');
  }

  async function searchTyped() {
    await search(byId('place-words').value.trim());
    remember();
  }

  /** A code that was scanned is looked up as one that was typed, with what proves that it was scanned now. */
  async function scan() {
    try {
      const text = await scanPlate();
      if (text === null) return;
      showPlaceMessage(translate('scan.read', { code: text }));
      const nonce = await presenceOf(text);
      await search(text);
      form.elements.nonce.value = nonce;
      remember();
    } catch (error) { showPlaceMessage(translate('scan.none')); }
  }

  async function takePosition() {
    showPlaceMessage(translate('where.locating'));
    try {
      const fix = toFix(await locate(10000));
      if (await lookUp(url, fix)) return;
      const metres = Math.round(fix.accuracy_m);
      addPlace({ value: 'spot:' + [fix.lng.toFixed(6), fix.lat.toFixed(6), metres], label: translate('where.spot', { m: metres }), point: fix });
      showPlaceMessage('');
    } catch (error) { showPlaceMessage(translate('where.no_position')); }
  }

  byId('plate').onchange = function (event) { if (event.target.files.length) readPlate(event.target).then(remember); };
  byId('place-search').onclick = function (event) { event.preventDefault(); searchTyped(); };
  byId('place-words').onkeydown = function (event) { if (event.key === 'Enter') { event.preventDefault(); searchTyped(); } };
  byId('place-scan').onclick = scan;
  keepScanner();
  byId('place-locate').onclick = function () { takePosition().then(remember); };
  byId('place-locate').disabled = false;
  byId('place-choice').addEventListener('change', function (event) { if (event.target.name === 'where') remember(); });
  const last = lastPlace();
  if (!current() && last) addPlace(last); else remember();
  return {
    current: current, choose: addPlace, remember: remember,
    /** Of the scanned page, if the place is still its. */
    nonce: function () { return form.elements.nonce.value; },
    forget: function () { forgetPlace(); byId('place-list').textContent = ''; byId('place-ways').open = true; },
    ask: function () { byId('place-ways').open = true; byId('place-choice').scrollIntoView(); },
  };
}
