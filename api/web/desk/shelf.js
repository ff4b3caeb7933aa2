// The shelf: articles to put into a reply, found by the packet or by a search.
import { button, h, safeUrl } from './dom.js';
import { say } from './words.js';

const PAUSE = 300;

export class Shelf {
  /** @param {{insert: Function, attach: Function}} does */
  constructor(api, does) {
    Object.assign(this, { api, does, passages: [], asked: 0 });
    this.field = h('input', { type: 'search', id: 'articles', placeholder: say('searchArticles'), maxlength: 500, input: () => this.soon(), 'aria-labelledby': 'card-articles' });
    this.list = h('ul', { class: 'passages' });
    this.told = h('p', { class: 'soft', role: 'status' });
    this.node = h('section', { class: 'card articles', 'aria-labelledby': 'card-articles' },
      h('h3', { id: 'card-articles' }, say('cards/articles')), h('form', { role: 'search', submit: (event) => this.submit(event) }, this.field), this.told, this.list);
  }

  begin(language) {
    this.language = language;
    this.field.value = '';
    this.told.textContent = '';
    this.passages = [];
    this.draw([]);
  }

  /** What the packet suggests, while nothing is searched for. */
  suggest(passages) {
    if (JSON.stringify(passages) === JSON.stringify(this.passages)) return;
    this.passages = passages;
    if (!this.field.value.trim()) this.draw(passages);
  }

  soon() {
    clearTimeout(this.later);
    this.later = setTimeout(() => this.search(), PAUSE);
  }

  submit(event) {
    event.preventDefault();
    clearTimeout(this.later);
    this.search();
  }

  async search() {
    const asked = ++this.asked;
    const text = this.field.value.trim();
    this.told.textContent = '';
    if (!text) return this.draw(this.passages);
    try {
      const { articles } = await this.api.get(`articles?q=${encodeURIComponent(text)}&lang=${encodeURIComponent(this.language)}`);
      if (asked !== this.asked) return;
      this.draw(articles);
      this.told.textContent = articles.length ? '' : say('noArticles');
    } catch (refused) {
      if (asked === this.asked) this.told.textContent = refused.message || say('noAnswer');
    }
  }

  draw(passages) {
    this.list.replaceChildren(...passages.map((one) => {
      const href = safeUrl(one.url);
      return h('li', {}, h('details', {},
        h('summary', {}, one.title), h('p', { lang: this.language }, one.text),
        href && h('p', {}, h('a', { href, target: '_blank', rel: 'noopener' }, say('openArticle')))),
      h('span', { class: 'acts' },
        button(say('insert'), () => this.does.insert(one.text), { 'aria-label': say('insertOf', one.title) }),
        button(say('attach'), () => this.does.attach({ permalink: one.permalink, title: one.title }), { 'aria-label': say('attachOf', one.title) })));
    }));
  }
}
