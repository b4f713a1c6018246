/** The page of a code for staff who close nothing themselves: the report form, and signing out. */
import { byId } from '../browser/dom.js';
import '../frame/leaving.js';
import '../report_form/code_report.js';
import { takeShared } from '../report_form/shared_photos.js';
takeShared(byId('report'), 'photo-album');
