// The composer: an answer to the customer or a note for colleagues, looked over before it is sent.
import { Refused, of } from './api.js';
import { button, h, newId } from './dom.js';
import { Picker } from './picker.js';
import { fill, known, open } from './variables.js';
import { say } from './words.js';

const LIMIT = 4000;
const TYPING = 4000;

export class Composer {
  /** @param drafts keeps what is written; @param {{sent: Function, outdated: Function, tell: Function}} does */
  constructor(api, me, drafts, does) {
    Object.assign(this, { api, me, drafts, does, typed: 0 });
    this.field = h('textarea', {
      rows: 3, maxlength: LIMIT, 'aria-describedby': 'hint', input: () => this.changed(), keydown: (event) => this.key(event),
      blur: () => this.picker.close(),
    });
    this.picker = new Picker(api, this.field, (reply) => this.put(fill(reply.text, this.values())));
    this.modes = ['reply', 'note'].map((mode) => button(say(`modes/${mode}`), () => this.turn(mode), { 'data-mode': mode }));
    this.opening = h('div', { class: 'opening', hidden: true });
    this.attached = h('ul', { class: 'attached', 'aria-label': say('attached') });
    this.warnings = h('div', { class: 'warnings', role: 'alert' });
    this.hint = h('p', { class: 'hint', id: 'hint' });
    this.send = h('button', { class: 'main' });
    this.form = h('form', { submit: (event) => this.submit(event) },
      h('div', { class: 'field' }, this.picker.node, this.field), this.send);
    this.node = h('section', { class: 'composer', 'aria-label': say('compose') },
      this.opening, this.attached, this.warnings,
      h('div', { class: 'modes', role: 'group', 'aria-label': say('modesName') }, this.modes), this.form, this.hint);
  }

  /** Another conversation, with the draft that belongs to it. */
  begin(id) {
    this.id = id;
    Object.assign(this, { used: false, mine: false, item: null, packet: null });
    this.draft = this.drafts.read(id);
    this.warnings.replaceChildren();
    this.picker.close();
    this.turn(this.draft.mode, false);
  }

  /** What is known of the conversation now. */
  show(item, packet, events) {
    Object.assign(this, { item, packet });
    this.mine = item.owner === 'agent' && item.agent?.name === this.me.name;
    this.picker.language = item.language;
    const own = [...events.values()].filter(({ role, speaker }) => role === 'agent' && speaker?.name === this.me.name);
    this.last = Math.max(0, ...events.keys());
    // Sent although no answer came: it stands in the transcript, so it is no draft any more.
    const { tried } = this.draft;
    if (tried && own.some(({ seq, text }) => seq > tried.after && text === JSON.parse(tried.what)[1])) this.arrived(tried);
    const spoken = own.some(({ type }) => type === 'message');
    this.suggest(packet && !spoken && !this.used ? packet.opening : '', item.language);
    this.draw();
  }

  suggest(text, lang) {
    this.opening.hidden = !text;
    if (!text || this.opening.dataset.text === text) return;
    this.opening.dataset.text = text;
    this.opening.replaceChildren(h('p', {}, h('strong', {}, say('opening')), ' ', h('span', { lang }, text)), button(say('use'), () => {
      this.used = true;
      this.opening.hidden = true;
      this.turn('reply');
      this.put(text);
    }, { 'aria-label': say('useOpening') }));
  }

  turn(mode, focus = true) {
    this.draft.mode = mode;
    this.field.value = this.draft[mode];
    this.warnings.replaceChildren();
    this.save();
    this.draw();
    if (focus) this.field.focus();
  }

  draw() {
    const { mode, sources } = this.draft;
    for (const node of this.modes) node.setAttribute('aria-pressed', node.dataset.mode === mode);
    this.node.classList.toggle('noting', mode === 'note');
    this.field.setAttribute('aria-label', say(`modes/${mode}`));
    this.field.placeholder = say(`placeholders/${mode}`);
    this.field.lang = mode === 'reply' && this.item ? this.item.language : '';
    this.send.textContent = say(`sends/${mode}`);
    this.send.disabled = !!this.sending || (mode === 'reply' && !this.mine);
    this.hint.textContent = mode === 'note' ? say('hintNote') : this.mine ? say('hintReply') : say('hintNotYours');
    this.attached.replaceChildren(...(mode === 'reply' ? sources : []).map((one) => h('li', {}, one.title, ' ',
      button('×', () => this.detach(one), { 'aria-label': say('detach', one.title) }))));
  }

  values() {
    return known(this.me, this.item, this.packet);
  }

