/** Where a report without a code begins; a refused report that is to be corrected is led on to its own point. */
import '../frame/connection.js';
import '../frame/text_limits.js';
import { wireLocateButton } from '../report_form/locate_button.js';
import { openMapReport } from '../report_form/open_map_report.js';

wireLocateButton(openMapReport);
if (sessionStorage.reportPoint) {
  const refusedPoint = JSON.parse(sessionStorage.reportPoint);
  sessionStorage.removeItem('reportPoint');
  openMapReport(refusedPoint);
}
