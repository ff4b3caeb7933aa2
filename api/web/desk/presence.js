// Presence: tells the server every 20 seconds that somebody sits here, and whether they want new conversations.

const EVERY = 20_000;

export class Presence {
  /** @param {(available: boolean) => void} changed called when this or another tab changed it */
  constructor(api, available, changed) {
    Object.assign(this, { api, available, changed, known: available });
  }

  start() {
    // Browsers slow down the clocks of a hidden tab until the agent would count as away; a worker's they do not.
    this.ticker = new Worker('/desk/ticker.js');
    this.ticker.onmessage = () => this.tell();
    this.ticker.postMessage(EVERY);
    // All tabs of an agent say the same.
    this.tabs = new BroadcastChannel('frontdoor-desk');
    this.tabs.onmessage = ({ data }) => this.take(data);
    this.tell();
  }

  stop() {
    this.ticker?.terminate();
    this.tabs?.close();
  }

  set(available) {
    this.take(available);
    this.tabs.postMessage(available);
    this.tell();
  }

  take(available) {
    this.available = available;
    this.changed(available);
  }

  /** One after the other, so that the last wish is kept. */
  tell() {
    this.told = Promise.resolve(this.told).then(() => {
      const { available } = this;
      // What fails is told again in 20 seconds.
      return this.api.post('presence', available === this.known ? {} : { available }).then(() => { this.known = available; }, () => {});
    });
  }
}
