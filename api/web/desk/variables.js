// Variables: {name}, {agent}, {order} and {ticket} of a saved reply, filled in from what is known.

const NAMES = /\{(name|agent|order|ticket)\}/g;

/** What is known of a conversation, by variable. */
export const known = (me, item, packet) => {
  const given = (field) => packet?.given.find((one) => one.field === field && one.value)?.value;
  return { name: given('name') || item.customer?.name, agent: me.display, order: given('order_number'), ticket: item.ticket?.number };
};

/** Fills in what is known; the rest stays for the agent to see. */
export const fill = (text, values) => text.replace(NAMES, (whole, name) => values[name] || whole);

/** The variables that are still to be filled in. */
export const open = (text) => [...new Set(text.match(NAMES) || [])];
