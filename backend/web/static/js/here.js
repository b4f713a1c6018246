/** Where a report without a plate begins: the phone's position, asked for only when its button is pressed. */
import { byId, speak } from './dom.js';
import './net.js';

const HOW_TO_LOCATE = { enableHighAccuracy: true, timeout: 10000, maximumAge: 30000 };

function sayHere(text) {
  byId('say').textContent = text;
  byId('say').hidden = !text;
}

function goThere(fix) {
  location.assign('/here?lng=' + fix.coords.longitude.toFixed(6) + '&lat=' + fix.coords.latitude.toFixed(6) + '&about=' + Math.ceil(fix.coords.accuracy));
}

byId('locate').onclick = function () {
  if (!navigator.geolocation) { sayHere(speak('here.no_position')); return; }
  sayHere(speak('here.locating'));
  navigator.geolocation.getCurrentPosition(goThere, function () { sayHere(speak('here.no_position')); }, HOW_TO_LOCATE);
};
