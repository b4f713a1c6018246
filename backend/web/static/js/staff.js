/** The pages of those who work here: live lists, clocks, actions. */
import { byId } from './dom.js';
import { live } from './live.js';
import { countdown } from './countdown.js';
import { act } from './act.js';
import { showKept } from './kept.js';
import { refillOf } from './refill.js';
import './afterwards.js';
import { standing } from './standing.js';
import './leaving.js';
import './net.js';
import './worker.js';

countdown();
act();
showKept(refillOf);
standing();
if (byId('live')) live();
