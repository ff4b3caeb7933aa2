// The bell: a sound and a number in the tab's title when somebody waits.
import { remember, remembered } from './words.js';

const KEPT = 'frontdoor-desk:sound';

export class Bell {
  constructor() {
    this.on = remembered(KEPT) !== 'off';
    this.title = '';
    this.fresh = new Set();
    this.rung = 0;
    // Browsers allow sound only after the first key or click.
    for (const type of ['pointerdown', 'keydown']) addEventListener(type, () => this.wake(), { once: true });
  }

  turn(on) {
    this.on = on;
    remember(KEPT, on ? 'on' : 'off');
    if (on) this.sound();
  }

  wake() {
    if (!window.AudioContext) return;
    this.context ||= new AudioContext();
    this.context.resume();
  }

  /** A conversation wants somebody. The same one rings once until it was looked at. */
  ring(id) {
    if (this.fresh.has(id)) return;
    this.fresh.add(id);
    this.show();
    this.sound();
  }

  /** It was looked at, or is no longer there. */
  settle(...ids) {
    ids.forEach((id) => this.fresh.delete(id));
    this.show();
  }

  call(title) {
    this.title = title;
    this.show();
  }

  show() {
    document.title = (this.fresh.size ? `(${this.fresh.size}) ` : '') + this.title;
  }

  sound() {
    if (!this.on) return;
    this.rung += 1;
    document.documentElement.dataset.rung = this.rung;
    if (this.context?.state !== 'running') return;
    [660, 880].forEach((pitch, place) => {
      const [from, tone, loud] = [this.context.currentTime + place * 0.14, this.context.createOscillator(), this.context.createGain()];
      tone.frequency.value = pitch;
      loud.gain.setValueAtTime(0.0001, from);
      loud.gain.exponentialRampToValueAtTime(0.16, from + 0.02);
      loud.gain.exponentialRampToValueAtTime(0.0001, from + 0.3);
      tone.connect(loud).connect(this.context.destination);
      tone.start(from);
      tone.stop(from + 0.32);
    });
  }
}