  /** Puts text in where the cursor is; a variable without a value is marked, to be typed over. */
  put(text) {
    const { field } = this;
    field.focus();
    // insertText keeps what can be undone; where it is no longer known the text goes in all the same.
    const at = field.selectionStart;
    if (!document.execCommand?.('insertText', false, text)) field.setRangeText(text, at, field.selectionEnd, 'end');
    const [first] = open(text);
    if (first) {
      const from = field.value.indexOf(first, at);
      if (from >= 0) field.setSelectionRange(from, from + first.length);
    }
    this.changed();
  }

  insert(text) {
    this.turn('reply');
    this.put(text);
  }

  attach(source) {
    this.turn('reply');
    const { sources } = this.draft;
    if (!sources.some(({ permalink }) => permalink === source.permalink) && sources.length < 5) sources.push(source);
    this.save();
    this.draw();
  }

  detach(source) {
    this.draft.sources = this.draft.sources.filter((one) => one !== source);
    this.save();
    this.draw();
    this.field.focus();
  }

  changed() {
    this.draft[this.draft.mode] = this.field.value;
    this.warnings.replaceChildren();
    this.save();
    if (this.draft.mode === 'note') return;
    this.picker.look();
    if (!this.mine || !this.field.value.trim() || Date.now() - this.typed < TYPING) return;
    this.typed = Date.now();
    // The customer sees it for six seconds; that it is not told hurts nobody.
    this.api.post(of(this.id, 'typing')).catch(() => {});
  }

  save() {
    this.drafts.write(this.id, this.draft);
  }

  key(event) {
    // While Korean or Chinese is composed, Enter chooses a character; Safari tells by keyCode 229 only.
    if (event.isComposing || event.keyCode === 229 || this.picker.key(event)) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) this.submit(event, true);
    else if (event.key === 'Enter' && !event.shiftKey && !event.altKey) this.submit(event);
  }

  async submit(event, checked = false) {
    event.preventDefault();
    const { id, draft } = this;
    const { mode } = draft;
    const text = draft[mode].trim();
    if (!text || this.sending || (mode === 'reply' && !this.mine)) return;
    const unfilled = open(text);
    if (mode === 'reply' && unfilled.length) return this.warn([{ sentence: say('unfilled', unfilled.join(', ')) }], false);
    this.sending = true;
    this.draw();
    try {
      if (mode === 'reply' && !checked) {
        // A look that fails keeps no customer waiting.
        const { warnings } = await this.api.post(of(id, 'check'), { text }).catch(() => ({ warnings: [] }));
        if (warnings.length) return this.warn(warnings, true);
      }
      await this.post(id, mode, text, draft);
    } catch (refused) {
      this.refused(refused, id);
    } finally {
      this.sending = false;
      if (id === this.id) this.draw();
    }
  }

  async post(id, mode, text, draft) {
    const sources = draft.sources.map(({ permalink }) => ({ permalink }));
    const what = JSON.stringify([mode, text, mode === 'reply' && sources]);
    // The same words tried again are said once; other words are something else to say.
    if (draft.tried?.what !== what) draft.tried = { id: newId(), what, after: this.last };
    const { tried } = draft;
    this.drafts.write(id, draft);
    const body = mode === 'reply' ? { id: tried.id, epoch: this.item.epoch, text, sources } : { id: tried.id, text };
    await this.api.post(of(id, mode), body);
    if (id === this.id) this.arrived(tried);
    else this.drafts.write(id, emptied(draft, tried));
    this.does.sent(id);
  }

  /** It is said: what was written since stays. */
  arrived(tried) {
    if (this.draft.tried?.id !== tried.id) return;
    Object.assign(this.draft, emptied(this.draft, tried));
    this.field.value = this.draft[this.draft.mode];
    this.warnings.replaceChildren();
    this.save();
    this.draw();
  }

  refused(refused, id) {
    if (!(refused instanceof Refused)) throw refused;
    if (refused.outdated) this.does.outdated(refused, id);
    else if (refused.status !== 401 && id === this.id) this.warn([{ sentence: refused.message || say('notSent') }], false);
  }

  warn(warnings, goOn) {
    const all = warnings.map(({ sentence }) => h('li', {}, sentence));
    this.warnings.replaceChildren(h('ul', {}, all), goOn && h('span', { class: 'acts' },
      button(say('sendAnyway'), (event) => this.submit(event, true), { class: 'main' }), button(say('change'), () => {
        this.warnings.replaceChildren();
        this.field.focus();
      })) || '');
    this.field.focus();
  }
}

/** A draft without what was said. */
const emptied = (draft, tried) => {
  const [mode, text] = JSON.parse(tried.what);
  const same = draft[mode].trim() === text;
  return { ...draft, [mode]: same ? '' : draft[mode], sources: mode === 'reply' ? [] : draft.sources, tried: null };
};
