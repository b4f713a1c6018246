/** The page of one plate: the places near the phone, once the button is pressed, or found by address. */
import { createElement, translate } from '../browser/dom.js';
import { locate, toFix } from '../browser/geolocation.js';
import { sendRequest } from '../browser/http.js';
import { wireScanButtons } from '../codes/scan_buttons.js';
import '../frame/connection.js';
import '../frame/leaving.js';
import '../frame/text_limits.js';
import '../outbox/self_handled.js';

function showChoices(form, places) {
  const box = form.querySelector('.choices');
  box.textContent = '';
  places.forEach(function (place, index) {
    const radio = createElement('input', { type: 'radio', name: 'place_id', value: String(place.id), required: true, checked: index === 0 && !place.has_code });
    const facts = [place.label];
    if (place.distance_m !== undefined) facts.push(translate('qr.near', { m: place.distance_m }));
    if (place.has_code) facts.push(translate('qr.has_code'));
    box.append(createElement('label', { className: 'chip' }, [radio, createElement('span', { textContent: facts.join(' · ') })]));
  });
}

/** @param {any} form @param {any[]} places @param {string} emptyText shown where there are none */
function showFound(form, places, emptyText) {
  showChoices(form, places);
  form.querySelector('.form-message').hidden = places.length > 0;
  form.querySelector('.form-message').textContent = emptyText;
}

async function searchPlaces(form, query) {
  const reply = await sendRequest('GET', '/codes/doors?q=' + encodeURIComponent(query));
  showFound(form, reply.ok ? reply.body : [], translate(reply.ok ? 'qr.found_none' : 'qr.failed'));
}

/** Places near the phone. The position goes in a body, and with the form to the plate's history. */
async function findNear(form) {
  const message = form.querySelector('.form-message');
  message.hidden = false;
  message.textContent = translate('qr.locating');
  try {
    const fix = toFix(await locate(15000));
    Object.keys(fix).forEach(function (name) { form.elements[name].value = fix[name]; });
    const reply = await sendRequest('POST', '/codes/near', JSON.stringify(fix), { 'Content-Type': 'application/json' });
    showFound(form, reply.ok ? reply.body : [], translate(reply.ok ? 'qr.none' : 'qr.failed'));
  } catch (error) { message.textContent = translate('qr.denied'); }
}

document.querySelectorAll('form.place-form').forEach(function (/** @type {any} */ form) {
  form.querySelector('.search').onclick = function () {
    const query = form.querySelector('.query').value.trim();
    if (query) searchPlaces(form, query);
  };
  const near = form.querySelector('.near');
  near.onclick = function () { findNear(form); };
  near.disabled = false;
});

wireScanButtons();
