/** The page of a code for inspectors: the report form, the check of the plate; the place is remembered for their own pages. */
import { byId } from '../browser/dom.js';
import { wirePlateCheck } from '../codes/plate_check.js';
import '../frame/leaving.js';
import { rememberPlace } from '../inspectors/last_place.js';
import '../outbox/self_handled.js';
import '../report_form/code_report.js';
import { takeShared } from '../report_form/shared_photos.js';

const scanned = byId('report').dataset;
rememberPlace({ value: 'code:' + scanned.code, label: scanned.place, code: scanned.code });
wirePlateCheck(scanned.code);
takeShared(byId('report'), 'photo-album');
