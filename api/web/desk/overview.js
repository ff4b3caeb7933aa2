// The overview: what a supervisor has to know now, with the evidence.
import { button, h } from './dom.js';
import { moment, say, since, span } from './words.js';

export class Overview {
  constructor(open) {
    this.open = open;
    this.body = h('div', { class: 'tiles' });
    this.node = h('section', { class: 'overview', 'aria-labelledby': 'overview' }, h('h2', { id: 'overview', tabindex: -1 }, say('overview')), this.body);
  }

  show(told) {
    const mark = JSON.stringify(told) + Math.floor(Date.now() / 60_000);
    if (mark === this.mark) return;
    this.mark = mark;
    // Who has the focus here keeps it: the same button of the same row.
    const { key } = document.activeElement?.dataset || {};
    const { waiting, oldest_seconds: oldest, agents, alerts, promises_broken: broken, hooks, undelivered } = told;
    this.body.replaceChildren(
      card('alerts', say('alerts'), alerts.length ? h('ul', { class: 'alerts' }, alerts.map((one) => this.alert(one))) : h('p', { class: 'well' }, say('noAlerts'))),
      card('waiting', say('waitingNow'), h('p', { class: 'figure' }, waiting), h('p', { class: 'soft' }, oldest == null ? say('nobodyWaits') : say('oldest', span(oldest)))),
      card('team', say('team'), h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': say('team') }, h('table', {},
        h('thead', {}, h('tr', {}, ['person', 'there', 'load'].map((column) => h('th', { scope: 'col' }, say(column))))),
        h('tbody', {}, agents.map((one) => h('tr', {}, h('th', { scope: 'row' }, one.display), h('td', {}, presence(one)), h('td', {}, `${one.load} / ${one.capacity}`))))))),
      card('promises', say('brokenPromises'), broken.length ? h('ul', { class: 'alerts' }, broken.map((one) => h('li', {},
        h('p', {}, h('strong', {}, one.ticket || say('promise')), ` ${say('late', span(one.late_seconds))} · ${who(one)}`), h('blockquote', {}, one.text), this.look(one, 'promise')))) : h('p', { class: 'well' }, say('noBroken'))),
      card('ways', say('waysOut'), h('p', {}, say('undeliveredCount', undelivered)), h('p', {}, hooks.on || hooks.due || hooks.dead ? say('hooks', hooks.due, hooks.dead) : say('hooksOff'))));
    if (key) this.body.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
  }

  alert(one) {
    const evidence = { waiting: () => say('waitedMinutes', span(one.evidence * 60)), away: () => say('isAwayNow', one.evidence) }[one.kind];
    return h('li', { class: one.kind }, h('p', {}, h('strong', {}, one.kind === 'risk' ? say(`signals/${one.name}`) : say(`alertKinds/${one.kind}`)),
      ` ${moment(one.at)} (${say('ago', span(since(one.at)))}) · ${who(one)}`), evidence ? h('p', {}, evidence()) : h('blockquote', {}, one.evidence), this.look(one, one.kind));
  }

  look({ conversation, seq }, kind) {
    return button(say('openIt'), () => this.open(conversation), { 'data-key': `${kind} ${conversation} ${seq ?? ''}` });
  }
}

const card = (name, title, ...kids) => h('section', { class: `card ${name}`, 'aria-labelledby': `over-${name}` }, h('h3', { id: `over-${name}` }, title), kids);
const who = ({ owner, agent }) => (owner === 'agent' && agent ? say('withAgent', agent.display) : say(`owners/${owner}`));

export const presence = (one) => (!one.present ? say('isAway') : one.available ? say('isHere') : say('isBusy'));
