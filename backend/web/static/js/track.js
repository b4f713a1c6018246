/** The tracking page and the quiet pages: live where there is something to follow, and the outbox in every case. */
import { byId } from './dom.js';
import { live } from './live.js';
import { copyLink } from './copy.js';
import './leaving.js';
import './net.js';
import './worker.js';

if (byId('live')) live();
copyLink();
