/** An inspector checks whether a plate hangs where it should: one press tells one position, of which the distance is kept. */
import { byId, speak, words } from './dom.js';
import { fixOf, locate } from './position.js';
import { postJson } from './wire.js';

/** Wire the button that checks the plate of this code. */
export function checkPlate(code) {
  const button = byId('check-plate');
  const line = byId('plate-checked');
  button.disabled = false;
  button.onclick = async function () {
    line.hidden = false;
    line.textContent = speak('plate.locating');
    try {
      const reply = await postJson('/api/v1/codes/' + code + '/scans', fixOf(await locate(30000)));
      line.textContent = reply.ok ? words['plate.' + reply.body.grade] : reply.body.detail || speak('plate.no_position');
    } catch (error) { line.textContent = speak('plate.no_position'); }
  };
}
