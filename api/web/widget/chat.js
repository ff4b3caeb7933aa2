const script = document.currentScript || [...document.scripts].find(({ src }) => /\/widget\.js\b/.test(src));
const origin = new URL(script?.src || location.href).origin;
const sheet = new CSSStyleSheet();
sheet.replaceSync(CSS);

/** The element on the page: what opens and closes, is typed, sent, heard and counted. */
class FrontdoorChat extends Rows {
  static observedAttributes = ['open'];

  connectedCallback() {
    const root = this.shadowRoot || this.attachShadow({ mode: 'open' });
    const locale = this.getAttribute('locale') || this.closest('[lang]')?.lang || navigator.language;
    const code = locale.slice(0, 2).toLowerCase();
    this.code = Object.hasOwn(WORDS, code) ? code : 'en';
    this.words = WORDS[this.code];
    this.base = new URL(this.getAttribute('base') || origin, location.href).href.replace(/\/+$/, '');
    this.rows = [];
    root.adoptedStyleSheets = [sheet];
    root.replaceChildren(this.shell());

    this.line = new Line(this.base, this.code, this);
    const { outbox, seen, id } = this.line.memory.read();
    this.place({ seq: -1, role: 'bot', text: this.words.hello(this.getAttribute('name') || '') });
    for (const letter of outbox) this.write(letter);
    // What was read before a reload is not read aloud again.
    this.replayed = id ? seen : 0;
    this.log.ariaLive = this.replayed ? 'off' : 'polite';

    this.ears = new AbortController();
    const on = (target, type, act) => target.addEventListener(type, act, { signal: this.ears.signal });
    on(window, 'online', () => {
      this.line.found();
      this.line.start();
    });
    on(window, 'offline', () => this.line.lose());
    on(window, 'storage', () => {
      this.line.adopt();
      this.count();
    });
    on(document, 'visibilitychange', () => this.rest());
    try {
      const was = sessionStorage.getItem(this.line.memory.key);
      if (was !== null) this.open = was;
    } catch {
      // No storage: each page starts as written.
    }
    this.reveal();
    this.line.start();
  }

  disconnectedCallback() {
    this.line.stop();
    this.ears.abort();
  }

  attributeChangedCallback() {
    if (!this.line) return;
    this.reveal();
    try {
      sessionStorage.setItem(this.line.memory.key, this.open ? 'open' : '');
    } catch {
      // The same.
    }
  }

  get open() {
    return this.hasAttribute('open');
  }

  set open(on) {
    this.toggleAttribute('open', on);
  }

  /** Opens the chat and moves the focus in. @param {string} [draft] a question to begin with */
  show(draft) {
    this.open = true;
    if (draft) this.field.value = draft;
    this.measure();
    this.field.focus();
  }

  hide() {
    this.open = false;
    this.launcher.focus();
  }

  shell() {
    const { words } = this;
    const name = this.getAttribute('name') || words.title;
    this.log = h('div', { class: 'log', role: 'log', 'aria-label': words.log, tabindex: 0 });
    this.status = h('div', { class: 'typing', role: 'status' });
    this.alarm = h('div', { class: 'lost', role: 'status' });
    this.counter = h('div', { class: 'count', id: 'count' });
    this.waits = h('div', { class: 'place', role: 'status' });
    this.sub = h('p', {}, words.sub);
    this.field = h('textarea', {
      rows: 1, 'aria-label': words.field, 'aria-describedby': 'count', placeholder: words.field, enterkeyhint: 'send',
      input: () => this.measure(), keydown: (event) => this.key(event),
    });
    this.badge = h('span', { class: 'badge', 'aria-hidden': true });
    this.panel = h('section', { class: 'panel', role: 'dialog', 'aria-labelledby': 'title' },
      h('div', { class: 'head' }, h('div', {}, h('h2', { id: 'title' }, name), this.sub),
        button('close', words.close, () => this.hide(), icon('M6 6l12 12M18 6 6 18'))),
      this.log, this.status, this.waits, this.alarm, this.counter,
      h('form', { submit: (event) => this.submit(event) }, this.field,
        h('button', { class: 'send', 'aria-label': words.send }, icon('M4 12h15m-6-6 6 6-6 6'))));
    this.launcher = button('launcher', '', () => (this.open ? this.hide() : this.show()),
      icon('M20 11.5a7.5 7.5 0 0 1-11 6.6L4 20l1.6-4.4A7.5 7.5 0 1 1 20 11.5Z'), this.badge);
    const keydown = (event) => {
      if (event.key === 'Escape' && !event.isComposing && this.open) this.hide();
    };
    return h('div', { class: 'root', lang: this.code, keydown }, this.panel, this.launcher);
  }

  reveal() {
    this.panel.hidden = !this.open;
    this.launcher.ariaExpanded = this.open;
    this.log.scrollTop = this.log.scrollHeight;
    this.measure();
    this.seen();
  }

