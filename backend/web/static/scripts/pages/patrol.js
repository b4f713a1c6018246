/** A walk, stop by stop: works without network as long as the page stays open. */
import './default.js';
import { wireWechatScans } from '../codes/wechat_scan.js';
import { byId } from '../browser/dom.js';
import { startLiveUpdates } from '../frame/live_updates.js';
import { wireActions } from '../orders/actions.js';
import { restorerOf } from '../orders/form_photos.js';
import { showQueuedActions } from '../outbox/queued_actions.js';
import '../outbox/self_handled.js';
import { followStops } from '../patrols/next_stop.js';
import { wirePlateCameras } from '../patrols/plate_camera.js';

wireActions();
wireWechatScans();
wirePlateCameras();
followStops();
showQueuedActions(restorerOf);
if (byId('live')) startLiveUpdates();
