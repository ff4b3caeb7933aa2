// The queue: the five views, how much is in each, and why each conversation stands where it does.
import { button, h, keep } from './dom.js';
import { clock, moment, say } from './words.js';
import { holder, state, title, why } from './why.js';

export const VIEWS = ['queue', 'mine', 'unhappy', 'waiting', 'closed'];

export class Queue {
  /** @param {{view: Function, open: Function, claim: Function, more: Function}} does */
  constructor(me, does) {
    Object.assign(this, { me, does, items: [] });
    this.tabs = new Map(VIEWS.map((view) => [view, this.tab(view)]));
    this.list = h('ul', { class: 'items' });
    this.empty = h('p', { class: 'empty' });
    this.more = button(say('more'), () => does.more(), { class: 'more', hidden: true });
    this.name = h('h2', { id: 'view-name', class: 'unseen' });
    this.node = h('section', { class: 'queue', 'aria-labelledby': 'view-name' },
      h('nav', { class: 'views', 'aria-label': say('views') }, h('ul', {}, [...this.tabs.values()].map(({ node }) => h('li', {}, node)))),
      this.name, this.list, this.empty, this.more);
  }

  tab(view) {
    const count = h('span', { class: 'count' });
    return { count, node: button([say(`names/${view}`), ' ', count], () => this.does.view(view), { class: 'view', 'data-view': view }) };
  }

  show(view, { conversations, counts, next }, open) {
    this.view = view;
    this.items = conversations;
    this.name.textContent = say(`names/${view}`);
    for (const [name, { node, count }] of this.tabs) {
      node.toggleAttribute('aria-current', name === view);
      if (name === view) node.setAttribute('aria-current', 'page');
      count.textContent = counts[name] ?? '';
      count.classList.toggle('some', counts[name] > 0);
    }
    const wanted = conversations.map((item) => ({ key: item.id, mark: this.mark(item, open), item, open }));
    keep(this.list, wanted, () => h('li', {}, button('', null, { class: 'item' })), (node, { item, open }) => this.draw(node, item, open));
    this.empty.textContent = conversations.length ? '' : say(`nothing/${view}`);
    this.more.hidden = !next;
  }

  /** Times go on, so what is shown changes by the minute. */
  mark(item, open) {
    return `${item.id === open} ${Math.floor(Date.now() / 60_000)} ${JSON.stringify(item)}`;
  }

  draw(node, item, open) {
    let [row, claim] = node.children;
    row.onclick = () => this.does.open(item.id);
    row.id = `item-${item.id}`;
    row.toggleAttribute('aria-current', item.id === open);
    if (item.id === open) row.setAttribute('aria-current', 'true');
    const { last, place } = item;
    const said = last && `${say(`roles/${last.role}`)}: ${last.text}`;
    row.replaceChildren(
      h('span', { class: 'top' }, place && h('span', { class: 'rank' }, `${place.rank}.`), h('strong', {}, title(item)),
        h('span', { class: 'marks' }, item.language),
        item.unread > 0 && h('span', { class: 'unread' }, `${item.unread}`, h('span', { class: 'unseen' }, ` ${say('unread')}`)),
        h('time', { datetime: last?.at || item.since }, clock(last?.at || item.since))),
      said && h('span', { class: 'last', lang: item.language }, said),
      h('span', { class: 'why' }, place ? why(place) : state(item)),
      h('span', { class: 'below' }, [
        /^[a-z_]+$/.test(item.reason || '') && say(`signals/${item.reason}`), this.view !== 'mine' && !place && holder(item, this.me.name), item.team,
        item.channel !== 'web' && say(`channels/${item.channel}`),
        item.ticket && `${item.ticket.number}${item.ticket.reply_by ? ` → ${moment(item.ticket.reply_by)}` : ''}`,
        item.suggested_agent && say('suggested', item.suggested_agent.name === this.me.name ? say('you') : item.suggested_agent.display),
      ].filter(Boolean).join(' · ')));
    // One click from the list, without opening it first.
    const free = item.owner === 'queue' || (place && item.owner !== 'agent');
    if (free && !claim) node.append(claim = button(say('claim'), null, { class: 'claim' }));
    if (!free && claim) claim.remove();
    if (free) {
      claim.onclick = () => this.does.claim(item);
      claim.setAttribute('aria-label', say('claimOf', title(item)));
    }
  }

  /** Moves the focus to the next or the one before, from wherever it is. */
  step(by) {
    const rows = [...this.list.querySelectorAll('.item')];
    const at = rows.indexOf(document.activeElement.closest('li')?.querySelector('.item'));
    const current = at >= 0 ? at : rows.findIndex((row) => row.hasAttribute('aria-current'));
    rows[Math.max(0, Math.min(rows.length - 1, current < 0 ? 0 : current + by))]?.focus();
  }
}
