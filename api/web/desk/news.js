// News: the stream that says what there is to read again.

/** Listens until stopped. After every gap all is read again, because nobody repeats what was missed. */
export class News {
  /** @param heard called with {conversation, what}; @param joined called whenever the stream begins; @param lost when it broke */
  constructor(heard, joined, lost) {
    Object.assign(this, { heard, joined, lost, failures: 0 });
  }

  start() {
    this.stop();
    const source = new EventSource('/api/v1/desk/events');
    this.source = source;
    source.onopen = () => {
      this.failures = 0;
      this.joined();
    };
    source.onmessage = ({ data }) => {
      try {
        this.heard(JSON.parse(data));
      } catch (error) {
        console.error('The desk left news out:', error);
      }
    };
    source.onerror = () => {
      this.lost();
      // The browser tries again by itself, except after a refusal.
      if (source.readyState !== EventSource.CLOSED) return;
      clearTimeout(this.later);
      this.later = setTimeout(() => this.start(), Math.min(30_000, 1000 * 2 ** this.failures++) * (0.5 + Math.random() / 2));
    };
  }

  stop() {
    clearTimeout(this.later);
    this.source?.close();
  }
}
