// Why: the reasons of the queue's order, and what a conversation is about, in words.
import { moment, number, say, share, since, span } from './words.js';

const VALUES = {
  risk: (value) => say(`signals/${value}`),
  frustration: (value) => say('whyFrustration', share(value)),
  waiting: (value) => say('whyWaiting', span(value)),
  promise: (value) => (value < 0 ? say('whyBroken', span(-value)) : say('whyPromise', span(value))),
  ticket: () => say('whyTicket'),
};

/** The reasons for a place in the queue, the strongest first, with their points. */
export const why = (place) =>
  (place?.why || []).map(({ name, value, points }) => `${VALUES[name]?.(value) ?? say(`signals/${name}`)} ${number(points)}`).join(' · ');

/** The same for what stands in no queue: how things are. */
export const state = (item) => {
  const told = [];
  if (item.snoozed_until) told.push(say('snoozedUntil', moment(item.snoozed_until)));
  if (item.owner === 'closed') told.push(say(`outcomes/${item.outcome || 'none'}`));
  else if (item.waiting_since) told.push(say('whyWaiting', span(since(item.waiting_since))));
  told.push(...item.risks.map((risk) => say(`signals/${risk}`)));
  if (item.frustration >= 0.5) told.push(say('whyFrustration', share(item.frustration)));
  return told.join(' · ');
};

/** Who has it, as an agent says it. */
export const holder = (item, me) => {
  if (item.owner !== 'agent') return say(`owners/${item.owner}`);
  return item.agent?.name === me ? say('withYou') : say('withAgent', item.agent?.display || '');
};

export const title = ({ customer, ticket, id }) => customer?.name || customer?.email || customer?.phone || ticket?.number || say('customerNumber', id.slice(0, 4));
