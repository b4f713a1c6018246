/** The page on which a reporter follows an order. */
import './default.js';
import { startLiveUpdates } from '../frame/live_updates.js';
import { wireCopyLink } from '../tracking/copy_link.js';

startLiveUpdates();
wireCopyLink();
