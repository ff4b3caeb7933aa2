/** The line to the server: sends the outbox, in order and again after a failure, and listens. */
class Line {
  constructor(base, locale, view) {
    Object.assign(this, { base, locale, view, known: new Set(), last: 0, turn: 0, failures: 0, polls: 0, blind: 0 });
    this.memory = new Memory(`frontdoor:${base}`);
    this.id = this.memory.read().id;
  }

  start() {
    this.listen();
    this.drain();
  }

  stop() {
    this.turn += 1;
    this.cut?.abort();
    clearTimeout(this.resend);
  }

  /** @returns {Letter} the message, now in the outbox */
  say(text) {
    const letter = { id: newId(), text, at: new Date().toISOString() };
    this.memory.change(({ outbox }) => outbox.push(letter));
    this.drain();
    return letter;
  }

  /** Changes a message in the outbox, or takes it out. */
  amend(id, changes) {
    this.memory.change((facts) => {
      if (changes) Object.assign(facts.outbox.find((letter) => letter.id === id) || {}, changes);
      else facts.outbox = facts.outbox.filter((letter) => letter.id !== id);
    });
  }

  /** Another tab may have begun or lost a conversation. */
  adopt() {
    const { id } = this.memory.read();
    if (id === this.id) return;
    if (this.id) this.view.gone();
    this.id = id;
    this.last = 0;
    this.person = false;
    this.known.clear();
    this.view.stands({});
    this.listen();
  }

  /** The server has lost the conversation. What is unsent goes into a new one. */
  forget(id) {
    this.memory.change((facts) => {
      if (facts.id === id) Object.assign(facts, { id: '', token: '', seen: 0 });
    });
    this.adopt();
    this.drain();
  }

  async drain() {
    this.again = true;
    if (this.draining) return;
    this.draining = true;
    while (this.again) {
      this.again = false;
      // Tabs share the outbox: one sends at a time, so one conversation is made, in order.
      if (navigator.locks && !this.memory.closed) await navigator.locks.request(this.memory.key, () => this.sendAll());
      else await this.sendAll();
    }
    this.draining = false;
  }

  async sendAll() {
    let renewed = false;
    for (;;) {
      clearTimeout(this.resend);
      const later = (ms) => { this.resend = setTimeout(() => this.drain(), ms); };
      const letter = this.memory.read().outbox.find(({ error, hold }) => !error || hold);
      if (!letter) return;
      if (letter.hold > Date.now()) return later(letter.hold - Date.now());
      let id = '';
      try {
        id = await this.begin();
        const { seq } = await this.call(`/${id}/messages`, { body: { id: letter.id, text: letter.text } });
        this.failures = 0;
        this.amend(letter.id);
        this.view.accepted(letter.id, seq);
      } catch (error) {
        const { status, after } = error;
        if (id && error.gone && !renewed) {
          renewed = true;
          this.forget(id);
        } else if (!(status < 500) || status === 408 || (error.gone && !id)) {
          this.lose();
          return later(this.backoff(after));
        } else {
          letter.error = error.text || '-';
          letter.hold = status === 429 ? Date.now() + (after || 5000) : 0;
          this.amend(letter.id, letter);
          this.view.refused(letter);
        }
      }
    }
  }

  /** The first message makes the conversation; looking never does. */
  async begin() {
    if (!this.memory.read().id) {
      const { id, token } = await this.call('', { body: { locale: this.locale } });
      this.memory.change((facts) => {
        if (!facts.id) Object.assign(facts, { id, token, seen: 0 });
      });
    }
    this.adopt();
    return this.id;
  }

  /** Streams until a newer call takes over; asks for a while where a stream brings nothing. */
  async listen() {
    const turn = ++this.turn;
    const { id, known } = this;
    this.cut?.abort();
    this.attend(turn);
    while (id && turn === this.turn) {
      const asking = this.polls > 0;
      const { size } = known;
      const began = Date.now();
      let error;
      this.silent = true;
      try {
        await this.events(id, turn, asking);
      } catch (caught) {
        error = caught;
      }
      if (turn !== this.turn) return;
      this.doubt = error?.name === 'AbortError';
      if (error?.gone) return this.forget(id);
      if (asking) this.polls = error ? 0 : this.polls - 1;
      else if (this.silent || this.doubt) this.polls = 2 ** Math.min(this.blind++, 4);
      else this.blind = 0;
      // A refused or silent stream may still be a working line: asking will tell.
      if (error && this.silent && (asking || !(error.status || this.doubt))) this.lose();
      if (known.size > size || Date.now() - began > 5000) this.failures = 0;
      if (error || !asking) await this.pause(this.backoff(error?.after));
      else if (known.size === size) await this.pause(1000);
    }
  }

