// The desk: signs in, shows what there is to do, and keeps it up to date without a reload.
import { Api } from './api.js';
import { choice } from './asked.js';
import { Bell } from './bell.js';
import { Conversation } from './conversation.js';
import { button, h } from './dom.js';
import { Drafts } from './drafts.js';
import { Keys } from './keys.js';
import { News } from './news.js';
import { Overview, presence } from './overview.js';
import { Presence } from './presence.js';
import { Queue, VIEWS } from './queue.js';
import { Replies } from './replies.js';
import { signIn } from './sign_in.js';
import { LANGUAGES, choose, language, say, speak } from './words.js';

const EVERY = 30_000;
const SOON = 120;

class Desk {
  constructor(root) {
    this.root = root;
    this.bell = new Bell();
    this.api = new Api((refused) => this.leave(refused));
  }

  async begin() {
    try {
      this.enter(await this.api.get('me'));
    } catch (refused) {
      if (refused.status !== 401) this.leave(refused);
    }
  }

  /** Nobody is signed in (any more). What was written is kept for when they are back. */
  leave(refused) {
    // Several requests find out at once; what is being typed in there stays.
    if (!this.me && this.root.querySelector('.sign-in')) return;
    const worked = !!this.me;
    this.stop();
    for (const window of document.querySelectorAll('dialog')) window.close();
    this.bell.call(say('title'));
    this.root.replaceChildren(signIn(this.api, worked || refused.status !== 401 || refused.code === 'no_users' ? refused : null, (session) => this.enter(session), languages()));
    this.root.querySelector('input, button')?.focus();
  }

