/** The rows of a conversation: drawn, put where their number belongs, and told how they fare. */
class Rows extends HTMLElement {
  format(at, options) {
    const tag = navigator.languages.find((each) => each.startsWith(this.code)) || this.code;
    return Date.parse(at) ? new Intl.DateTimeFormat(tag, options).format(Date.parse(at)) : '';
  }

  /** @param {Row} row */
  draw(row) {
    const { words } = this;
    row.day = this.format(row.at, { dateStyle: 'full' });
    row.clock = this.format(row.at, { timeStyle: 'short' });
    const sources = list(row.sources).map(({ title, permalink, url = permalink }) => {
      const href = safeUrl(url, this.base + '/');
      const text = title || permalink || '';
      const tab = h('span', { class: 'sr' }, ` ${words.tab}`);
      return h('li', {}, href ? h('a', { href, target: '_blank', rel: 'noopener noreferrer' }, text || href, tab) : text);
    });
    const quick = list(row.buttons).map(({ title, text = title }) =>
      h('button', { type: 'button', click: () => this.send(`${text}`) }, title || text));
    const { number, reply_by: by } = row.ticket || {};
    const reply = this.format(by, { dateStyle: 'full', timeStyle: 'short' });
    row.node = h('div', { class: `row ${row.role}` },
      h('div', { class: 'day' }),
      row.role !== 'system' && h('div', { class: 'who' }, `${row.agent?.display || words[row.role]} ${row.clock}`),
      row.text && h('div', { class: 'bubble' }, row.text),
      sources.length && h('ul', { 'aria-label': words.sources }, ...sources),
      number && h('div', { class: 'ticket' }, h('small', {}, words.ticket), h('b', {}, number),
        reply && h('span', {}, words.reply(reply))),
      quick.length && h('div', { class: 'quick' }, ...quick),
      h('div', { class: 'state' }));
    this.tell(row);
  }

  /** Says how a customer's own message fares: on its way, or refused and why. */
  tell(row) {
    const { words, line } = this;
    const { letter, node } = row;
    const waiting = row.seq === Infinity;
    const { error } = (waiting && letter) || {};
    const state = node.lastChild;
    const act = (name, does) => button(name, words[name], does, words[name]);
    node.classList.toggle('waiting', waiting);
    node.classList.toggle('failed', !!error);
    const late = waiting && Date.now() - Date.parse(row.at) > 500; // A quick line needs no words.
    state.textContent = error ? `${error === '-' ? words.failed : error} ` : late ? words.sending : '';
    if (error) state.append(
      act('retry', () => {
        letter.error = letter.hold = 0;
        this.tell(row);
        line.amend(letter.id, letter);
        line.drain();
        this.field.focus();
      }), ' ',
      act('edit', () => {
        line.amend(letter.id);
        this.rows.splice(this.rows.indexOf(row), 1);
        node.remove();
        this.show(`${letter.text}\n${this.field.value}`.trim());
      }));
  }

  /** Does the customer look at the end of the conversation? */
  near() {
    const { scrollHeight, scrollTop, clientHeight } = this.log;
    return scrollHeight - scrollTop - clientHeight < 80;
  }

  /** Puts a row where its number belongs, unsent ones last. What comes together is measured and tidied once. */
  place(row) {
    if (!this.settling) {
      this.settling = true;
      this.stay = this.near();
      queueMicrotask(() => this.settle());
    }
    const old = this.rows.indexOf(row);
    if (old >= 0) this.rows.splice(old, 1);
    const index = this.rows.filter(({ seq }) => seq <= row.seq).length;
    this.rows.splice(index, 0, row);
    if (!row.node) this.draw(row);
    // Moving a row would read it aloud again.
    if (old !== index) this.log.insertBefore(row.node, this.rows[index + 1]?.node || null);
    // The beginning of a long answer must not be scrolled away.
    if ((this.stay || row.letter) && (row.role === 'customer' || !this.goal || this.goal.role === 'customer')) this.goal = row;
  }

  settle() {
    const { log, goal } = this;
    this.settling = this.goal = null;
    this.arrange();
    if (goal) log.scrollTop = goal.role === 'customer' ? log.scrollHeight : goal.node.offsetTop - 8;
    this.seen();
  }

  arrange() {
    let before = {};
    for (const row of this.rows) {
      row.day ||= before.day || '';
      const day = row.day === before.day ? '' : row.day;
      const { firstChild } = row.node;
      if (firstChild.textContent !== day) firstChild.textContent = day;
      row.node.classList.toggle('same', !day && row.role === before.role && row.clock === before.clock);
      before = row;
    }
  }

  /** Finds the own message that now has a number, by id or by its words. */
  accepted(id, seq, text) {
    const row = this.rows.find(({ letter, seq: has }) => letter && (has === seq
      || (has === Infinity && (id ? letter.id === id : letter.text === text))));
    if (row?.seq === Infinity) {
      row.seq = seq;
      this.tell(row);
      this.place(row);
      this.expect(TYPING);
    }
    return row;
  }

  refused(letter) {
    const row = this.rows.find((each) => each.letter?.id === letter.id);
    if (!row) return;
    row.letter = letter;
    this.tell(row);
    this.typing();
    this.log.scrollTop = this.log.scrollHeight;
  }
}