  /** A hidden tab lets go of its stream: browsers allow six for all tabs together. */
  rest() {
    clearTimeout(this.nap);
    if (document.hidden) this.nap = setTimeout(() => this.line.stop(), 60_000);
    else this.line.start();
    this.seen();
  }

  heard(event) {
    const { seq, type, at, client_id: mine } = event;
    const text = `${event.text ?? ''}`;
    const spoken = /^(message|ticket)$/.test(type) && /^(customer|bot|agent)$/.test(event.role);
    const role = spoken ? event.role : 'system';
    if (seq > this.replayed) this.log.ariaLive = 'polite';
    if (!text && !event.ticket && !list(event.buttons).length) return;
    if (role === 'customer') {
      if (this.accepted(mine, seq, text)) return;
      this.expect(TYPING - (Date.now() - Date.parse(at)));
    } else {
      if (role !== 'system') this.speaker = role;
      this.typing();
    }
    this.place({ ...event, text, role });
  }

  /** A person does not type because the customer did. */
  expect(ms) {
    if (this.speaker !== 'agent') this.typing('bot', Math.min(ms, TYPING));
  }

  typing(role, ms = role === 'agent' ? 10_000 : TYPING) {
    clearTimeout(this.dots);
    const text = role && ms > 0 ? this.words.typing((role === 'agent' && this.agent) || this.words[role === 'agent' ? role : 'bot']) : '';
    if (this.status.textContent !== text) this.status.textContent = text;
    if (text) this.dots = setTimeout(() => this.typing(), ms);
  }

  /** @param place as the API has it; empty: nothing is known */
  stands({ owner, place, minutes, agent, typing, can_leave: free }) {
    const { words, line } = this;
    const told = place ? [place > 1 ? words.place(place) : words.next, minutes && words.within(minutes)].filter(Boolean).join(' ') : '';
    const leave = free && button('leave', words.leave, () => line.call(`/${line.id}/place/leave`, { body: {} }).catch(() => {}), words.leave);
    this.waits.replaceChildren(...[told, leave].filter(Boolean));
    this.sub.textContent = agent ? words.joined(agent.display) : words.sub;
    this.agent = agent?.display;
    if (owner === 'agent') this.typing(typing && 'agent', 30_000);
    // Nobody types for whoever waits.
    this.speaker = /queue|agent/.test(owner) ? 'agent' : '';
    if (owner === 'queue') this.typing();
  }

  lost(on) {
    this.alarm.textContent = on ? this.words.lost : '';
  }

  /** Old numbers mean nothing in a new conversation: the rows stay above. */
  gone() {
    for (const row of this.rows) if (row.seq > 0 && row.seq !== Infinity) row.seq = 0;
    this.speaker = '';
    this.place({ seq: 0, role: 'system', text: this.words.gone });
  }

  /** What stands in an open chat on a visible page is seen, in every tab. */
  seen() {
    const { memory, last } = this.line;
    if (this.open && !document.hidden && last > memory.read().seen) memory.change((facts) => { facts.seen = last; });
    this.count();
  }

  count() {
    const { words, open } = this;
    const { seen } = this.line.memory.read();
    const unread = open ? 0 : this.rows.filter(({ seq, role }) => seq > seen && role !== 'customer').length;
    this.badge.hidden = !unread;
    this.badge.textContent = unread;
    this.launcher.ariaLabel = (open ? words.close : words.open) + (unread ? ` (${words.unread} ${unread})` : '');
  }

  key(event) {
    // While Korean or Chinese is composed, Enter chooses a character; Safari tells by keyCode 229 only.
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
    if (!(event.shiftKey || event.ctrlKey || event.altKey || event.metaKey)) this.submit(event);
  }

  submit(event) {
    event.preventDefault();
    const text = this.field.value.trim();
    this.field.value = '';
    this.measure();
    this.send(text);
  }

  send(text) {
    this.field.focus();
    if (!text) return;
    this.log.ariaLive = 'polite';
    this.expect(TYPING);
    this.write(this.line.say(text));
  }

  write(letter) {
    const row = { seq: Infinity, role: 'customer', text: letter.text, at: letter.at, letter };
    this.place(row);
    setTimeout(() => this.tell(row), 600);
  }

  /** Fits the field and counts near the limit, in characters, as the server does. */
  measure() {
    const { field, counter, log } = this;
    const near = this.near();
    const used = [...field.value.trim()].length;
    counter.textContent = used < LIMIT * 0.9 ? '' : `${used} / ${LIMIT}`;
    counter.classList.toggle('over', used > LIMIT);
    field.ariaInvalid = used > LIMIT;
    field.style.height = 0;
    field.style.height = `${field.scrollHeight + 2}px`;
    if (near) log.scrollTop = log.scrollHeight;
  }
}

if (!customElements.get('frontdoor-chat')) customElements.define('frontdoor-chat', FrontdoorChat);