  enter({ agent: me, csrf, settings }) {
    Object.assign(this, { me, settings, view: '', open: '', limit: 50, mine: null });
    this.api.csrf = csrf;
    this.build();
    const heard = (news) => this.heard(news);
    this.news = new News(heard, () => this.joined(), () => { this.lost.textContent = say('connectionLost'); });
    this.presence = new Presence(this.api, me.available, (on) => this.available(on));
    this.presence.start();
    this.keys.start();
    this.clock = setInterval(() => this.refresh(), EVERY);
    this.moves = new AbortController();
    const { signal } = this.moves;
    addEventListener('hashchange', () => this.route(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden || this.seen(), { signal });
    for (const type of ['pointerdown', 'keydown']) document.addEventListener(type, () => this.seen(), { signal });
    if (this.works) this.news.start();
    this.route();
  }

  stop() {
    this.me = null;
    this.news?.stop();
    this.talk?.follow.stop();
    this.presence?.stop();
    this.keys?.stop();
    this.moves?.abort();
    clearInterval(this.clock);
    clearTimeout(this.later);
  }

  /** Who may talk with customers, and who may look over the whole desk. */
  get works() {
    return this.me?.role !== 'knowledge_manager';
  }

  get oversees() {
    return /^(supervisor|operator)$/.test(this.me?.role);
  }

  build() {
    const { me, api } = this;
    this.queue = new Queue(me, {
      view: (view) => this.go(view), open: (id) => this.go(this.view, id), claim: (item) => this.claim(item),
      more: () => { this.limit += 50; return this.refresh(); },
    });
    this.talk = new Conversation(api, { me, settings: this.settings }, new Drafts(me.name), {
      tell: (words) => this.tell(words), stale: () => this.refresh(), changed: (item) => this.looked(item),
      moved: (item, what) => this.moved(item, what),
    });
    this.over = new Overview((id) => this.go('unhappy', id));
    const replies = new Replies(api, me, () => this.talk.composer.picker.forget());
    this.told = h('p', { class: 'toast', role: 'status' });
    this.lost = h('p', { class: 'lost-line', role: 'status' });
    const there = h('input', { type: 'checkbox', id: 'there', change: () => this.presence.set(there.checked) });
    const sound = h('input', { type: 'checkbox', id: 'sound', change: () => this.bell.turn(sound.checked) });
    [this.there, there.checked, sound.checked] = [there, me.available, this.bell.on];
    this.team = h('ul');
    this.teamName = h('summary');
    this.overview = this.oversees ? button(say('overview'), () => this.go('overview'), { class: 'over' }) : null;
    this.toggle = button(say('list'), () => this.unfold(), { class: 'unfold', 'aria-expanded': 'false', 'aria-controls': 'list' });
    this.list = h('div', { class: 'list', id: 'list' }, this.queue.node);
    this.main = h('main', {}, this.list, this.talk.nodes, this.over.node);
    this.keys = this.letters();
    this.root.replaceChildren(
      h('header', {}, h('h1', {}, say('title')), this.works && this.toggle, this.overview || '', h('details', { class: 'team' }, this.teamName, this.team),
        this.works && h('label', { class: 'switch' }, there, ` ${say('available')}`), this.works && h('label', { class: 'switch' }, sound, ` ${say('sound')}`),
        h('span', { class: 'grow' }), button(say('replies'), () => replies.show()), button(say('keyboard'), () => this.keys.help()), languages(),
        h('span', { class: 'me' }, me.display), button(say('signOut'), () => this.signOut())),
      this.lost, this.told, this.works ? this.main : h('main', { class: 'plain' }, h('p', {}, say('noConversations'))));
  }

  letters() {
    const { composer, shelf } = this.talk;
    const act = (name) => () => this.talk.act(name);
    const keys = { j: () => this.step(1), k: () => this.step(-1), c: act('claim'), b: act('toBot'), q: act('toQueue'), p: act('pass'), s: act('snooze'), x: act('close'),
      r: () => this.open && composer.turn('reply'), n: () => this.open && composer.turn('note'), a: () => this.open && shelf.field.focus(), t: () => this.open && this.talk.transcript.node.focus(),
      0: () => this.oversees && this.go('overview'), '?': () => this.keys.help(), Escape: () => this.talk.name.focus() };
    VIEWS.forEach((view, place) => { keys[place + 1] = () => this.go(view); });
    return new Keys(this.works ? keys : { '?': keys['?'] });
  }

  step(by) {
    this.unfold(true);
    this.queue.step(by);
  }

  /** On a narrow screen the list lies over the conversation. */
  unfold(on = !this.list.classList.contains('unfolded')) {
    this.list.classList.toggle('unfolded', on);
    this.toggle.setAttribute('aria-expanded', on);
  }

  go(view, id = '') {
    const hash = `#${view}${id && `/${id}`}`;
    if (location.hash === hash) this.route();
    else location.hash = hash;
  }

  /** The address says what is shown, so that a reload shows it again. */
  async route() {
    if (!this.works) return;
    const [name, id = ''] = decodeURIComponent(location.hash.slice(1)).split('/');
    const view = VIEWS.includes(name) || (name === 'overview' && this.oversees) ? name : 'queue';
    const another = view !== this.view;
    if (another) this.limit = 50;
    this.view = view;
    const over = view === 'overview';
    this.over.node.hidden = !over;
    this.list.hidden = over;
    this.overview?.toggleAttribute('aria-current', over);
    this.bell.call(`${say(over ? 'overview' : `names/${view}`)} · ${say('title')}`);
    this.main.className = over ? 'watching' : id ? 'talking' : 'choosing';
    if (over) {
      for (const node of this.talk.nodes) node.hidden = true;
      this.open = '';
      this.talk.open('');
      this.talk.empty.hidden = true;
      await this.refresh();
      return this.over.node.querySelector('h2').focus();
    }
    this.talk.reveal();
    const listed = this.refresh();
    if (id !== this.open || another) {
      const opened = id !== this.open;
      this.open = id;
      this.unfold(!id);
      if (opened || !id) {
        const there = await this.talk.open(id);
        if (there && id === this.open) {
          if (this.taken === id) this.talk.composer.turn('reply');
          // Who writes already keeps the field: letters typed outside it are keys.
          else if (!this.talk.main.contains(document.activeElement)) this.talk.name.focus();
        }
        this.taken = '';
      }
    }
    await listed;
  }

  async claim(item) {
    if (await this.talk.claim(item)) return;
    await this.refresh();
  }

  async moved(item, what) {
    this.tell(say(`did/${what}`));
    if (what === 'claim') {
      this.taken = item.id;
      return this.go('mine', item.id);
    }
    if (what === 'snooze' && !item.snoozed_until) return this.refresh();
    // It is out of one's hands: on to what is left.
    this.go(this.view === 'overview' ? 'mine' : this.view);
    this.queue.tabs.get(this.view)?.node.focus();
  }

  tell(words) {
    this.told.textContent = words;
    clearTimeout(this.silence);
    this.silence = setTimeout(() => { this.told.textContent = ''; }, 8000);
  }

  joined() {
    this.lost.textContent = '';
    this.refresh();
    this.talk.refresh();
    this.colleagues();
  }

  heard({ conversation, what }) {
    if (what === 'presence') return this.colleagues();
    if (conversation && conversation === this.open) this.look();
    clearTimeout(this.later);
    // Much at once is read once.
    this.later = setTimeout(() => this.refresh(), SOON);
  }

  /** A message counts as read when its agent has seen it: nobody sees a hidden tab. */
  look() {
    if (document.hidden) this.missed = true;
    else this.talk.refresh();
  }

  seen() {
    if (this.missed) this.talk.refresh();
    this.missed = false;
    if (this.view === 'queue') this.bell.settle(...this.queue.items.map(({ id }) => id));
    if (this.open) this.bell.settle(this.open);
  }

  /** What is open is read, and the list should say so. */
  looked(item) {
    this.bell.settle(item.id);
    if (this.queue.items.some(({ id, unread }) => id === item.id && unread)) this.refresh();
  }

  /** Reads the lists again. Many askings while one is under way are one more. */
  async refresh() {
    if (!this.works) return;
    if (this.asking) {
      this.again = true;
      return this.asking;
    }
    this.asking = this.read();
    await this.asking;
    this.asking = null;
    if (this.again) {
      this.again = false;
      await this.refresh();
    }
  }

  async read() {
    const { view, api, limit } = this;
    try {
      if (view === 'overview') this.over.show(await api.get('overview'));
      const [shown, queue, mine] = await Promise.all([view, 'queue', 'mine'].map((name, place) =>
        (place ? name !== view : name !== 'overview') && api.get(`conversations?view=${name}&limit=${Math.min(limit, 200)}`)));
      if (!this.me) return;
      if (shown && view === this.view) this.queue.show(view, shown, this.open);
      this.ring((view === 'queue' ? shown : queue).conversations, (view === 'mine' ? shown : mine).conversations);
    } catch (refused) {
      if (refused.status !== 401) this.lost.textContent = refused.message || say('connectionLost');
      return;
    }
    if (this.news.source?.readyState === EventSource.OPEN) this.lost.textContent = '';
  }

  /** Rings for who came into the queue, and for whose message nobody has read. The first look rings for nobody. */
  ring(queue, mine) {
    const wants = new Map([...queue.map(({ id }) => [id, id]), ...mine.filter(({ unread }) => unread).map(({ id, unread }) => [id, `${id} ${unread}`])]);
    const before = this.mine;
    this.mine = wants;
    this.bell.settle(...[...this.bell.fresh].filter((id) => !wants.has(id)));
    if (!before) return;
    for (const [id, state] of wants) {
      const looked = !document.hidden && id === this.open;
      if (before.get(id) === state || looked) continue;
      // It has just been taken, or a message more has come: both ring anew.
      this.bell.settle(id);
      this.bell.ring(id);
    }
  }

  async colleagues() {
    const { agents } = await this.api.get('agents').catch(() => ({ agents: [] }));
    const here = agents.filter((one) => one.present && one.available);
    this.teamName.textContent = say('here', here.length, agents.length);
    this.team.replaceChildren(...agents.map((one) => h('li', {}, `${one.display} · ${presence(one)} · ${one.load}/${one.capacity}`)));
  }

  available(on) {
    this.there.checked = on;
    this.me.available = on;
  }

  async signOut() {
    await this.api.post('sign-out').catch(() => {});
    this.me = null;
    this.leave({ status: 401 });
  }
}

const languages = () => {
  const field = choice(Object.entries(LANGUAGES), language);
  field.setAttribute('aria-label', say('language'));
  field.addEventListener('change', () => choose(field.value));
  for (const option of field.options) option.lang = option.value;
  return field;
};

await speak();
new Desk(document.getElementById('desk')).begin();
