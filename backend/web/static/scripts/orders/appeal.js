/** Where position and code fail: the form of the appeal is opened, and goes with whatever position there is. */
import { byId } from '../browser/dom.js';

/** Show the appeal to whoever was just refused, with the refusal still in sight. */
export function offerAppeal() {
  const box = byId('appeal');
  if (!box) return;
  box.open = true;
  box.scrollIntoView({ block: 'center' });
}

/** Whether this refusal of a check-in may be appealed against. @param {Reply} reply */
export function isAppealable(reply) {
  return reply.body.code === 'too-far-away' || reply.body.code === 'fix-too-vague';
}

/** The body of an appeal as the API reads it: reason and photos together. Any other body stays as it is. */
export function appealBody(body) {
  if (!body.appeal_reason) return body;
  return {
    appeal: { reason: body.appeal_reason, photo_ids: body.photo_ids || [] }, point: body.point, captured_at: body.captured_at,
  };
}
