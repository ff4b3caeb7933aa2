// Moves: taking a conversation, giving it back, passing it on, putting it aside, ending it.
import { of } from './api.js';
import { ask, choice, labelled } from './asked.js';
import { h } from './dom.js';
import { LANGUAGES, moment, say } from './words.js';

const HOUR = 3_600_000;

export class Moves {
  /** @param {{moved: Function, outdated: Function, settings: object}} does `moved` gets the conversation as it is now */
  constructor(api, me, settings, does) {
    Object.assign(this, { api, me, settings, does });
  }

  /** What can be done with it as it is now: names with what they do. */
  possible(item) {
    const mine = item.owner === 'agent' && item.agent?.name === this.me.name;
    const over = item.owner === 'agent' && /^(supervisor|operator)$/.test(this.me.role);
    return [
      !mine && item.owner !== 'agent' && ['claim', () => this.claim(item)],
      (mine || over) && ['toBot', () => this.release(item, 'bot')],
      (mine || over) && ['toQueue', () => this.release(item, 'queue')],
      (mine || over) && ['pass', () => this.pass(item)],
      mine && (item.snoozed_until ? ['wake', () => this.move(item, 'snooze', { until: null })] : ['snooze', () => this.snooze(item)]),
      (mine || over) && ['close', () => this.close(item)],
    ].filter(Boolean);
  }

  claim(item) {
    return this.move(item, 'claim', {});
  }

  release(item, to) {
    const note = noteField();
    ask(say(`asks/${to}`), labelled(say('noteOptional'), note), say(`acts/${to === 'bot' ? 'toBot' : 'toQueue'}`), () => this.carry(item, 'release', { to, note: note.value }));
  }

  async pass(item) {
    const { agents } = await this.api.get('agents').catch(() => ({ agents: [] }));
    const others = agents.filter(({ name, role }) => name !== item.agent?.name && role !== 'knowledge_manager');
    // Who speaks the customer's language comes first, then who has most room.
    const fits = ({ languages }) => (!languages.length || languages.includes(item.language) ? 0 : 1);
    others.sort((one, other) => fits(one) - fits(other) || one.load / one.capacity - other.load / other.capacity);
    const options = others.map((one) => {
      const free = one.present && one.available && one.load < one.capacity;
      const words = `${one.display} (${one.load}/${one.capacity}${one.languages.length ? `, ${one.languages.map((each) => LANGUAGES[each] || each).join(' ')}` : ''}) ${free ? '' : say(one.present && one.available ? 'isFull' : 'isAway')}`;
      return [`agent:${one.name}`, words, !free && one.name !== this.me.name];
    });
    const teams = this.settings.teams.map((team) => [`team:${team}`, say('teamOf', team)]);
    const to = choice([...options, ...teams], [...options, ...teams].find(([, , disabled]) => !disabled)?.[0]);
    const note = noteField();
    ask(say('asks/pass'), [labelled(say('passTo'), to), labelled(say('noteFor'), note)], say('acts/pass'), () => {
      const [kind, ...name] = to.value.split(':');
      return this.carry(item, 'pass', { [kind]: name.join(':'), note: note.value });
    });
  }

  snooze(item) {
    const now = new Date();
    const morning = new Date(now);
    morning.setDate(now.getDate() + 1);
    morning.setHours(9, 0, 0, 0);
    const times = [HOUR / 2, HOUR, 3 * HOUR].map((more) => new Date(+now + more)).concat(morning);
    const until = choice(times.map((at) => [at.toISOString(), moment(at.toISOString())]));
    ask(say('asks/snooze'), labelled(say('until'), until), say('acts/snooze'), () => this.carry(item, 'snooze', { until: until.value }, false));
  }

  close(item) {
    const outcome = choice(this.settings.outcomes.map((name) => [name, say(`outcomes/${name}`)]), item.ticket ? 'ticket' : 'solved');
    const note = noteField();
    ask(say('asks/close'), [labelled(say('outcome'), outcome), labelled(say('noteOptional'), note)], say('acts/close'), () => this.carry(item, 'close', { outcome: outcome.value, note: note.value }));
  }

  /** A move without questions; a refusal is told on the page. */
  async move(item, what, body) {
    try {
      await this.carry(item, what, body, what !== 'snooze');
      return true;
    } catch (refused) {
      this.does.refused(refused);
      return false;
    }
  }

  async carry(item, what, body, epoch = true) {
    try {
      const { conversation } = await this.api.post(of(item.id, what), epoch ? { epoch: item.epoch, ...body } : body);
      await this.does.moved(conversation, what);
    } catch (refused) {
      if (!refused.outdated) throw refused;
      // The window closes: what it asked about is no longer so.
      this.does.outdated(refused, item.id);
    }
  }
}

const noteField = () => h('textarea', { rows: 3, maxlength: 4000 });
