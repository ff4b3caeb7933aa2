// The transcript: everything that was said and done, with what the customer never sees marked as such.
import { button, h, keep, safeUrl } from './dom.js';
import { clock, day, say } from './words.js';

export class Transcript {
  /** @param {() => void} earlier called for what came before; @param {(seq: number) => void} why for the bot's reasons */
  constructor(earlier, why) {
    this.why = why;
    this.list = h('ol', { class: 'events' });
    this.before = button(say('earlier'), earlier, { class: 'more', hidden: true });
    this.node = h('div', { class: 'transcript', role: 'log', tabindex: 0, 'aria-label': say('transcript'), scroll: () => this.scrolled() }, this.before, this.list);
    // The writing below grows with a warning or a suggestion; the last words stay in sight.
    new ResizeObserver(() => this.near && this.down()).observe(this.node);
  }

  /** @param {Map<number, object>} events by their number */
  show(events, earlier, language) {
    const all = [...events.values()].sort((one, other) => one.seq - other.seq);
    // What the app said of a message later is shown at the message.
    const fate = new Map(all.filter(({ about }) => about).map((event) => [event.about, event]));
    let before = '';
    const wanted = all.filter(({ type }) => !/^(un)?delivered$/.test(type)).map((event) => {
      const today = day(event.at);
      const fresh = today === before ? '' : today;
      before = today;
      const lost = fate.get(event.seq);
      return { key: event.seq, mark: `${fresh}${lost?.seq || ''}${event.text.length}`, event, fresh, lost, language, why: this.why };
    });
    keep(this.list, wanted, () => h('li'), draw);
    this.before.hidden = !earlier;
    if (this.near) this.down();
  }

  /** Only whoever scrolls up wants to stay there; a writing field that grows does not. */
  scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.node;
    if (scrollHeight - scrollTop - clientHeight < 90) this.near = true;
    else if (scrollTop < this.top - 2) this.near = false;
    this.top = scrollTop;
  }

  down() {
    this.node.scrollTop = this.node.scrollHeight;
  }

  /** Another conversation: begins at its end, and is not read aloud from the beginning. */
  begin() {
    this.list.replaceChildren();
    this.near = true;
  }
}

const KINDS = { note: 'note', dropped: 'dropped', owner: 'system' };

const draw = (node, { event, fresh, lost, language, why }) => {
  const kind = KINDS[event.type] || event.role;
  const who = event.speaker?.display || say(`roles/${event.role}`);
  const label = { note: say('noteOf', who), dropped: say('dropped', say(`roles/${event.role}`)) }[event.type] || who;
  node.className = `event ${kind}`;
  node.replaceChildren(...[
    fresh && h('div', { class: 'day' }, fresh),
    h('div', { class: 'who' }, label, ' ', h('time', { datetime: event.at }, clock(event.at))),
    event.type === 'owner' && !event.text && h('div', { class: 'bubble' }, moved(event.owner)),
    event.text && h('div', { class: 'bubble', lang: kind === 'note' ? undefined : language }, event.text),
    (event.sources || []).length > 0 && h('ul', { class: 'sources', 'aria-label': say('sources') }, event.sources.map(source)),
    (event.buttons || []).length > 0 && h('div', { class: 'offered' }, event.buttons.map(({ title, text }) => h('span', {}, title || text))),
    event.role === 'bot' && event.text && button(say('whyThis'), () => why(event.seq), { class: 'why-this', 'aria-haspopup': 'dialog' }),
    event.ticket?.number && h('div', { class: 'offered' }, h('span', {}, `${say('ticket')} ${event.ticket.number}`)),
    lost?.type === 'undelivered' && h('div', { class: 'lost' }, say('undelivered', lost.reason || lost.text || '')),
    lost?.type === 'delivered' && h('div', { class: 'arrived' }, say('delivered')),
  ].filter(Boolean));
};

const moved = (owner) => {
  if (owner?.to === 'agent') return say('movedTo', owner.agent?.display || '');
  return say(`moved/${owner?.to || 'queue'}`);
};

const source = ({ title, permalink, url }) => {
  const href = safeUrl(url);
  return h('li', {}, href ? h('a', { href, target: '_blank', rel: 'noopener' }, title || permalink) : title || permalink);
};
