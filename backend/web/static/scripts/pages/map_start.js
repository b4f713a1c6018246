/** Where a report without a code begins; a refused report that is to be corrected is led on to its own point, a draft is offered. */
import { byId } from '../browser/dom.js';
import '../frame/connection.js';
import '../frame/text_limits.js';
import { removeItem } from '../outbox/outbox.js';
import { listDrafts } from '../report_form/draft.js';
import { wireLocateButton } from '../report_form/locate_button.js';
import { openMapReport } from '../report_form/open_map_report.js';

/** The latest report by map that was begun on this phone and not sent. */
async function offerDraft() {
  const draft = (await listDrafts()).filter(function (item) { return item.pin; }).pop();
  byId('restored').hidden = !draft;
  if (!draft) return;
  byId('go-on').onclick = function () { openMapReport(draft.point); };
  byId('discard').onclick = async function () {
    await removeItem(draft.id);
    offerDraft();
  };
}

/** A pin on the map leads on by a button: a tap that was meant to move the map opens no form. */
function wirePicker() {
  /** @type {any} */
  let picked = null;
  byId('live-map').addEventListener('picked', function (event) {
    picked = event.detail;
    byId('picked').hidden = false;
    byId('report-there').disabled = false;
  });
  byId('report-there').onclick = function () { openMapReport(picked); };
}

wireLocateButton(openMapReport);
wirePicker();
offerDraft();
if (sessionStorage.reportPoint) {
  const refusedPoint = JSON.parse(sessionStorage.reportPoint);
  sessionStorage.removeItem('reportPoint');
  openMapReport(refusedPoint);
}
