/** An inspector checks whether a plate hangs where it should: one press sends one position, of which the distance is stored. */
import { byId, texts, translate } from '../browser/dom.js';
import { locate, toFix } from '../browser/geolocation.js';
import { postJson } from '../browser/http.js';

/** Wire the button that checks the plate of this code. @param {string} code */
export function wirePlateCheck(code) {
  const button = byId('check-plate');
  const line = byId('plate-check-result');
  button.disabled = false;
  button.onclick = async function () {
    line.hidden = false;
    line.textContent = translate('plate.locating');
    try {
      const reply = await postJson('/api/v1/codes/' + code + '/scans', toFix(await locate(30000)));
      line.textContent = reply.ok ? texts['plate.' + reply.body.grade] : reply.body.detail || translate('plate.failed');
    } catch (error) { line.textContent = translate('plate.no_position'); }
  };
}
