/** Where position and code fail: the form of the appeal is laid open, and goes with whatever position there is. */
import { byId } from './dom.js';

/** Show the appeal to whoever was just refused, with the refusal still in sight. */
export function offerAppeal() {
  const box = byId('appeal');
  if (!box) return;
  box.open = true;
  box.scrollIntoView({ block: 'center' });
}

/** Whether this refusal of a check-in may be appealed against. */
export function isAppealable(reply) {
  return reply.body.code === 'too-far-away' || reply.body.code === 'fix-too-vague';
}

/** What an appeal's form says, as the API reads it: reason and photos together. What is none stays as it is. */
export function asAppeal(said) {
  if (!said.appeal_reason) return said;
  return {
    appeal: { reason: said.appeal_reason, photo_ids: said.photo_ids || [] }, point: said.point, captured_at: said.captured_at,
  };
}
