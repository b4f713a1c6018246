/** A walk, stop by stop: works without network, from what the phone keeps where the page was closed. */
import './default.js';
import { wireScanButtons } from '../codes/scan_buttons.js';
import { byId } from '../browser/dom.js';
import { startLiveUpdates } from '../frame/live_updates.js';
import { wireActions } from '../orders/actions.js';
import { restorerOf } from '../orders/form_photos.js';
import { showQueuedActions } from '../outbox/queued_actions.js';
import '../outbox/self_handled.js';
import { keepWalk, showKeptWalk } from '../patrols/kept_walk.js';
import { followStops } from '../patrols/next_stop.js';
import { keepAwake } from '../patrols/wake_lock.js';

if (byId('kept-walk')) showKeptWalk(); else keepWalk();
wireActions();
wireScanButtons();
followStops();
keepAwake();
showQueuedActions(restorerOf);
if (byId('live')) startLiveUpdates();
document.addEventListener('refreshed', keepWalk);
