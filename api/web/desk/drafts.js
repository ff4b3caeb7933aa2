// Drafts: what an agent has begun to write survives a reload, and signing in again.

/** @typedef {{reply: string, note: string, mode: "reply"|"note", sources: {permalink: string, title: string}[],
 *   tried: {id: string, what: string, after: number} | null}} Draft  `tried`: sent after that event, but nobody knows whether it arrived */

const EMPTY = { reply: '', note: '', mode: 'reply', sources: [], tried: null };

export class Drafts {
  /** @param {string} name the agent's: two who share a browser do not see each other's drafts */
  constructor(name) {
    this.prefix = `frontdoor-desk:draft:${name}:`;
    this.held = new Map();
  }

  /** @returns {Draft} */
  read(id) {
    let kept = this.held.get(id);
    try {
      kept = sessionStorage.getItem(this.prefix + id) ?? kept;
      return { ...EMPTY, ...JSON.parse(kept || '{}') };
    } catch {
      return { ...EMPTY }; // A spoilt draft is as good as none.
    }
  }

  write(id, draft) {
    const text = JSON.stringify(draft);
    this.held.set(id, text);
    try {
      if (draft.reply || draft.note || draft.sources.length) sessionStorage.setItem(this.prefix + id, text);
      else sessionStorage.removeItem(this.prefix + id);
    } catch {
      // No storage: the draft lives as long as the page.
    }
  }
}
