/** Order, lists of orders, messages and place history: live, with countdowns and actions. */
import './default.js';
import { byId } from '../browser/dom.js';
import { wireScanButtons } from '../codes/scan_buttons.js';
import { keepFieldsClear } from '../frame/clear_of_bar.js';
import { startCountdowns } from '../frame/countdowns.js';
import { startLiveUpdates } from '../frame/live_updates.js';
import { startUnread } from '../frame/unread.js';
import { wireActions } from '../orders/actions.js';
import { wireDistance } from '../orders/distance.js';
import { restorerOf } from '../orders/form_photos.js';
import { startPositionReporter } from '../orders/position_reporter.js';
import { showQueuedActions } from '../outbox/queued_actions.js';
import '../outbox/self_handled.js';

startCountdowns();
startUnread();
wireActions();
wireDistance();
keepFieldsClear();
wireScanButtons();
showQueuedActions(restorerOf);
startPositionReporter();
if (byId('live')) startLiveUpdates();
