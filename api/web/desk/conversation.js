// The open conversation: who has it, what was said, the packet beside it, and the next words.
import { of } from './api.js';
import { Composer } from './composer.js';
import { button, h } from './dom.js';
import { Follow } from './follow.js';
import { Moves } from './moves.js';
import { Packet } from './packet.js';
import { Shelf } from './shelf.js';
import { Transcript } from './transcript.js';
import { moment, say } from './words.js';
import { holder, title, why } from './why.js';

export class Conversation {
  /** @param {{me: object, settings: object}} session; @param {{tell: Function, changed: Function}} does */
  constructor(api, { me, settings }, drafts, does) {
    Object.assign(this, { api, me, does, events: new Map() });
    this.transcript = new Transcript(() => this.earlier(), (seq) => this.explain(seq));
    this.packet = new Packet();
    this.follow = new Follow(api, (id) => this.refresh(id));
    const outdated = (refused, id) => this.outdated(refused, id);
    this.composer = new Composer(api, me, drafts, { sent: (id) => this.refresh(id), outdated });
    this.shelf = new Shelf(api, { insert: (text) => this.composer.insert(text), attach: (source) => this.composer.attach(source) });
    this.moves = new Moves(api, me, settings, { moved: (item, what) => this.moved(item, what), outdated, refused: (refused) => does.tell(refused.message || say('noAnswer')) });
    this.name = h('h2', { id: 'conversation', tabindex: -1 });
    this.about = h('p', { class: 'about' });
    this.acts = h('div', { class: 'moves', role: 'group', 'aria-label': say('moves') });
    this.told = h('p', { class: 'taken', role: 'status' });
    this.empty = h('p', { class: 'nothing-open' }, say('nothingOpen'));
    this.aside = h('aside', { class: 'beside', tabindex: 0, 'aria-label': say('packet') }, this.packet.node, this.shelf.node);
    this.main = h('section', { class: 'talk', 'aria-labelledby': 'conversation', hidden: true },
      h('div', { class: 'head' }, h('div', {}, this.name, this.about), this.acts), this.told, this.transcript.node, this.composer.node);
    this.aside.hidden = true;
    this.nodes = [this.empty, this.main, this.aside];
  }

  /** Opens one, or none. @returns {Promise<boolean>} whether it is there */
  async open(id) {
    this.id = id;
    this.follow.stop();
    this.item = null;
    this.events.clear();
    this.more = false;
    this.told.textContent = '';
    this.main.hidden = this.aside.hidden = true;
    this.empty.hidden = !!id;
    if (!id) return false;
    this.composer.begin(id);
    this.transcript.begin();
    this.packet.mark = '';
    return this.refresh(id);
  }

  /** Reads it again; while it is being read, what comes meanwhile waits and is read once more. */
  async refresh(id = this.id) {
    if (!id || id !== this.id) return false;
    if (this.reading === id) {
      this.again = true;
      return this.pending;
    }
    this.reading = id;
    this.again = false;
    this.pending = this.read(id).then((found) => {
      if (this.reading !== id) return found;
      this.reading = '';
      return this.again ? this.refresh(id) : found;
    });
    return this.pending;
  }

  /** After the overview: what was open is there again. */
  reveal() {
    this.empty.hidden = !!this.id;
    this.main.hidden = this.aside.hidden = !this.item;
  }

  async read(id) {
    try {
      const whole = await this.api.get(of(id));
      if (id === this.id) this.show(whole);
      return true;
    } catch (refused) {
      if (id !== this.id || refused.status === 401) return false;
      this.does.tell(refused.message || say('noAnswer'));
      if (refused.status === 404) this.open('');
      return false;
    }
  }

  show({ conversation: item, events, earlier, packet }) {
    const first = !this.item;
    this.item = item;
    if (!this.events.size) this.more = earlier;
    for (const event of events) this.events.set(event.seq, event);
    this.main.hidden = this.aside.hidden = false;
    this.name.textContent = title(item);
    this.about.textContent = [holder(item, this.me.name), say(`channels/${item.channel}`), item.ticket?.number, item.snoozed_until && say('snoozedUntil', moment(item.snoozed_until)), why(item.place)].filter(Boolean).join(' · ');
    this.buttons();
    this.transcript.show(this.events, this.more, item.language);
    if (first) this.shelf.begin(item.language);
    this.packet.show(packet, item);
    this.shelf.suggest(packet?.passages || []);
    this.composer.show(item, packet, this.events);
    this.follow.keep(item, this.events);
    this.does.changed(item);
  }

  /** The same button stays where the focus is. */
  buttons() {
    const held = document.activeElement?.dataset.move;
    this.can = new Map(this.moves.possible(this.item));
    const names = [...this.can.keys()].join();
    if (this.acts.dataset.names === names) return;
    this.acts.dataset.names = names;
    this.acts.replaceChildren(...[...this.can.keys()].map((name) => button(say(`acts/${name}`), () => this.act(name), { 'data-move': name, class: name === 'claim' ? 'main' : '' })));
    if (held && !this.can.has(held)) this.name.focus();
    else if (held) this.acts.querySelector(`[data-move="${held}"]`)?.focus();
  }

  act(name) {
    this.can?.get(name)?.();
  }

  /** Takes one, whether it is open or not. @returns {Promise<boolean>} */
  claim(item) {
    return this.moves.claim(item);
  }

  async moved(item, what) {
    this.told.textContent = '';
    if (item.id === this.id) {
      if (this.item) this.item.epoch = item.epoch;
      await this.refresh(item.id);
      if (what === 'claim') this.composer.turn('reply');
    }
    this.does.moved(item, what);
  }

  /** Somebody else was faster: says who, shows how it is now, and keeps what was written. */
  async outdated(refused, id) {
    this.does.tell(refused.message);
    if (id === this.id) {
      this.told.textContent = `${refused.message} ${say('draftKept')}`;
      await this.refresh(id);
    }
    this.does.stale();
  }

  /** Why the bot said it. The view is loaded when somebody asks for it. */
  async explain(seq) {
    const { id, item } = this;
    try {
      const { explain } = await import('/why/view.js');
      await explain(this.api, id, seq, item.language);
    } catch (refused) {
      if (refused.status !== 401) this.does.tell((refused.status && refused.message) || say('noAnswer'));
    }
  }

  async earlier() {
    const before = Math.min(...this.events.keys());
    try {
      const { events, earlier } = await this.api.get(of(this.id, `events?before=${before}`));
      for (const event of events) this.events.set(event.seq, event);
      this.more = earlier;
      const { node } = this.transcript;
      const below = node.scrollHeight - node.scrollTop;
      this.transcript.show(this.events, this.more, this.item.language);
      // What was being read stays where it was.
      node.scrollTop = node.scrollHeight - below;
      node.focus();
    } catch (refused) {
      this.does.tell(refused.message || say('noAnswer'));
    }
  }
}
