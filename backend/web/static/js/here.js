/** Where a report without a plate begins: the phone's position, asked for only when its button is pressed. */
import { byId, speak } from './dom.js';
import { locate } from './position.js';
import './net.js';

function sayHere(text) {
  byId('say').textContent = text;
  byId('say').hidden = !text;
}

/** Wire the button; `go` is given the position. A page that is put anew in place is wired again. */
export function askWhere(go) {
  byId('locate').disabled = false;
  byId('locate').onclick = async function () {
    sayHere(speak('here.locating'));
    try {
      const found = await locate(30000);
      sayHere('');
      go({ lng: found.coords.longitude, lat: found.coords.latitude, about: Math.ceil(found.coords.accuracy) });
    } catch (error) { sayHere(speak('here.no_position')); }
  };
}
