/** The page of one plate: where the phone is, once its button is pressed, and which doors are near. */
import { make, speak } from './dom.js';
import './leaving.js';
import './net.js';
import { fixOf, locate } from './position.js';
import { send } from './wire.js';

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

function showFound(form, doors, nothing) {
  offer(form, doors);
  form.querySelector('.says').hidden = doors.length > 0;
  form.querySelector('.says').textContent = nothing;
}

async function lookUp(form, typed) {
  const answer = await fetch('/codes/doors?q=' + encodeURIComponent(typed), { credentials: 'same-origin' });
  showFound(form, answer.ok ? await answer.json() : [], speak('qr.found_none'));
}

/** Doors around the phone. The position goes in a body, and with the form to the plate's history. */
async function findNear(form) {
  const says = form.querySelector('.says');
  says.hidden = false;
  says.textContent = speak('qr.locating');
  try {
    const fix = fixOf(await locate(15000));
    Object.keys(fix).forEach(function (name) { form.elements[name].value = fix[name]; });
    const reply = await send('POST', '/codes/near', JSON.stringify(fix), { 'Content-Type': 'application/json' });
    showFound(form, reply.ok ? reply.body : [], speak('qr.none'));
  } catch (error) { says.textContent = speak('qr.denied'); }
}

document.querySelectorAll('form.doors').forEach(function (/** @type {any} */ form) {
  form.querySelector('.search').onclick = function () {
    const typed = form.querySelector('.words').value.trim();
    if (typed) lookUp(form, typed);
  };
  const near = form.querySelector('.near');
  near.onclick = function () { findNear(form); };
  near.disabled = false;
});
