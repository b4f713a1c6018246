/** The page of one plate: where the phone is, and which doors are near, so that binding takes two taps. */
import { make, speak } from './dom.js';
import './net.js';

const HOW = { enableHighAccuracy: true, timeout: 10000, maximumAge: 15000 };

function offer(form, doors) {
  const box = form.querySelector('.choices');
  box.textContent = '';
  doors.forEach(function (door, index) {
    const radio = make('input', { type: 'radio', name: 'place_id', value: String(door.id), required: true, checked: index === 0 && !door.has_code });
    const facts = [door.label];
    if (door.distance_m !== undefined) facts.push(speak('qr.near', { m: door.distance_m }));
    if (door.has_code) facts.push(speak('qr.has_code'));
    box.append(make('label', { className: 'chip' }, [radio, make('span', { textContent: facts.join(' · ') })]));
  });
}

async function lookUp(form, url, nothing) {
  const says = form.querySelector('.says');
  const answer = await fetch(url, { credentials: 'same-origin' });
  const doors = answer.ok ? await answer.json() : [];
  offer(form, doors);
  says.hidden = doors.length > 0;
  says.textContent = nothing;
}

function locate(form) {
  const says = form.querySelector('.says');
  function denied() { says.hidden = false; says.textContent = speak('qr.denied'); }
  if (!navigator.geolocation) { denied(); return; }
  navigator.geolocation.getCurrentPosition(function (found) {
    const here = found.coords;
    form.elements.lng.value = here.longitude;
    form.elements.lat.value = here.latitude;
    form.elements.accuracy_m.value = here.accuracy;
    lookUp(form, '/codes/near?lng=' + here.longitude + '&lat=' + here.latitude, speak('qr.none')).catch(denied);
  }, denied, HOW);
}

document.querySelectorAll('form.doors').forEach(function (/** @type {any} */ form) {
  form.querySelector('.search').onclick = function () {
    const typed = form.querySelector('.words').value.trim();
    if (typed) lookUp(form, '/codes/doors?q=' + encodeURIComponent(typed), speak('qr.found_none'));
  };
  const folded = form.closest('details.rebind');
  if (folded) folded.addEventListener('toggle', function () { if (folded.open) locate(form); });
  else locate(form);
});
