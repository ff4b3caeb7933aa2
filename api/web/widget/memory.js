/** What pages and tabs share; memory only, where storage is forbidden. */
class Memory {
  constructor(key) {
    this.key = key;
    this.held = '{}';
  }

  /** @returns {{id: string, token: string, seen: number, outbox: Letter[]}} */
  read() {
    let kept;
    try {
      kept = JSON.parse(this.closed ? this.held : localStorage.getItem(this.key));
    } catch (error) {
      this.closed = !(error instanceof SyntaxError); // A spoilt entry is as good as none.
    }
    return { id: '', token: '', seen: 0, ...kept, outbox: list(kept?.outbox) };
  }

  change(edit) {
    const facts = this.read();
    edit(facts);
    this.held = JSON.stringify(facts);
    try {
      localStorage.setItem(this.key, this.held);
    } catch {
      this.closed = true;
    }
  }
}
