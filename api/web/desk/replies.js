// Saved replies: the texts of the team, to look at, add and change.
import { ask, choice, labelled } from './asked.js';
import { button, h } from './dom.js';
import { LANGUAGES, language, say } from './words.js';

export class Replies {
  /** @param {() => void} changed called when any reply is another now */
  constructor(api, me, changed) {
    Object.assign(this, { api, me, changed });
  }

  async show() {
    const list = h('ul', { class: 'replies' });
    const told = h('p', { role: 'alert', class: 'told' });
    const draw = async () => {
      try {
        const { replies } = await this.api.get('replies');
        list.replaceChildren(...replies.map((one) => this.row(one, draw)));
      } catch (refused) {
        told.textContent = refused.message || say('noAnswer');
      }
    };
    await draw();
    ask(say('replies'), [h('p', { class: 'soft' }, say('variables')), told, list, button(say('addReply'), () => this.edit({ language, title: '', text: '' }, draw))]);
  }

  row(one, draw) {
    const mine = one.mine || this.me.role !== 'agent';
    return h('li', {}, h('p', {}, h('strong', { lang: one.language }, one.title), ` ${LANGUAGES[one.language] || one.language}`),
      h('p', { lang: one.language, class: 'soft' }, one.text),
      mine && h('span', { class: 'acts' }, button(say('change'), () => this.edit(one, draw), { 'aria-label': say('changeOf', one.title) }),
        button(say('remove'), () => this.remove(one, draw), { 'aria-label': say('removeOf', one.title) })));
  }

  edit(one, draw) {
    const tongue = choice(Object.entries(LANGUAGES), one.language);
    const title = h('input', { required: true, maxlength: 100, value: one.title });
    const text = h('textarea', { rows: 5, required: true, maxlength: 4000 }, one.text);
    ask(one.id ? say('changeReply') : say('addReply'), [labelled(say('language'), tongue), labelled(say('replyTitle'), title), labelled(say('replyText'), text)], say('keep'), async () => {
      await this.api.post(one.id ? `replies/${encodeURIComponent(one.id)}` : 'replies', { language: tongue.value, title: title.value, text: text.value });
      this.changed();
      await draw();
    });
  }

  remove(one, draw) {
    ask(say('removeReply'), h('p', {}, one.title), say('remove'), async () => {
      await this.api.post(`replies/${encodeURIComponent(one.id)}/delete`);
      this.changed();
      await draw();
    });
  }
}
