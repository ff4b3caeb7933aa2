// Keys: everything the desk does, without a mouse.
import { ask } from './asked.js';
import { h } from './dom.js';
import { remember, remembered, say } from './words.js';

const KEPT = 'frontdoor-desk:keys';
const TYPED = 'input:not([type=checkbox]), textarea, select, [contenteditable]';

/** The single letters, which can be switched off: whoever dictates would press them without wanting to. */
export const LETTERS = ['1', '2', '3', '4', '5', '0', 'j', 'k', 'c', 'r', 'n', 'a', 't', 'b', 'q', 'p', 's', 'x', '?'];
const OTHERS = ['Enter', 'Shift+Enter', '/', 'Ctrl+Enter', 'Esc'];

export class Keys {
  /** @param {Record<string, () => void>} does what each letter does */
  constructor(does) {
    this.does = does;
    this.on = remembered(KEPT) !== 'off';
    this.listen = (event) => this.key(event);
  }

  start() {
    document.addEventListener('keydown', this.listen);
  }

  stop() {
    document.removeEventListener('keydown', this.listen);
  }

  key(event) {
    const { key, target } = event;
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) return;
    if (target.closest?.(TYPED)) {
      // Out of a field, so that the letters work again.
      if (key === 'Escape') this.does.Escape?.();
      return;
    }
    if (!this.on && key !== '?') return;
    const act = this.does[key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  }

  /** The list of keys, with the switch for the letters. */
  help() {
    const row = (key) => h('div', {}, h('dt', {}, h('kbd', {}, key)), h('dd', {}, say(`keys/${key}`)));
    const box = h('input', { type: 'checkbox', id: 'letters', change: () => {
      this.on = box.checked;
      remember(KEPT, this.on ? 'on' : 'off');
    } });
    box.checked = this.on;
    ask(say('keyboard'), h('div', { class: 'keys' }, h('h3', {}, say('keysAnywhere')), h('dl', {}, LETTERS.map(row)),
      h('h3', {}, say('keysWriting')), h('dl', {}, OTHERS.map(row)), h('p', {}, box, ' ', h('label', { for: 'letters' }, say('lettersOn')))));
  }
}
