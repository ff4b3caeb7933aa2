// The picker: saved replies, found by typing "/" and a part of their title.
import { h } from './dom.js';
import { say } from './words.js';

const CALLED = /(?:^|\s)\/([^\s/]{0,40})$/;
const MOST = 8;

export class Picker {
  /** @param field the textarea it belongs to; @param {(reply: object) => void} chosen */
  constructor(api, field, chosen) {
    Object.assign(this, { api, field, chosen, found: [], at: 0, language: 'en' });
    this.node = h('ul', { class: 'picker', id: 'picker', role: 'listbox', 'aria-label': say('replies'), hidden: true });
    field.setAttribute('aria-autocomplete', 'list');
    field.setAttribute('aria-controls', 'picker');
  }

  /** Looks whether a reply is called for in front of the cursor. */
  async look() {
    const called = this.called();
    if (!called) return this.close();
    const { language } = this;
    if (this.known?.language !== language) {
      this.loading = true;
      const told = await this.api.get(`replies?lang=${encodeURIComponent(language)}`).catch(() => null);
      this.loading = false;
      if (told) this.known = { language, replies: told.replies };
    }
    const now = this.called();
    if (!now || !this.known || language !== this.language) return this.close();
    const part = now[1].toLowerCase();
    const hits = (text) => text.toLowerCase().includes(part);
    this.found = this.known.replies.filter(({ title, text }) => hits(title) || hits(text)).sort((one, other) => hits(other.title) - hits(one.title)).slice(0, MOST);
    this.move(0);
  }

  called() {
    return CALLED.exec(this.field.value.slice(0, this.field.selectionStart));
  }

  forget() {
    this.known = null;
  }

  move(to) {
    const { found, field, node } = this;
    this.at = found.length ? (to + found.length) % found.length : 0;
    node.hidden = !found.length;
    node.replaceChildren(...found.map((reply, place) => h('li', {
      role: 'option', id: `reply-${place}`, 'aria-selected': String(place === this.at), lang: reply.language,
      // The field keeps the focus.
      mousedown: (event) => event.preventDefault(), click: () => this.choose(reply),
    }, h('strong', {}, reply.title), h('span', {}, ` ${reply.text}`))));
    if (found.length) field.setAttribute('aria-activedescendant', `reply-${this.at}`);
    else field.removeAttribute('aria-activedescendant');
    node.children[this.at]?.scrollIntoView({ block: 'nearest' });
  }

  /** @returns {boolean} whether the key was for the list */
  key(event) {
    // "/name" and Enter in one go: the list is on its way, and the customer must not read "/name".
    if (this.loading && event.key === 'Enter') return event.preventDefault(), true;
    if (this.node.hidden) return false;
    const does = {
      ArrowDown: () => this.move(this.at + 1), ArrowUp: () => this.move(this.at - 1), Enter: () => this.choose(this.found[this.at]),
      Tab: () => this.choose(this.found[this.at]), Escape: () => this.close(),
    }[event.key];
    if (!does || event.shiftKey) return false;
    event.preventDefault();
    event.stopPropagation();
    does();
    return true;
  }

  choose(reply) {
    const called = this.called();
    if (called) this.field.setSelectionRange(this.field.selectionStart - called[1].length - 1, this.field.selectionStart);
    this.close();
    this.chosen(reply);
  }

  close() {
    this.found = [];
    this.move(0);
  }
}
