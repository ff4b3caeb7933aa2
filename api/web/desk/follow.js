// Follow: what is said in a conversation that is still with the bot. No news tells of it; who looks at it asks.
import { of } from './api.js';

const WAIT = 15;
const PAUSE = 5000;

export class Follow {
  /** @param heard called with a conversation's id when something was said in it; what it returns is waited for */
  constructor(api, heard) {
    Object.assign(this, { api, heard, id: '', after: 0 });
  }

  /** @param {Map<number, object>} events those that are on the screen */
  keep({ id, owner }, events) {
    this.after = Math.max(0, ...events.keys());
    if (owner !== 'bot') return this.stop();
    if (this.id === id) return;
    this.id = id;
    this.run((this.turn = {}));
  }

  stop() {
    this.id = '';
    this.turn = null;
  }

  async run(turn) {
    const { id } = this;
    while (this.turn === turn) {
      // Nobody looks at a hidden tab.
      if (document.hidden) await new Promise((seen) => { document.addEventListener('visibilitychange', seen, { once: true }); });
      else await this.ask(id, turn);
    }
  }

  async ask(id, turn) {
    try {
      const { events } = await this.api.get(of(id, `events?after=${this.after}&wait=${WAIT}`));
      if (this.turn === turn && events.length) await this.heard(id);
    } catch (refused) {
      if (refused.status === 401 || refused.status === 404) return this.turn === turn && this.stop();
      await new Promise((later) => { setTimeout(later, PAUSE); });
    }
  }
}
