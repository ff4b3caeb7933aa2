// The packet: everything the agent would otherwise scroll for, most telling first.
import { h } from './dom.js';
import { clock, moment, say, share, since, span } from './words.js';

const LOW = -0.35;
const HIGH = 0.15;

export class Packet {
  constructor() {
    this.body = h('div', { class: 'cards' });
    this.node = h('div', { class: 'packet' }, this.body);
  }

  /** @param packet as docs/packet.md has it, or null when none could be made; @param item the conversation */
  show(packet, item) {
    const mark = JSON.stringify([packet && { ...packet, made_at: 0 }, item.customer]);
    if (mark === this.mark) return;
    this.mark = mark;
    // A look into the ledger is not shut by a new message.
    const open = new Set([...this.body.querySelectorAll('details[open]')].map(({ id }) => id));
    this.body.replaceChildren(...(packet ? cards(packet, item.language) : [h('p', { class: 'empty' }, say('noPacket'))]).filter(Boolean));
    for (const id of open) this.body.querySelector(`#${id}`)?.setAttribute('open', '');
  }
}

const card = (name, ...kids) => h('section', { class: `card ${name}`, 'aria-labelledby': `card-${name}` }, h('h3', { id: `card-${name}` }, say(`cards/${name}`)), kids);
const list = (rows, draw) => h('ul', {}, rows.map((row) => h('li', {}, draw(row))));
const chip = (kind, words) => h('span', { class: `chip ${kind}` }, words);

const cards = (packet, language) => [
  reason(packet, language), problem(packet, language), given(packet), promises(packet), tried(packet), ways(packet), earlier(packet),
];

const reason = ({ reason: { code, words, probability }, telling, ledger, mood }, language) => card('reason',
  h('p', { class: 'code' }, h('strong', {}, say(`signals/${code}`)), probability != null && chip('share', say('needsPerson', share(probability))), moods(mood)),
  telling.length > 0 && h('blockquote', { lang: language }, telling.map(({ text }) => h('p', {}, text))),
  (ledger.length > 0 || (words && words !== code)) && h('details', { id: 'ledger' }, h('summary', {}, say('ledger', ledger.length)),
    words && words !== code && h('p', { class: 'soft' }, words),
    list(ledger, ({ name, weight, quote }) => [`${say(`signals/${name}`)} (${weight.toFixed(1)}): `, h('q', { lang: language }, quote)])));

const moods = (mood) => {
  if (!mood.length) return null;
  const words = mood.map(({ value }) => say(`moods/${value < LOW ? 'low' : value > HIGH ? 'high' : 'calm'}`)).join(', ');
  return h('span', { class: 'moods', role: 'img', 'aria-label': say('moodOver', words), title: say('moodOver', words) }, mood.map(({ value }) => {
    const bar = h('i', { class: value < LOW ? 'low' : value > HIGH ? 'high' : 'calm' });
    bar.style.height = `${4 + Math.abs(value) * 14}px`;
    return bar;
  }));
};

const problem = ({ problem: told, understanding }, language) => card('problem',
  told ? h('p', { lang: language }, told.text) : h('p', { class: 'soft' }, say('noProblem')),
  h('p', { class: 'soft' }, [
    told && (told.confirmed ? say('problemConfirmed') : say('problemClaimed')),
    understanding ? say('understood', say(`intents/${understanding.intent}`), share(understanding.confidence)) : told?.topic && say(`intents/${told.topic}`),
  ].filter(Boolean).join(' · ')));

const given = ({ given: facts }) => facts.length > 0 && card('given', h('dl', {}, facts.map(({ field, value, status }) =>
  h('div', {}, h('dt', {}, say(`fields/${field}`)), h('dd', {}, value ?? '–', ' ', chip(status, say(`statuses/${status}`)))))));

const tried = ({ tried: all }) => all.length > 0 && card('tried', list(all, ({ kind, name, title, outcome }) =>
  [`${say(`kinds/${kind}`)}: ${title || name} `, chip(outcome, say(`tries/${outcome}`))]));

const promises = ({ promises: all }) => all.length > 0 && card('promises', list(all, ({ text, due_at, state, ticket }) =>
  [chip(state, say(`promised/${state}`)), ` ${moment(due_at)} · ${text}`, ticket && !text.includes(ticket) && ` (${ticket})`]));

const ways = ({ reach, language }) => card('ways', h('p', {}, [
  say(`channels/${reach.channel}`),
  reach.window_hours == null ? say('reachAlways') : reach.open ? say('reachUntil', moment(reach.until)) : reach.person_until && since(reach.person_until) === 0 ? say('reachPerson', moment(reach.person_until)) : say('reachOver'),
  `${say('speaks', say(`languages/${language.now}`))}${language.changed ? ` (${say('spokeBefore', language.before.map((each) => say(`languages/${each}`)).join(', '))})` : ''}`,
  reach.last_heard && say('heard', span(since(reach.last_heard)), clock(reach.last_heard)),
].filter(Boolean).join(' · ')));

const earlier = ({ earlier: all }) => all.length > 0 && card('earlier', list(all, ({ kind, id, at, state, about, identity, channel }) =>
  [`${kind === 'ticket' ? id : say(`channels/${channel}`)} · ${moment(at)} · ${say(`states/${state}`)}${about ? ` · ${about}` : ''} `,
    identity === 'claimed' && chip('claimed', say('identityClaimed'))]));