  /** While it is not the bot's: the place in the queue, or who has taken over and whether they write. */
  async attend(turn) {
    if (!this.person || this.attends === turn) return;
    this.attends = turn;
    for (let mark = ''; this.person && turn === this.turn;) {
      try {
        const place = await this.call(`/${this.id}/place?wait=12&mark=${mark}`, {});
        if (turn !== this.turn) return;
        mark = place.mark;
        this.person = /queue|agent/.test(place.owner);
        this.view.stands(place);
      } catch (error) {
        if (error.gone) this.person = false;
        await new Promise((resolve) => setTimeout(resolve, 5000));
      }
    }
    if (turn === this.turn) this.attends = 0;
  }

  events(id, turn, asking) {
    const note = (event) => {
      const seq = Number(event?.seq);
      // What the network repeats is told once.
      if (turn !== this.turn || !(seq > 0) || this.known.has(seq)) return;
      this.known.add(seq);
      this.last = Math.max(this.last, seq);
      if (event.client_id) this.amend(event.client_id); // Its 202 may be lost.
      this.view.heard({ ...event, seq });
      if (event.type !== 'owner') return;
      this.person = true;
      this.attend(turn);
    };
    const stream = async (answer, alive) => {
      if (!/^text\/event-stream/.test(answer.headers.get('Content-Type'))) throw refusal(answer.status);
      const feed = eventReader((name, data) => {
        try {
          const fact = JSON.parse(data);
          if (name === 'typing') this.view.typing(fact.role);
          else note(fact);
        } catch (error) {
          console.error('Frontdoor left an event out:', error);
        }
      });
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      for (let part; !(part = await reader.read()).done; ) {
        alive();
        this.silent = false;
        feed(part.value);
      }
    };
    const ask = async (answer) => list((await answer.json()).events).forEach(note);
    const wait = asking ? `&wait=${this.isLost || this.doubt ? 0 : 20}` : '';
    return this.call(`/${id}/events?after=${this.last}${wait}`, { read: asking ? ask : stream, asking });
  }

  /** A request, given up without a sign of life. */
  async call(path, { body, read, asking }) {
    const cut = new AbortController();
    if (read) this.cut = cut;
    let timer;
    const alive = () => {
      clearTimeout(timer);
      // A line that has fallen silent is asked a short question: is anybody there?
      timer = setTimeout(() => cut.abort(), SILENCE * (asking ? (this.doubt ? 0.5 : 2) : 1));
    };
    alive();
    const headers = { Accept: read && !asking ? 'text/event-stream' : 'application/json' };
    if (path) headers.Authorization = `Bearer ${this.memory.read().token}`;
    if (body) headers['Content-Type'] = 'application/json';
    if (read && this.last) headers['Last-Event-ID'] = this.last;
    try {
      const answer = await fetch(`${this.base}/api/v1/conversations${path}`, {
        method: body ? 'POST' : 'GET', headers, body: body && JSON.stringify(body), signal: cut.signal, cache: 'no-store',
      });
      const { status } = answer;
      if (!answer.ok) {
        const after = answer.headers.get('Retry-After') * 1000 || 0;
        const text = (await answer.json().catch(() => 0))?.message; // A proxy's error page is not JSON.
        throw refusal(status, after, text);
      }
      this.found();
      return await (read ? read(answer, alive) : answer.json());
    } finally {
      clearTimeout(timer);
    }
  }

  /** Longer after each failure, and never in step with other customers. */
  backoff(atLeast = 0) {
    return Math.max(atLeast, Math.min(30_000, 500 * 2 ** this.failures++) * (0.5 + Math.random() / 2));
  }

  pause(ms) {
    return new Promise((resolve) => {
      setTimeout(resolve, ms);
      this.wake = resolve;
    });
  }

  lose() {
    this.isLost = true;
    this.view.lost(true);
  }

  found() {
    if (!this.isLost) return;
    this.isLost = false;
    this.failures = this.polls = this.blind = 0;
    this.view.lost(false);
    this.wake?.();
    this.drain();
  }
}
