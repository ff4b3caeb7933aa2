// Asked: a small window that wants one or two answers before something is done.
import { button, h } from './dom.js';
import { say } from './words.js';

/** Opens a window over the page; the browser keeps the focus in it and gives it back.
 *  @param fields elements to fill in; @param {() => Promise} done called on "yes"; a refusal stays in the window */
export const ask = (title, fields, yes, done, more) => {
  const told = h('p', { role: 'alert', class: 'told' });
  const go = h('button', { class: 'main' }, yes);
  const submit = async (event) => {
    event.preventDefault();
    go.disabled = true;
    told.textContent = '';
    try {
      await done();
      window.close();
    } catch (refused) {
      told.textContent = refused.message || say('noAnswer');
    }
    go.disabled = false;
  };
  const window = h('dialog', { 'aria-labelledby': 'asked', close: () => window.remove() },
    h('h2', { id: 'asked' }, title),
    done ? h('form', { submit }, fields, told, h('span', { class: 'acts' }, go, more, button(say('cancel'), () => window.close()))) : [fields, button(say('shut'), () => window.close(), { class: 'main' })]);
  document.body.append(window);
  window.showModal();
  return window;
};

let count = 0;

/** A field with its label. */
export const labelled = (words, field) => {
  field.id ||= `field-${++count}`;
  return h('p', { class: 'labelled' }, h('label', { for: field.id }, words), field);
};

export const choice = (options, chosen) => h('select', {}, options.map(([value, words, disabled]) => h('option', { value, selected: value === chosen, disabled: !!disabled }, words)));
